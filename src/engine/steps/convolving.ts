import type * as tf from "@tensorflow/tfjs-core";
import type {Padding} from "../padding.js";
import {activationKind} from "./activation.js";
import type {Activation} from "./activation.js";
import type {BackwardOptions, BackwardResult, StepBase, StepTensors, WeightSpec, WeightSpecs} from "./kind.js";
import type {TensorOps} from "./tensor-ops.js";
import {padded, slide, sumOverCells, tapsOf, throughTaps} from "./taps.js";
import type {Window} from "./window.js";

/** What dense and depthwise convolution have in common. */

export interface ConvolvingOptions {
  readonly kernel: readonly [height: number, width: number];
  readonly stride: number;
  readonly rate: number;
  readonly padding: Padding;
  /** False where a batch norm follows, whose shift takes the bias's place. */
  readonly bias: boolean;
  readonly activation: Activation;
}

type ConvolvingStep = ConvolvingOptions & StepBase & Window;

/** What a backend's fused convolution is told. */
export interface FusedOptions {
  readonly x: tf.Tensor4D;
  readonly filter: tf.Tensor4D;
  readonly strides: number;
  readonly pad: "same" | "valid";
  readonly dilations: number;
  readonly bias?: tf.Tensor1D;
  readonly activation: "linear" | "relu" | "relu6";
}

export function convolvingWeights(kernel: WeightSpec, hasBias: boolean, channels: number): WeightSpecs {
  return {kernel, ...(hasBias && {bias: {shape: [channels], outputAxis: 0, part: "summand", fanIn: 0}})};
}

/** @param fused the backend's convolution with bias and activation */
export function convolve(
  ops: TensorOps,
  step: ConvolvingStep,
  x: tf.Tensor4D,
  {kernel, bias}: StepTensors,
  fused: (options: FusedOptions) => tf.Tensor4D
): tf.Tensor4D {
  const {activation} = step;
  const kind = activationKind(activation);
  const convolved = slide(ops, step, x, (input, {pad, stride, rate}) =>
    fused({
      x: input,
      filter: kernel as tf.Tensor4D,
      strides: stride,
      pad,
      dilations: rate,
      ...(bias && {bias: bias as tf.Tensor1D}),
      activation: kind.isFused ? (activation as FusedOptions["activation"]) : "linear"
    })
  );
  return kind.isFused ? convolved : kind.value(ops, convolved);
}

/**
 * @param convolveBack at stride 1 and the step's rate, with a kernel turned round
 * @param tapGradient of one tap's weights, from what the tap read
 * @param kernelGradient of all of them at once, where that is quicker on the current backend
 */
export function convolveBackwards(
  ops: TensorOps,
  step: ConvolvingStep,
  {gradient, inputs: [x], weights, ofInputs, ofWeights}: BackwardOptions,
  convolveBack: (gradient: tf.Tensor4D, kernel: tf.Tensor4D, pad: "same" | "valid") => tf.Tensor4D,
  tapGradient: (read: tf.Tensor4D) => tf.Tensor,
  kernelGradient: (x: tf.Tensor4D) => tf.Tensor | null = () => null
): BackwardResult {
  const kernel = weights["kernel"] as tf.Tensor4D;
  const turned = () => (step.kernel[0] * step.kernel[1] === 1 ? kernel : ops.reverse(kernel, [0, 1]));
  const inputs = ofInputs ? [ops.tidy(() => throughTaps(ops, step, gradient, (g, pad) => convolveBack(g, turned(), pad)))] : [];
  if (!ofWeights) return {inputs, weights: {}};
  const found = kernelGradient(x!) ?? ops.stack(tapsOf(ops, step, padded(ops, step, x!), tapGradient));
  return {
    inputs,
    weights: {kernel: ops.reshape(found, kernel.shape), ...(step.bias && {bias: sumOverCells(ops, gradient)})}
  };
}
