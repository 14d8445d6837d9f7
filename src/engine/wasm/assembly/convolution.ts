import {depthwiseRow, listRows} from "./depthwise";
import {product} from "./product";
import {address, real, word} from "./words";

/** `../writing.ts` has the same number. */
const FEW: i32 = 8;

/** Dense convolution of any kernel, stride, rate and padding, row by row: a list says what each cell reads at each tap. */
export function convolution(o: usize, first: i32, end: i32, scratch: usize): void {
  const x = address(o, 1),
    xStep = address(o, 2),
    height = word(o, 3),
    width = word(o, 4),
    inputs = word(o, 5);
  const w = address(o, 6),
    tile = address(o, 7),
    bias = address(o, 8),
    kind = word(o, 9),
    low = real(o, 10),
    high = real(o, 11);
  const kernelRows = word(o, 12),
    kernelColumns = word(o, 13),
    stride = word(o, 14),
    rate = word(o, 15),
    top = word(o, 16),
    left = word(o, 17);
  const y = address(o, 18),
    yStep = address(o, 19),
    columns = word(o, 20),
    outputs = word(o, 21),
    also = address(o, 22),
    alsoStep = address(o, 23);
  const zeros = address(o, 24);
  const spare = scratch;
  const read = scratch + 32;
  const taps = kernelRows * kernelColumns;
  // What few channels' taps read is put together: one long sum for each cell, and not many short ones.
  const isGathered = inputs < FEW;
  const bytes = (<usize>inputs) << 2;
  for (let row = first; row < end; row++) {
    let at = read;
    for (let column: i32 = 0; column < columns; column++) {
      for (let i: i32 = 0; i < kernelRows; i++) {
        const down = row * stride - top + i * rate;
        const begin = column * stride - left;
        // A row of a kernel whose taps are neighbours lies there in one piece. What is copied too much is overwritten by what follows.
        if (isGathered && rate === 1 && xStep === bytes && <u32>down < <u32>height && begin >= 0 && begin + kernelColumns <= width) {
          const from = x + <usize>(down * width + begin) * xStep;
          const piece = bytes * kernelColumns;
          for (let k: usize = 0; k < piece; k += 16) v128.store(at + k, v128.load(from + k));
          at += piece;
          continue;
        }
        for (let j: i32 = 0; j < kernelColumns; j++) {
          const right = column * stride - left + j * rate;
          const isInside = <u32>down < <u32>height && <u32>right < <u32>width;
          const cell = isInside ? x + <usize>(down * width + right) * xStep : zeros;
          if (isGathered) {
            for (let k: usize = 0; k < bytes; k += 4) store<f32>(at + k, load<f32>(cell + k));
            at += bytes;
          } else {
            store<u32>(at, <u32>cell);
            at += 4;
          }
        }
      }
    }
    const out = <usize>(row * columns);
    product(
      read,
      <usize>taps * bytes,
      isGathered ? 0 : read,
      isGathered ? 1 : taps,
      w,
      tile,
      bias,
      also ? also + out * alsoStep : 0,
      alsoStep,
      y + out * yStep,
      yStep,
      columns,
      isGathered ? taps * inputs : inputs,
      outputs,
      kind,
      low,
      high,
      spare
    );
  }
}

/** Dense convolution of one tap at stride 1: one product for all cells, which are counted as if they were rows. */
export function pointwise(o: usize, first: i32, end: i32, scratch: usize): void {
  const xStep = address(o, 2),
    alsoStep = address(o, 13),
    yStep = address(o, 11),
    also = address(o, 12);
  product(
    address(o, 1) + <usize>first * xStep,
    xStep,
    0,
    1,
    address(o, 5),
    address(o, 6),
    address(o, 7),
    also ? also + <usize>first * alsoStep : 0,
    alsoStep,
    address(o, 10) + <usize>first * yStep,
    yStep,
    end - first,
    word(o, 3),
    word(o, 4),
    word(o, 8),
    real(o, 9),
    real(o, 14),
    scratch
  );
}

export function depthwise(o: usize, first: i32, end: i32, scratch: usize): void {
  const x = address(o, 1),
    xStep = address(o, 2),
    height = word(o, 3),
    width = word(o, 4),
    channels = word(o, 5);
  const w = address(o, 6),
    bias = address(o, 7),
    kernelRows = word(o, 8),
    kernelColumns = word(o, 9),
    stride = word(o, 10),
    rate = word(o, 11);
  const top = word(o, 12),
    left = word(o, 13),
    y = address(o, 14),
    yStep = address(o, 15),
    columns = word(o, 16);
  const kind = word(o, 17),
    low = real(o, 18),
    high = real(o, 19);
  for (let row = first; row < end; row++) {
    listRows(scratch, kernelRows, row * stride - top, rate, x, <usize>width * xStep, height, height);
    depthwiseRow(
      scratch,
      xStep,
      width,
      w,
      (<usize>channels) << 2,
      bias,
      y + <usize>(row * columns) * yStep,
      yStep,
      columns,
      channels,
      kernelRows,
      kernelColumns,
      stride,
      rate,
      left,
      kind,
      low,
      high
    );
  }
}
