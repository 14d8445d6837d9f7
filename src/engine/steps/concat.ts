import {CELL_BY_CELL, WITHOUT_WEIGHTS} from "./kind.js";
import type {StepKind} from "./kind.js";

export type ConcatOptions = Readonly<Record<never, never>>;

/** The channels of several activations of one size, one after the other. */
export const concat: StepKind<"concat", ConcatOptions> = {
  op: "concat",
  words: () => "concatenation",
  shape(_options, from) {
    const {height, width} = from[0]!;
    if (from.some((shape) => shape.height !== height || shape.width !== width)) {
      throw new RangeError(`Maps of ${from.map((shape) => `${shape.height} × ${shape.width}`).join(", ")} cells cannot be joined.`);
    }
    return {height, width, channels: from.reduce((sum, {channels}) => sum + channels, 0)};
  },
  ...WITHOUT_WEIGHTS,
  ...CELL_BY_CELL,
  made(step, at) {
    let channel = at.channel;
    const input = step.from.findIndex(({channels}) => channel < channels || void (channel -= channels));
    return {by: "sum", cells: [{input, row: at.row, column: at.column, share: 1}], channel};
  },
  forward: (ops, _step, inputs) => ops.concat([...inputs], 3),
  isLinear: () => true,
  needsInputs: () => false,
  backward(ops, {from, height, width}, {gradient}) {
    let first = 0;
    const inputs = from.map(({channels}) => {
      const slice = ops.slice(gradient, [0, 0, 0, first], [gradient.shape[0], height, width, channels]);
      first += channels;
      return slice;
    });
    return {inputs, weights: {}};
  }
};
