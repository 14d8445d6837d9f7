import {CELL_BY_CELL, WITHOUT_WEIGHTS} from "./kind.js";
import type {Shape, StepKind} from "./kind.js";

export interface InputOptions {
  readonly size: Shape;
}

/** The photo as the network gets it, [N, height, width, 3]. */
export const input: StepKind<"input", InputOptions> = {
  op: "input",
  words: () => "the photo",
  shape: ({size}) => size,
  ...WITHOUT_WEIGHTS,
  ...CELL_BY_CELL,
  made: () => null,
  // The same values under a name of their own, so that they are kept and freed as every other activation is.
  forward: (ops, _step, [x]) => ops.clone(x!),
  isLinear: () => true,
  needsInputs: () => false,
  backward: () => ({inputs: [], weights: {}})
};
