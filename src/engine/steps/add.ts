import type * as tf from "@tensorflow/tfjs-core";
import {activate} from "./activation.js";
import type {Activation} from "./activation.js";
import {summedTo, widest} from "./broadcast.js";
import {CELL_BY_CELL, cellsAt, WITHOUT_WEIGHTS} from "./kind.js";
import type {StepKind} from "./kind.js";

export interface AddOptions {
  readonly activation: Activation;
}

/** The sum of two or more activations; one of a single cell is added at every position. */
export const add: StepKind<"add", AddOptions> = {
  op: "add",
  words: () => "sum",
  shape: (_options, from) => widest(from),
  ...WITHOUT_WEIGHTS,
  ...CELL_BY_CELL,
  made: (step, at) => ({by: "sum", cells: cellsAt(step, at, 1), channel: at.channel}),
  forward: (ops, step, inputs) =>
    activate(
      ops,
      inputs.reduce((a, b) => ops.add(a, b) as tf.Tensor4D),
      step.activation
    ),
  isLinear: () => true,
  needsInputs: () => false,
  backward: (ops, step, {gradient}) => ({inputs: step.from.map((from) => summedTo(ops, ops.clone(gradient), from)), weights: {}})
};
