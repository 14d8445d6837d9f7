import * as tf from "@tensorflow/tfjs-core";
import {atrousConvolution, throughSpaceToBatch, withZerosBetweenTaps, zerosBetweenTaps} from "../../engine/atrous.js";
import type {AtrousOptions} from "../../engine/atrous.js";

/** One channel of numbers, row by row. */
export interface Grid {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

export interface AtrousDemonstration {
  /** By the backend's own dilation. */
  readonly output: Grid;
  /** The kernel with its zeros. */
  readonly zeroFilledKernel: Grid;
  /** Largest absolute difference of an output value between the native dilation and each equal view. */
  readonly differences: {readonly zerosBetweenTaps: number; readonly spaceToBatch: number};
}

/** Atrous convolution of one channel in its three equal forms. The output must have at least one cell. */
export async function atrous({input, kernel, ...options}: AtrousOptions & {input: Grid; kernel: Grid}): Promise<AtrousDemonstration> {
  const made = tf.tidy(() => {
    const x = tf.tensor4d(input.values.slice(), [1, input.height, input.width, 1]);
    const w = tf.tensor4d(kernel.values.slice(), [kernel.height, kernel.width, 1, 1]);
    const native = atrousConvolution(x, w, options);
    const apart = (other: tf.Tensor4D) => tf.max(tf.abs(tf.sub(native, other)));
    return {
      native,
      zeroFilled: zerosBetweenTaps(w, options.rate),
      zerosBetweenTaps: apart(withZerosBetweenTaps(x, w, options)),
      spaceToBatch: apart(throughSpaceToBatch(x, w, options))
    };
  });
  try {
    const [output, zeroFilled, zeros, batches] = await Promise.all([made.native.data(), made.zeroFilled.data(), made.zerosBetweenTaps.data(), made.spaceToBatch.data()]);
    return {
      output: {height: made.native.shape[1], width: made.native.shape[2], values: output as Float32Array},
      zeroFilledKernel: {height: made.zeroFilled.shape[0], width: made.zeroFilled.shape[1], values: zeroFilled as Float32Array},
      differences: {zerosBetweenTaps: zeros[0]!, spaceToBatch: batches[0]!}
    };
  } finally {
    tf.dispose(made);
  }
}
