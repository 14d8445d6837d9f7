import type * as tf from "@tensorflow/tfjs-core";
import {convolve, convolveBackwards, convolvingWeights} from "./convolving.js";
import type {ConvolvingOptions} from "./convolving.js";
import type {StepKind} from "./kind.js";
import {windowCells, windowField, windowReads, windowShape} from "./window.js";

export interface ConvOptions extends ConvolvingOptions {
  readonly channels: number;
}

/** Dense convolution, atrous where its rate is above 1: y[i] = sum_k x[i + r k] w[k] (DeepLab v3, section 3.1). Kernel HWIO. */
export const conv: StepKind<"conv", ConvOptions> = {
  op: "conv",
  words: () => "convolution",
  shape: (options, [from]) => ({...windowShape(options, from!), channels: options.channels}),
  weights({kernel: [rows, columns], channels, bias}, [from]) {
    const shape = [rows, columns, from!.channels, channels];
    return convolvingWeights({shape, outputAxis: 3, part: "factor", fanIn: rows * columns * from!.channels}, bias, channels);
  },
  multiplyAdds: ({kernel: [rows, columns], channels}, [from], {height, width}) =>
    height * width * rows * columns * from!.channels * channels,
  field: windowField,
  cells: (step, _input, axis, first, last) => windowCells(step, axis, first, last),
  made: (step, at) => ({by: "sum", cells: windowReads(step, step, at, null), channel: null}),
  forward: (ops, step, [x], weights) => convolve(ops, step, x!, weights, ops.fused.conv2d),
  isLinear: () => true,
  needsInputs: (_step, ofWeights) => ofWeights,
  backward(ops, step, given) {
    const {gradient} = given;
    const cells = gradient.shape[0] * step.height * step.width;
    const flat = ops.reshape(gradient, [cells, step.channels]) as tf.Tensor2D;
    return convolveBackwards(
      ops,
      step,
      given,
      // What was an output channel is an input channel on the way back.
      (g, kernel, pad) => ops.conv2d(g, ops.transpose(kernel, [0, 1, 3, 2]), 1, pad, "NHWC", step.rate),
      // One product of all cells that a tap reads with the gradients there; turned beforehand: WASM is ten times as fast so.
      (read) => ops.matMul(ops.transpose(ops.reshape(read, [cells, step.from[0]!.channels])) as tf.Tensor2D, flat)
    );
  }
};
