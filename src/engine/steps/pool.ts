import type * as tf from "@tensorflow/tfjs-core";
import {isNative, paddingOf} from "../padding.js";
import type {Padding} from "../padding.js";
import {WITHOUT_WEIGHTS} from "./kind.js";
import type {Axis, StepBase, StepKind} from "./kind.js";
import type {TensorOps} from "./tensor-ops.js";
import {alongSides, padded, shapeOf, sharesTensor, slide, tapsBack, tapsOf} from "./taps.js";
import {isOnMap, sides, tapsAlong, windowCells, windowField, windowReads, windowShape} from "./window.js";
import type {Window} from "./window.js";

export interface PoolOptions {
  readonly pool: "max" | "mean";
  /** Side of the window, rows and columns; `all` takes the whole map, whatever its size. */
  readonly window: readonly [height: number, width: number] | "all";
  /** Cells from one window to the next; rows and columns apart of a mean alone. */
  readonly stride: number | readonly [height: number, width: number];
  readonly padding: Padding;
}

/** Below every value that a network knows: what padding holds where the largest counts. */
const LOWEST = -3e38;

/** The largest or the mean value of a window, channel by channel; padding never counts. */
export const pool: StepKind<"pool", PoolOptions> = {
  op: "pool",
  words: ({pool, window}) => (window === "all" ? `${pool} over the map` : `${pool} pooling ${window.join(" × ")}`),
  shape(options, [from]) {
    const {window, stride} = options;
    const {channels} = from!;
    if (window === "all") return {height: 1, width: 1, channels};
    const [down, right] = sides(stride);
    if (options.pool === "max" && down !== right)
      throw new RangeError(`A largest value is taken at one stride, not at ${down} and ${right}.`);
    const at = (stride: number) => windowShape({...options, kernel: window, rate: 1, stride}, from!);
    return {height: at(down).height, width: at(right).width, channels};
  },
  ...WITHOUT_WEIGHTS,
  field: (step, axis) => (step.window === "all" ? {extent: Infinity, jump: 0} : windowField(windowOf(step, axis), axis)),
  cells: (step, _input, axis, first, last) => windowCells(windowOf(step, axis), axis, first, last),
  made(step, at) {
    // Padding never counts.
    const cells = windowReads(windowOf(step, "height"), windowOf(step, "width"), at, 1).filter((cell) => isOnMap(cell, step.from[0]!));
    const share = step.pool === "mean" ? 1 / cells.length : 1;
    return {by: step.pool === "mean" ? "sum" : "largest", cells: cells.map((cell) => ({...cell, share})), channel: at.channel};
  },
  forward(ops, step, [x]) {
    const window = windowOf(step, "height");
    if (step.pool === "mean") {
      const mean = (x: tf.Tensor4D, padding: "same" | "valid") => ops.avgPool(x, [...window.kernel], [...sides(step.stride)], padding);
      return isNative(step.padding) ? mean(x!, step.padding) : unevenMean(ops, window, x!, (padded) => mean(padded, "valid"));
    }
    return slide(
      ops,
      window,
      x!,
      (input, {pad, stride}) => ops.maxPool(input, [...window.kernel] as [number, number], stride, pad),
      LOWEST
    );
  },
  isLinear: ({pool}) => pool === "mean",
  needsInputs: ({pool}) => pool === "max",
  backward(ops, step, {gradient, inputs: [x]}) {
    return {
      inputs: [step.pool === "mean" ? meanBack(ops, step, gradient) : maxBack(ops, windowOf(step, "height"), gradient, x!)],
      weights: {}
    };
  }
};

/** The window with its stride along a side. */
function windowOf(step: PoolOptions & StepBase, axis: Axis): Window & StepBase {
  const {height, width} = step.from[0]!;
  return step.window === "all"
    ? {...step, kernel: [height, width], stride: 1, rate: 1, padding: "valid"}
    : {...step, kernel: step.window, stride: sides(step.stride)[axis === "height" ? 0 : 1], rate: 1};
}

/** TensorFlow's mean counts no padding of its own, but would count ours: the sum over the padded map is divided by what lies inside. */
function unevenMean(ops: TensorOps, window: Window & StepBase, x: tf.Tensor4D, mean: (x: tf.Tensor4D) => tf.Tensor4D): tf.Tensor4D {
  const inside = mean(padded(ops, window, ops.ones(shapeOf({...window.from[0]!, channels: 1}, 1))));
  return ops.div(mean(padded(ops, window, x)), inside);
}

function meanBack(ops: TensorOps, step: PoolOptions & StepBase, gradient: tf.Tensor4D): tf.Tensor4D {
  const side = (axis: Axis) =>
    sharesTensor(ops, step[axis], step.from[0]![axis], (output) => {
      const cells = insideCells(windowOf(step, axis), axis, output);
      return cells.map((cell) => [cell, 1 / cells.length] as const);
    });
  return alongSides(ops, gradient, side("height"), side("width"));
}

function insideCells(window: Window & StepBase, axis: Axis, output: number): number[] {
  const taps = tapsAlong(window.kernel, axis);
  const size = window.from[0]![axis];
  const {before} = paddingOf(size, taps, window);
  return Array.from({length: taps}, (_, tap) => output * window.stride - before + tap).filter((cell) => cell >= 0 && cell < size);
}

/** The first of equal largest values in a window gets its gradient, as TensorFlow does. */
function maxBack(ops: TensorOps, window: Window & StepBase, gradient: tf.Tensor4D, x: tf.Tensor4D): tf.Tensor4D {
  const taps = tapsOf(ops, window, padded(ops, window, x, LOWEST), (read) => read);
  const largest = taps.reduce((a, b) => ops.maximum(a, b));
  let open: tf.Tensor = ops.onesLike(gradient);
  const shares = taps.map((read) => {
    const isHere = ops.mul(ops.cast(ops.equal(read, largest), "float32"), open);
    open = ops.sub(open, isHere);
    return ops.mul(gradient, isHere) as tf.Tensor4D;
  });
  return tapsBack(ops, window, shares);
}
