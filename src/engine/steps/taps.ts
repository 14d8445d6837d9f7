import type * as tf from "@tensorflow/tfjs-core";
import {effectiveExtent, isNative, paddingOf} from "../padding.js";
import type {Shape, StepBase} from "./kind.js";
import type {TensorOps} from "./tensor-ops.js";
import type {Window} from "./window.js";

/** Sliding a window over a tensor and back again, out of operations that every backend has. */

type Windowed = Window & StepBase;
/** A window and what it reads. */
type Reading = Window & Pick<StepBase, "from">;
type Sides = [[number, number], [number, number], [number, number], [number, number]];

/** What a backend can be told of a window: its own padding, and stride and rate only one at a time. */
export interface NativeWindow {
  readonly pad: "same" | "valid";
  readonly stride: number;
  readonly rate: number;
}

/**
 * Slides a window by the backend's own operation where that is right, and around it where it is not: padding that TensorFlow does not know
 * is added first, and where both stride and rate are above 1 every position is computed and every stride-th kept.
 *
 * @param filler what padding holds
 */
export function slide(
  ops: TensorOps,
  step: Windowed,
  x: tf.Tensor4D,
  compute: (x: tf.Tensor4D, window: NativeWindow) => tf.Tensor4D,
  filler = 0
): tf.Tensor4D {
  const {kernel, stride, rate, padding} = step;
  if (stride > 1 && rate > 1) return sampled(ops, compute(padded(ops, step, x, filler), {pad: "valid", stride: 1, rate}), stride);
  if (!isNative(padding)) return compute(padded(ops, step, x, filler), {pad: "valid", stride, rate});
  // TensorFlow.js 4.22 on WASM is wrong where "same" with a stride beyond the kernel would pad by less than nothing; valid is the same
  // there.
  const pad = padding === "same" && stride > Math.min(...kernel) && !isPadded(step) ? "valid" : padding;
  return compute(x, {pad, stride, rate});
}

/** Cells of padding around the rows and the columns of what a window reads. */
function paddingsOf({kernel, from: [from], ...window}: Reading) {
  return [paddingOf(from!.height, kernel[0], window), paddingOf(from!.width, kernel[1], window)] as const;
}

function isPadded(reading: Reading): boolean {
  return paddingsOf(reading).some(({after}) => after > 0);
}

/** The map with its padding around it. */
export function padded(ops: TensorOps, reading: Reading, x: tf.Tensor4D, filler = 0): tf.Tensor4D {
  if (!isPadded(reading)) return x;
  const [rows, columns] = paddingsOf(reading);
  return ops.pad(
    x,
    [
      [0, 0],
      [rows.before, rows.after],
      [columns.before, columns.after],
      [0, 0]
    ] satisfies Sides,
    filler
  );
}

/**
 * Every stride-th position: a stride, for backends that take stride and rate only one at a time. As means of one cell each, which on WASM
 * take a hundredth of what a strided slice does.
 */
export function sampled(ops: TensorOps, y: tf.Tensor4D, stride: number): tf.Tensor4D {
  return stride === 1 ? y : ops.avgPool(y, 1, stride, "valid");
}

/**
 * What is made of what each tap of the window reads, row by row of the kernel: a map of the output's size, from the padded input. What is
 * made on the way is let go of tap by tap: nine maps at once would be most of what a training takes.
 */
export function tapsOf<T extends tf.Tensor>(
  ops: TensorOps,
  {kernel, stride, rate, height, width}: Windowed,
  around: tf.Tensor4D,
  made: (read: tf.Tensor4D) => T
): T[] {
  const extent = (cells: number) => (cells - 1) * stride + 1;
  return eachTap(kernel, (row, column) =>
    ops.tidy(() => made(sampled(ops, cropped(ops, around, [row * rate, column * rate], [extent(height), extent(width)]), stride)))
  );
}

/** The sum of what each tap sends back to the cells that it read: the way back through `tapsOf` and `padded`. */
export function tapsBack(ops: TensorOps, step: Windowed, gradients: readonly tf.Tensor4D[]): tf.Tensor4D {
  const {kernel, stride, rate, from} = step;
  const {height, width} = from[0]!;
  const [rows, columns] = paddingsOf(step);
  const offsets = eachTap(kernel, (row, column) => [row * rate, column * rate] as const);
  const parts = gradients.map((gradient, tap) => {
    const [down, right] = offsets[tap]!;
    const spread = spreadOut(ops, gradient, stride);
    const [, spreadHeight, spreadWidth] = spread.shape;
    // To the padded map's size, or beyond it where the zeros after the last cell are more than are needed.
    const behind = (size: number, {before, after}: {before: number; after: number}, offset: number, length: number) =>
      Math.max(0, size + before + after - offset - length);
    const around = ops.pad(spread, [
      [0, 0],
      [down, behind(height, rows, down, spreadHeight)],
      [right, behind(width, columns, right, spreadWidth)],
      [0, 0]
    ] satisfies Sides);
    return cropped(ops, around, [rows.before, columns.before], [height, width]);
  });
  // Not addN: with more tensors than a shader may bind (eight), it is silently nothing on WebGPU (TensorFlow.js 4.22).
  return parts.reduce((a, b) => ops.add(a, b));
}

/**
 * The way back through a convolution of stride s and rate r with k taps: y[o] = sum x[s o + r t - p] w[t] gives
 * dx[i] = sum G[i + p - r t] w[t], where G holds the gradient with s - 1 zeros between its cells: the same atrous
 * convolution with the kernel turned round, over G padded so that the result has the size of x.
 *
 * @param convolve with the kernel turned round, at stride 1 and the step's rate
 */
