import type * as tf from "@tensorflow/tfjs-core";
import {neighbours} from "../neighbours.js";
import {WITHOUT_WEIGHTS} from "./kind.js";
import type {Axis, StepBase, StepKind} from "./kind.js";
import {alongSides, sharesTensor} from "./taps.js";

/**
 * Where the cells of the two grids lie on each other: `corners`, their corner cells' centres aligned (as the release does); `half_pixel`,
 * their outlines aligned (PyTorch, TensorFlow 2, Keras); `neither`, the first cells' centres aligned and the last ones wherever they fall
 * (TensorFlow 1's default).
 */
export const SAMPLINGS = ["corners", "half_pixel", "neither"] as const;
export type Sampling = (typeof SAMPLINGS)[number];

export interface UpsampleOptions {
  readonly height: number;
  readonly width: number;
  readonly sampling: Sampling;
}

/** Bilinear interpolation to another size; from a single cell that is a copy to every position. */
export const upsample: StepKind<"upsample", UpsampleOptions> = {
  op: "upsample",
  words: () => "bilinear upsampling",
  shape: ({height, width}, [from]) => ({height, width, channels: from!.channels}),
  ...WITHOUT_WEIGHTS,
  // Interpolation is taken as looking at the next cell of its input too.
  field: (step, axis) => ({extent: 2, jump: jumpOf(step, axis)}),
  cells(step, _input, axis, first, last) {
    const size = step.from[0]![axis];
    return [neighbours(positionOf(step, axis, first), size)[0], Math.min(size - 1, Math.max(0, Math.ceil(positionOf(step, axis, last))))];
  },
  made(step, at) {
    const along = (axis: Axis, output: number) => {
      const [low, high, fraction] = neighbours(positionOf(step, axis, output), step.from[0]![axis]);
      return [
        [low, 1 - fraction],
        [high, fraction]
      ] as const;
    };
    const cells = along("height", at.row).flatMap(([row, down]) =>
      along("width", at.column).map(([column, right]) => ({input: 0, row, column, share: down * right}))
    );
    return {by: "sum", cells: cells.filter(({share}) => share > 0), channel: at.channel};
  },
  forward(ops, {height, width, sampling}, [x]) {
    const isCell = x!.shape[1] === 1 && x!.shape[2] === 1;
    return isCell
      ? (ops.tile(x!, [1, height, width, 1]) as tf.Tensor4D)
      : ops.image.resizeBilinear(x!, [height, width], sampling === "corners", sampling === "half_pixel");
  },
  isLinear: () => true,
  needsInputs: () => false,
  backward(ops, step, {gradient}) {
    const {height, width} = step.from[0]!;
    if (height === 1 && width === 1) return {inputs: [ops.sum(gradient, [1, 2], true)], weights: {}};
    const side = (axis: Axis) =>
      sharesTensor(ops, step[axis], step.from[0]![axis], (output) => {
        const [low, high, fraction] = neighbours(positionOf(step, axis, output), step.from[0]![axis]);
        return [
          [low, 1 - fraction],
          [high, fraction]
        ] as const;
      });
    return {inputs: [alongSides(ops, gradient, side("height"), side("width"))], weights: {}};
  }
};

/** Input cells from one output cell to the next. */
function jumpOf(step: UpsampleOptions & StepBase, axis: Axis): number {
  const from = step.from[0]![axis];
  return step.sampling === "corners" ? Math.max(from - 1, 1) / Math.max(step[axis] - 1, 1) : from / step[axis];
}

/** Where an output cell reads along a side, in input cells; it may lie beyond the first or the last. */
export function positionOf(step: UpsampleOptions & StepBase, axis: Axis, output: number): number {
  const from = step.from[0]![axis];
  const to = step[axis];
  switch (step.sampling) {
    case "corners":
      return to > 1 ? (output * (from - 1)) / (to - 1) : 0;
    case "half_pixel":
      return ((output + 0.5) * from) / to - 0.5;
    case "neither":
      return (output * from) / to;
  }
}
