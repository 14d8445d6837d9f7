import {activate} from "./activation.js";
import type {Activation} from "./activation.js";
import {summedTo, widest} from "./broadcast.js";
import {CELL_BY_CELL, cellsAt, WITHOUT_WEIGHTS} from "./kind.js";
import type {StepKind} from "./kind.js";

export interface MultiplyOptions {
  readonly activation: Activation;
}

/**
 * The product of two activations; a gate of a single cell holds at every position (squeeze-and-excitation: Hu et al. 2018, section 3.2;
 * the gate of R-ASPP: MobileNetV3, section 6.4).
 */
export const multiply: StepKind<"multiply", MultiplyOptions> = {
  op: "multiply",
  words: () => "product",
  shape(_options, from) {
    if (from.length !== 2) throw new RangeError(`A product is of two activations; these are ${from.length}.`);
    return widest(from);
  },
  ...WITHOUT_WEIGHTS,
  ...CELL_BY_CELL,
  made: (step, at) => ({by: "product", cells: cellsAt(step, at, 1), channel: at.channel}),
  forward: (ops, step, [a, b]) => activate(ops, ops.mul(a!, b!), step.activation),
  isLinear: () => false,
  needsInputs: () => true,
  backward(ops, {from: [first, second]}, {gradient, inputs: [a, b]}) {
    return {
      inputs: [summedTo(ops, ops.mul(gradient, b!), first!), summedTo(ops, ops.mul(gradient, a!), second!)],
      weights: {}
    };
  }
};
