import type * as tf from "@tensorflow/tfjs-core";
import {isNative, paddingOf} from "../padding.js";
import type {Padding} from "../padding.js";
import {WITHOUT_WEIGHTS} from "./kind.js";
import type {Axis, StepBase, StepKind} from "./kind.js";
import type {TensorOps} from "./tensor-ops.js";
import {alongSides, padded, shapeOf, sharesTensor, slide, tapsBack, tapsOf} from "./taps.js";
import {tapsAlong, windowCells, windowField, windowShape} from "./window.js";
import type {Window} from "./window.js";

export interface PoolOptions {
  readonly pool: "max" | "mean";
  /** Side of the window, rows and columns; `all` takes the whole map, whatever its size. */
  readonly window: readonly [height: number, width: number] | "all";
  readonly stride: number;
  readonly padding: Padding;
}

/** Below every value that a network knows: what padding holds where the largest counts. */
const LOWEST = -3e38;

/** The largest or the mean value of a window, channel by channel; padding never counts. */
export const pool: StepKind<"pool", PoolOptions> = {
  op: "pool",
  words: ({pool, window}) => (window === "all" ? `${pool} over the map` : `${pool} pooling ${window.join(" × ")}`),
  shape: (options, [from]) => ({
    ...(options.window === "all" ? {height: 1, width: 1} : windowShape({...options, kernel: options.window, rate: 1}, from!)),
    channels: from!.channels
  }),
  ...WITHOUT_WEIGHTS,
  field: (step, axis) => (step.window === "all" ? {extent: Infinity, jump: 0} : windowField(windowOf(step), axis)),
  cells: (step, _input, axis, first, last) => windowCells(windowOf(step), axis, first, last),
  forward(ops, step, [x]) {
    const window = windowOf(step);
    if (step.pool === "mean") {
      if (!isNative(step.padding)) return unevenMean(ops, window, x!);
      return ops.avgPool(x!, [...window.kernel] as [number, number], step.stride, step.padding);
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
    const window = windowOf(step);
    return {inputs: [step.pool === "mean" ? meanBack(ops, window, gradient) : maxBack(ops, window, gradient, x!)], weights: {}};
  }
};

function windowOf(step: PoolOptions & StepBase): Window & StepBase {
  const {height, width} = step.from[0]!;
  return step.window === "all"
    ? {...step, kernel: [height, width], stride: 1, rate: 1, padding: "valid"}
    : {...step, kernel: step.window, rate: 1};
}

/** TensorFlow's mean counts no padding of its own, but would count ours: the sum over the padded map is divided by what lies inside. */
function unevenMean(ops: TensorOps, window: Window & StepBase, x: tf.Tensor4D): tf.Tensor4D {
  const mean = ops.avgPool(padded(ops, window, x), [...window.kernel] as [number, number], window.stride, "valid");
  const inside = ops.avgPool(
    padded(ops, window, ops.ones(shapeOf({...window.from[0]!, channels: 1}, 1))),
    [...window.kernel] as [number, number],
    window.stride,
    "valid"
  );
  return ops.div(mean, inside);
}

function meanBack(ops: TensorOps, window: Window & StepBase, gradient: tf.Tensor4D): tf.Tensor4D {
  const side = (axis: Axis) =>
    sharesTensor(ops, window[axis], window.from[0]![axis], (output) => {
      const cells = insideCells(window, axis, output);
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
  const taps = tapsOf(ops, window, padded(ops, window, x, LOWEST));
  const largest = taps.reduce((a, b) => ops.maximum(a, b));
  let open: tf.Tensor = ops.onesLike(gradient);
  const shares = taps.map((read) => {
    const isHere = ops.mul(ops.cast(ops.equal(read, largest), "float32"), open);
    open = ops.sub(open, isHere);
    return ops.mul(gradient, isHere) as tf.Tensor4D;
  });
  return tapsBack(ops, window, shares);
}
