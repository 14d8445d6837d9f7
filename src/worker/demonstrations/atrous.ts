import * as tf from "@tensorflow/tfjs-core";
import {atrousConvolution, dealtOut, throughSpaceToBatch, withZerosBetweenTaps, zerosBetweenTaps} from "../../engine/teaching/atrous.js";
import {effectiveExtent} from "../../engine/padding.js";
import type {AtrousOptions} from "../../engine/padding.js";

/** One channel of numbers, row by row. */
export interface Grid {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** Another way to the same output. */
export interface EqualView {
  readonly output: Grid;
  /** Largest absolute difference of an output value from the native dilation's. */
  readonly difference: number;
}

export interface AtrousDemonstration {
  /** By the backend's own dilation. */
  readonly output: Grid;
  /** With the kernel that has zeros between its taps. */
  readonly zerosBetweenTaps: EqualView & {readonly kernel: Grid};
  /** Through smaller maps, shown as tiles of one picture, so many cells a side; NaN where a map is only filled up. */
  readonly spaceToBatch: EqualView & {readonly tiles: Grid & {readonly side: number}};
}

/** Atrous convolution of one channel in its three equal forms. The output must have at least one cell. */
export async function atrous({input, kernel, ...options}: AtrousOptions & {input: Grid; kernel: Grid}): Promise<AtrousDemonstration> {
  const made = tf.tidy(() => {
    const x = tf.tensor4d(input.values.slice(), [1, input.height, input.width, 1]);
    const w = tf.tensor4d(kernel.values.slice(), [kernel.height, kernel.width, 1, 1]);
    const native = atrousConvolution(x, w, options);
    const zeros = withZerosBetweenTaps(x, w, options);
    const batches = throughSpaceToBatch(x, w, options);
    const apart = (other: tf.Tensor4D) => tf.max(tf.abs(tf.sub(native, other)));
    return {
      native: plane(native),
      zeros: plane(zeros),
      zerosApart: apart(zeros),
      zeroFilled: plane(tf.reshape(zerosBetweenTaps(w, options.rate), [1, ...extentOf(kernel, options.rate), 1])),
      batches: plane(batches),
      batchesApart: apart(batches),
      tiles: tiled(dealtOut(x, options.rate), options.rate)
    };
  });
  try {
    const [zerosApart, batchesApart] = await Promise.all([made.zerosApart.data(), made.batchesApart.data()]);
    return {
      output: await grid(made.native),
      zerosBetweenTaps: {output: await grid(made.zeros), difference: zerosApart[0]!, kernel: await grid(made.zeroFilled)},
      spaceToBatch: {
        output: await grid(made.batches),
        difference: batchesApart[0]!,
        tiles: withoutFill(await grid(made.tiles), input, options.rate)
      }
    };
  } finally {
    tf.dispose(made);
  }
}

function extentOf({height, width}: Grid, rate: number): [number, number] {
  return [effectiveExtent(height, rate), effectiveExtent(width, rate)];
}

function plane(x: tf.Tensor4D): tf.Tensor2D {
  return tf.reshape(x, [x.shape[1], x.shape[2]]);
}

/** The smaller maps side by side: tile (i, j) holds the cells whose row leaves i and whose column leaves j. */
function tiled(maps: tf.Tensor4D, rate: number): tf.Tensor2D {
  const [, height, width] = maps.shape;
  return tf.reshape(tf.transpose(tf.reshape(maps, [rate, rate, height, width]), [0, 2, 1, 3]), [rate * height, rate * width]);
}

/** The tiles with NaN for each cell that lies outside what was dealt out. */
function withoutFill({height, width, values}: Grid, input: Grid, rate: number): Grid & {side: number} {
  const [tall, side] = [height / rate, width / rate];
  const isOf = (cell: number, tile: number, size: number) => cell * rate + tile < size;
  const kept = values.map((value, index) => {
    const [row, column] = [Math.floor(index / width), index % width];
    const inside = isOf(row % tall, Math.floor(row / tall), input.height) && isOf(column % side, Math.floor(column / side), input.width);
    return inside ? value : NaN;
  });
  return {height, width, side, values: kept};
}

async function grid(x: tf.Tensor2D): Promise<Grid> {
  return {height: x.shape[0], width: x.shape[1], values: (await x.data()) as Float32Array};
}
