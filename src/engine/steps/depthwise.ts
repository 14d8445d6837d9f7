import type * as tf from "@tensorflow/tfjs-core";
import {activate, activationKind} from "./activation.js";
import type {ConvOptions} from "./conv.js";
import type {StepKind} from "./kind.js";
import {padded, slide, tapsOf, throughTaps} from "./taps.js";
import {windowCells, windowField, windowShape} from "./window.js";

export type DepthwiseOptions = Omit<ConvOptions, "channels">;

/** Each channel convolved with a kernel of its own, atrous where its rate is above 1 (DeepLab v3+, section 3.1). Kernel [h, w, C, 1]. */
export const depthwise: StepKind<"depthwise", DepthwiseOptions> = {
  op: "depthwise",
  shape: (options, [from]) => ({...windowShape(options, from!), channels: from!.channels}),
  weights({kernel: [rows, columns], bias}, [from]) {
    const {channels} = from!;
    return {
      kernel: {shape: [rows, columns, channels, 1], outputAxis: 2, part: "factor", fanIn: rows * columns},
      ...(bias && {bias: {shape: [channels], outputAxis: 0, part: "summand", fanIn: 0}})
    };
  },
  multiplyAdds: ({kernel: [rows, columns]}, [from], {height, width}) => height * width * rows * columns * from!.channels,
  field: windowField,
  cells: (step, _input, axis, first, last) => windowCells(step, axis, first, last),
  forward(ops, step, [x], {kernel, bias}) {
    const {activation} = step;
    const {fused} = activationKind(activation);
    const convolved = slide(ops, step, x!, (input, {pad, stride, rate}) =>
      ops.fused.depthwiseConv2d({
        x: input,
        filter: kernel as tf.Tensor4D,
        strides: stride,
        pad,
        dilations: rate,
        bias: bias as tf.Tensor1D | undefined,
        activation: fused ? (activation as "linear" | "relu" | "relu6") : "linear"
      })
    );
    return fused ? convolved : activate(ops, convolved, activation);
  },
  isLinear: () => true,
  needsInputs: (_step, ofWeights) => ofWeights,
  backward(ops, step, {gradient, inputs: [x], weights, ofWeights}) {
    const kernel = weights["kernel"] as tf.Tensor4D;
    const turned = step.kernel[0] * step.kernel[1] === 1 ? kernel : ops.reverse(kernel, [0, 1]);
    return {
      inputs: [throughTaps(ops, step, gradient, (g, pad) => ops.depthwiseConv2d(g, turned, 1, pad, "NHWC", step.rate))],
      weights: ofWeights ? {kernel: kernelGradient(), ...(step.bias && {bias: ops.sum(gradient, [0, 1, 2])})} : {}
    };

    function kernelGradient(): tf.Tensor4D {
      const taps = tapsOf(ops, step, padded(ops, step, x!)).map((read) => ops.sum(ops.mul(read, gradient), [0, 1, 2]));
      return ops.reshape(ops.stack(taps), kernel.shape);
    }
  }
};
