import * as tf from "@tensorflow/tfjs-core";
import {OPS} from "../ops.js";
import {execute} from "../execute.js";
import {effectiveExtent} from "../padding.js";
import type {AtrousOptions} from "../padding.js";
import {INPUT, StepList} from "../step-list.js";
import {padded, sampled} from "../steps/taps.js";

/** Atrous convolution by itself (DeepLab v3, section 3.1), three ways that give the same, and what follows from its rate. */

/**
 * Atrous convolution by the backend's own dilation, as every network here runs it: y[i] = sum_k x[i + r k] w[k].
 *
 * @param x [1, height, width, channels]
 * @param kernel [k, k, channels, outputs]
 * @returns [1, height', width', outputs]; the caller disposes it
 */
export function atrousConvolution(x: tf.Tensor4D, kernel: tf.Tensor4D, {rate, stride, padding}: AtrousOptions): tf.Tensor4D {
  const [, height, width, channels] = x.shape;
  const [rows, columns, , outputs] = kernel.shape;
  const steps = new StepList({height, width, channels});
  const layer = {kernel: [rows, columns], channels: outputs, rate, stride, padding, bias: false, activation: "linear"} as const;
  const end = steps.conv("conv", INPUT, layer);
  return execute(steps.list, {tensors: {[`${end}/kernel`]: kernel}}, x, [end])[end]!;
}

/** The same by an ordinary convolution with a kernel that has rate - 1 zeros between its taps. Shapes as above. */
export function withZerosBetweenTaps(x: tf.Tensor4D, kernel: tf.Tensor4D, options: AtrousOptions): tf.Tensor4D {
  return tf.tidy(() =>
    sampled(OPS, tf.conv2d(around(x, kernel, options), zerosBetweenTaps(kernel, options.rate), 1, "valid"), options.stride)
  );
}

/**
 * The same by sorting the cells into rate x rate smaller maps (space to batch), an ordinary convolution of each, and
 * putting them back (batch to space), which is how the released graphs hide their atrous convolutions. Shapes as above.
 */
export function throughSpaceToBatch(x: tf.Tensor4D, kernel: tf.Tensor4D, options: AtrousOptions): tf.Tensor4D {
  const {rate, stride} = options;
  return tf.tidy(() => {
    const all = around(x, kernel, options);
    const [, height, width] = all.shape;
    const convolved = tf.conv2d(dealtOut(all, rate), kernel, 1, "valid");
    const whole = tf.batchToSpaceND(
      convolved,
      [rate, rate],
      [
        [0, 0],
        [0, 0]
      ]
    ) as tf.Tensor4D;
    const [rows, columns, , outputs] = kernel.shape;
    const left = (size: number, taps: number) => size - effectiveExtent(taps, rate) + 1;
    return sampled(OPS, tf.slice(whole, [0, 0, 0, 0], [1, left(height, rows), left(width, columns), outputs]), stride);
  });
}

/**
 * The cells dealt out to rate x rate smaller maps, each rate-th cell of each side: [rate * rate, height / rate, width / rate, channels],
 * filled up with zeros where the rate does not divide the size. The caller disposes it.
 */
export function dealtOut(x: tf.Tensor4D, rate: number): tf.Tensor4D {
  const [, height, width] = x.shape;
  const fill = (size: number) => (rate - (size % rate)) % rate;
  return tf.spaceToBatchND(
    x,
    [rate, rate],
    [
      [0, fill(height)],
      [0, fill(width)]
    ]
  ) as tf.Tensor4D;
}

/** The kernel with rate - 1 zeros between its taps: [k', k', channels, outputs]; the caller disposes it. */
export function zerosBetweenTaps(kernel: tf.Tensor4D, rate: number): tf.Tensor4D {
  return tf.tidy(() => {
    const [rows, columns, channels, outputs] = kernel.shape;
    // Each tap gets a cell of rate x rate of its own, whose other cells are zero; the last row and column end with their tap.
    // One side after the other: WebGL pads no more than four dimensions.
    const gap = rate - 1;
    const tall = tf.pad(tf.reshape(kernel, [rows, 1, columns, channels * outputs]), [
      [0, 0],
      [0, gap],
      [0, 0],
      [0, 0]
    ]);
    const both = tf.pad(tf.reshape(tall, [rows * rate, columns, 1, channels * outputs]), [
      [0, 0],
      [0, 0],
      [0, gap],
      [0, 0]
    ]);
    const spread = tf.reshape(both, [rows * rate, columns * rate, channels, outputs]) as tf.Tensor4D;
    return tf.slice(spread, [0, 0, 0, 0], [effectiveExtent(rows, rate), effectiveExtent(columns, rate), channels, outputs]);
  });
}

function around(x: tf.Tensor4D, kernel: tf.Tensor4D, options: AtrousOptions): tf.Tensor4D {
  const [, height, width, channels] = x.shape;
  const [rows, columns] = kernel.shape;
  return padded(OPS, {...options, kernel: [rows, columns], from: [{height, width, channels}]}, x);
}

/**
 * For a map of size x size: the share of positions at which a k x k kernel of this rate has n of its taps inside the
 * map, by n (DeepLab v3, figure 4). Counted position by position along each side.
 *
 * @returns shares (0-1) by number of taps, for the numbers that a square map can have (1, 2, 3, 4, 6, 9 for 3x3), largest first
 */
export function validTapShares(size: number, kernelSize: number, rate: number): {taps: number; share: number}[] {
  const half = (kernelSize - 1) / 2;
  const alongSide = new Array<number>(kernelSize + 1).fill(0);
  for (let i = 0; i < size; i++) {
    let inside = 0;
    for (let k = -half; k <= half; k++) if (i + k * rate >= 0 && i + k * rate < size) inside++;
    alongSide[inside]!++;
  }
  const shares = new Map<number, number>();
  for (let a = 1; a <= kernelSize; a++) {
    for (let b = 1; b <= kernelSize; b++) {
      shares.set(a * b, (shares.get(a * b) ?? 0) + (alongSide[a]! * alongSide[b]!) / size ** 2);
    }
  }
  return [...shares].map(([taps, share]) => ({taps, share})).sort((a, b) => b.taps - a.taps);
}
