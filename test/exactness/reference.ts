/** Atrous convolution in plain loops and double precision: the definition, independent of any backend. */

/** An image, height x width x channels, row by row. */
export interface Image {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: ArrayLike<number>;
}

/**
 * 3x3 convolution of rate r with zero padding that keeps the size, bias and ReLU6:
 * y[i, j, o] = relu6(b[o] + sum over m, n in {-1, 0, 1} and c of x[i + r m, j + r n, c] w[m + 1, n + 1, c, o]).
 *
 * @param kernel values in HWIO order
 */
export function atrousConvolution(
  {height, width, channels, values}: Image,
  kernel: ArrayLike<number>,
  bias: ArrayLike<number>,
  rate: number
): Float64Array {
  const outputs = bias.length;
  return everyTap(height, width, outputs, rate, bias, (source, tap, sums) => {
    for (let c = 0; c < channels; c++) {
      for (let o = 0; o < outputs; o++) sums[o]! += values[source * channels + c]! * kernel[(tap * channels + c) * outputs + o]!;
    }
  });
}

/** The same, each channel with its own 3x3 kernel. @param kernel values in HWC1 order */
export function atrousDepthwise(
  {height, width, channels, values}: Image,
  kernel: ArrayLike<number>,
  bias: ArrayLike<number>,
  rate: number
): Float64Array {
  return everyTap(height, width, channels, rate, bias, (source, tap, sums) => {
    for (let c = 0; c < channels; c++) sums[c]! += values[source * channels + c]! * kernel[tap * channels + c]!;
  });
}

/** Walks every output position and every tap that lies inside the image. */
function everyTap(
  height: number,
  width: number,
  outputs: number,
  rate: number,
  bias: ArrayLike<number>,
  add: (source: number, tap: number, sums: Float64Array) => void
): Float64Array {
  const result = new Float64Array(height * width * outputs);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const sums = Float64Array.from(bias);
      for (let tap = 0; tap < 9; tap++) {
        const y = i + rate * (Math.floor(tap / 3) - 1);
        const x = j + rate * ((tap % 3) - 1);
        if (y >= 0 && y < height && x >= 0 && x < width) add(y * width + x, tap, sums);
      }
      result.set(
        sums.map((sum) => Math.min(Math.max(sum, 0), 6)),
        (i * width + j) * outputs
      );
    }
  }
  return result;
}
