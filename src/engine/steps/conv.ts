import type * as tf from "@tensorflow/tfjs-core";
import type {Padding} from "../padding.js";
import {activate, activationKind} from "./activation.js";
import type {Activation} from "./activation.js";
import type {StepKind} from "./kind.js";
import {padded, slide, tapsOf, throughTaps} from "./taps.js";
import {windowCells, windowField, windowShape} from "./window.js";

export interface ConvOptions {
  readonly kernel: readonly [height: number, width: number];
  readonly channels: number;
  readonly stride: number;
  readonly rate: number;
  readonly padding: Padding;
  /** False where a batch norm follows, whose shift takes the bias's place. */
  readonly bias: boolean;
  readonly activation: Activation;
}

/** Dense convolution, atrous where its rate is above 1: y[i] = sum_k x[i + r k] w[k] (DeepLab v3, section 3.1). Kernel HWIO. */
export const conv: StepKind<"conv", ConvOptions> = {
  op: "conv",
  shape: (options, [from]) => ({...windowShape(options, from!), channels: options.channels}),
  weights({kernel: [rows, columns], channels, bias}, [from]) {
    const shape = [rows, columns, from!.channels, channels];
    return {
      kernel: {shape, outputAxis: 3, part: "factor", fanIn: rows * columns * from!.channels},
      ...(bias && {bias: {shape: [channels], outputAxis: 0, part: "summand", fanIn: 0}})
    };
  },
  multiplyAdds: ({kernel: [rows, columns], channels}, [from], {height, width}) =>
    height * width * rows * columns * from!.channels * channels,
  field: windowField,
  cells: (step, _input, axis, first, last) => windowCells(step, axis, first, last),
  forward(ops, step, [x], {kernel, bias}) {
    const {activation} = step;
    const {fused} = activationKind(activation);
    const convolved = slide(ops, step, x!, (input, {pad, stride, rate}) =>
      ops.fused.conv2d({
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
    // What was an output channel is an input channel on the way back.
    const back = ops.transpose(turned, [0, 1, 3, 2]);
    return {
      inputs: [throughTaps(ops, step, gradient, (g, pad) => ops.conv2d(g, back, 1, pad, "NHWC", step.rate))],
      weights: ofWeights ? {kernel: kernelGradient(), ...(step.bias && {bias: ops.sum(gradient, [0, 1, 2])})} : {}
    };

    /** One product of all cells a tap reads with the gradients there, tap by tap. */
    function kernelGradient(): tf.Tensor4D {
      const cells = gradient.shape[0] * step.height * step.width;
      const flat = ops.reshape(gradient, [cells, step.channels]);
      const taps = tapsOf(ops, step, padded(ops, step, x!)).map((read) => {
        const rows = ops.reshape(read, [cells, step.from[0]!.channels]);
        return ops.matMul(rows as tf.Tensor2D, flat as tf.Tensor2D, true);
      });
      return ops.reshape(ops.stack(taps), kernel.shape);
    }
  }
};
