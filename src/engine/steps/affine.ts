import {activate} from "./activation.js";
import type {Activation} from "./activation.js";
import {CELL_BY_CELL, cellsAt} from "./kind.js";
import type {StepKind, WeightSpec} from "./kind.js";
import {sumOverCells} from "./taps.js";

export interface AffineOptions {
  readonly scale: boolean;
  readonly shift: boolean;
  readonly activation: Activation;
}

/**
 * A factor and a summand a channel, either or neither of them: what is left of a batch norm after training, where it stands before its
 * convolution and cannot be folded into it, or an activation by itself.
 */
export const affine: StepKind<"affine", AffineOptions> = {
  op: "affine",
  words: ({scale, shift, activation}) => (scale || shift ? "batch norm" : activation),
  shape: (_options, [from]) => from!,
  weights({scale, shift}, [from]) {
    const perChannel = (part: WeightSpec["part"]): WeightSpec => ({shape: [from!.channels], outputAxis: 0, part, fanIn: 0});
    return {...(scale && {scale: perChannel("factor")}), ...(shift && {shift: perChannel("summand")})};
  },
  multiplyAdds: () => 0,
  ...CELL_BY_CELL,
  made: (step, at) => ({by: "sum", cells: cellsAt(step, at, step.scale ? null : 1), channel: at.channel}),
  forward(ops, step, [x], {scale, shift}) {
    const scaled = scale ? ops.mul(x!, scale) : x!;
    const moved = shift ? ops.add(scaled, shift) : scaled;
    return activate(ops, (moved === x ? ops.clone(moved) : moved) as typeof x & object, step.activation);
  },
  isLinear: () => true,
  needsInputs: ({scale}, ofWeights) => scale && ofWeights,
  backward(ops, step, {gradient, inputs: [x], weights: {scale}, ofWeights}) {
    return {
      inputs: [scale ? ops.mul(gradient, scale) : ops.clone(gradient)],
      weights: ofWeights
        ? {
            ...(step.scale && {scale: sumOverCells(ops, ops.mul(gradient, x!))}),
            ...(step.shift && {shift: sumOverCells(ops, gradient)})
          }
        : {}
    };
  }
};
