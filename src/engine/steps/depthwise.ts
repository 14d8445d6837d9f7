import {convolve, convolveBackwards, convolvingWeights} from "./convolving.js";
import type {ConvolvingOptions} from "./convolving.js";
import type {StepKind} from "./kind.js";
import {productsOnHeap} from "./products-on-heap.js";
import {sumOverCells} from "./taps.js";
import {windowCells, windowField, windowReads, windowShape} from "./window.js";

/** Each channel convolved with a kernel of its own, atrous where its rate is above 1 (DeepLab v3+, section 3.1). Kernel [h, w, C, 1]. */
export const depthwise: StepKind<"depthwise", ConvolvingOptions> = {
  op: "depthwise",
  words: () => "depthwise",
  shape: (options, [from]) => ({...windowShape(options, from!), channels: from!.channels}),
  weights({kernel: [rows, columns], bias}, [from]) {
    const {channels} = from!;
    return convolvingWeights({shape: [rows, columns, channels, 1], outputAxis: 2, part: "factor", fanIn: rows * columns}, bias, channels);
  },
  multiplyAdds: ({kernel: [rows, columns]}, [from], {height, width}) => height * width * rows * columns * from!.channels,
  field: windowField,
  cells: (step, _input, axis, first, last) => windowCells(step, axis, first, last),
  made: (step, at) => ({by: "sum", cells: windowReads(step, step, at, null), channel: at.channel}),
  forward: (ops, step, [x], weights) => convolve(ops, step, x!, weights, ops.fused.depthwiseConv2d),
  isLinear: () => true,
  needsInputs: (_step, ofWeights) => ofWeights,
  backward: (ops, step, given) =>
    convolveBackwards(
      ops,
      step,
      given,
      (g, kernel, pad) => ops.depthwiseConv2d(g, kernel, 1, pad, "NHWC", step.rate),
      (read) => sumOverCells(ops, ops.mul(read, given.gradient)),
      (x) => productsOnHeap(ops, step, x, given.gradient)
    )
};