export function throughTaps(
  ops: TensorOps,
  step: Windowed,
  gradient: tf.Tensor4D,
  convolve: (x: tf.Tensor4D, pad: "same" | "valid") => tf.Tensor4D
): tf.Tensor4D {
  const {kernel, stride, rate, padding, from} = step;
  // Odd kernels at stride 1 are padded evenly, there and back.
  if (stride === 1 && padding === "same" && kernel.every((taps) => taps % 2 === 1)) return convolve(gradient, "same");
  const {height, width} = from[0]!;
  const reach = kernel.map((taps) => effectiveExtent(taps, rate) - 1) as [number, number];
  const spread = spreadOut(ops, gradient, stride);
  const [rows, columns] = paddingsOf(step);
  const around = (size: number, before: number, along: number, length: number): [before: number, after: number] => [
    Math.max(0, before),
    Math.max(0, size + along - before - length)
  ];
  const [above, left] = [reach[0] - rows.before, reach[1] - columns.before];
  const all = ops.pad(spread, [
    [0, 0],
    around(height, above, reach[0], spread.shape[1]),
    around(width, left, reach[1], spread.shape[2]),
    [0, 0]
  ] satisfies Sides);
  // The zeros after the last cell may be more than are needed; what was read of a margin beyond the kernel's reach goes nowhere.
  const read = [height + reach[0], width + reach[1]] as const;
  return convolve(cropped(ops, all, [Math.max(0, -above), Math.max(0, -left)], read), "valid");
}

/** A part of a map. In three sides, so that on WASM a row is one copy, not one a cell. */
function cropped(
  ops: TensorOps,
  x: tf.Tensor4D,
  [row, column]: readonly [number, number],
  [rows, columns]: readonly [number, number]
): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  if (rows === height && columns === width) return x;
  const flat = ops.reshape(x, [batch, height, width * channels]) as tf.Tensor3D;
  return ops.reshape(ops.slice(flat, [0, row, column * channels], [batch, rows, columns * channels]), [batch, rows, columns, channels]);
}

/**
 * A map with zeros between its cells and after the last: [N, h, w, c] becomes [N, s h, s w, c]. In four dimensions, because WebGL pads no
 * more.
 */
function spreadOut(ops: TensorOps, x: tf.Tensor4D, stride: number): tf.Tensor4D {
  if (stride === 1) return x;
  const [batch, height, width, channels] = x.shape;
  // Zeros behind each cell's channels are zeros between the columns, zeros behind each row are zeros between the rows.
  const columns = ops.reshape(ops.concat([x, ops.zeros([batch, height, width, (stride - 1) * channels])], 3), [
    batch,
    height,
    width * stride,
    channels
  ]);
  const rows = ops.concat([columns, ops.zeros([batch, height, (stride - 1) * width * stride, channels])], 2);
  return ops.reshape(rows, [batch, height * stride, width * stride, channels]);
}

function eachTap<T>([rows, columns]: Window["kernel"], of: (row: number, column: number) => T): T[] {
  return Array.from({length: rows * columns}, (_, tap) => of(Math.floor(tap / columns), tap % columns));
}

/**
 * The way back through an operation that weighs rows and columns apart: y = R x C^T for each channel gives dx = R^T dy C.
 *
 * @param rows R^T, [input rows, output rows]: turned beforehand, because WASM multiplies ten times as fast what it need not turn
 * @param columns C^T, [input columns, output columns]
 */
export function alongSides(ops: TensorOps, gradient: tf.Tensor4D, rows: tf.Tensor2D, columns: tf.Tensor2D): tf.Tensor4D {
  const [batch, height, width, channels] = gradient.shape;
  const [toHeight] = rows.shape;
  const [toWidth] = columns.shape;
  const rowsFirst = ops.reshape(ops.transpose(gradient, [1, 0, 2, 3]), [height, batch * width * channels]);
  const down = ops.reshape(ops.matMul(rows, rowsFirst as tf.Tensor2D), [toHeight, batch, width, channels]);
  const columnsFirst = ops.reshape(ops.transpose(down, [2, 0, 1, 3]), [width, toHeight * batch * channels]);
  const across = ops.reshape(ops.matMul(columns, columnsFirst as tf.Tensor2D), [toWidth, toHeight, batch, channels]);
  return ops.transpose(across, [2, 1, 0, 3]) as tf.Tensor4D;
}

/**
 * The sum over all cells of a batch, channel by channel, [channels]. As means of rows and then of those, which on WASM take a sixth of what
 * a sum over three sides does, and are done side by side on a GPU.
 */
export function sumOverCells(ops: TensorOps, x: tf.Tensor4D): tf.Tensor1D {
  const [batch, height, width, channels] = x.shape;
  const rows = ops.avgPool(ops.reshape(x, [1, batch * height, width, channels]) as tf.Tensor4D, [1, width], 1, "valid");
  const all = ops.avgPool(rows, [batch * height, 1], 1, "valid");
  return ops.mul(ops.reshape(all, [channels]), batch * height * width);
}

/** [input, output] cells along a side as a tensor, from the share that each input cell has in each output cell. */
export function sharesTensor(
  ops: TensorOps,
  outputs: number,
  inputs: number,
  sharesAt: (output: number) => Iterable<readonly [cell: number, share: number]>
): tf.Tensor2D {
  const values = new Float32Array(outputs * inputs);
  for (let output = 0; output < outputs; output++) {
    for (const [cell, share] of sharesAt(output)) values[cell * outputs + output]! += share;
  }
  return ops.tensor2d(values, [inputs, outputs]);
}

/** The shape that a tensor of a step has. */
export function shapeOf({height, width, channels}: Shape, batch: number): [number, number, number, number] {
  return [batch, height, width, channels];
}
