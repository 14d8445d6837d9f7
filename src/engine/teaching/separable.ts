import * as tf from "@tensorflow/tfjs-core";
import {outputSize} from "../padding.js";
import type {NativePadding} from "../padding.js";

/**
 * Depthwise separable convolution (Xception, section 2; MobileNets, section 3.1): an ordinary convolution split into
 * a spatial one for each channel by itself and a 1x1 one that mixes the channels. With an atrous rate it is the atrous
 * separable convolution of DeepLab v3+ (section 3.1); only the depthwise part carries the rate.
 */

/** A convolution of stride 1 on a square map, whichever way it is computed. */
export interface LayerShape {
  /** Cells along a side of the input. */
  readonly size: number;
  readonly channels: number;
  /** Taps along a side of the kernel. */
  readonly kernelSize: number;
  readonly outputs: number;
  readonly rate: number;
  readonly padding: NativePadding;
}

export interface PartCost {
  /** Zero padding included, as the papers count. */
  readonly multiplyAdds: number;
  /** Weights, without biases. */
  readonly parameters: number;
}

export interface SeparableCost {
  /** Cells along a side of the output; 0 where the kernel is larger than the input. */
  readonly outputSize: number;
  readonly standard: PartCost;
  readonly depthwise: PartCost;
  readonly pointwise: PartCost;
  /** Depthwise and pointwise together. */
  readonly separable: PartCost;
}

/** What a layer costs as an ordinary convolution and split in two. */
export function separableCost({size, channels, kernelSize, outputs, rate, padding}: LayerShape): SeparableCost {
  const side = outputSize(size, kernelSize, {rate, stride: 1, padding});
  // Every weight is used once at every position.
  const part = (parameters: number): PartCost => ({parameters, multiplyAdds: side ** 2 * parameters});
  const spatial = kernelSize ** 2 * channels;
  const mixing = channels * outputs;
  return {
    outputSize: side,
    standard: part(spatial * outputs),
    depthwise: part(spatial),
    pointwise: part(mixing),
    separable: part(spatial + mixing)
  };
}

export interface ConvolutionOptions {
  readonly rate: number;
  readonly padding: NativePadding;
}

/**
 * The ordinary convolution of stride 1.
 *
 * @param x [1, height, width, channels]
 * @param kernel [k, k, channels, outputs]
 * @returns [1, height', width', outputs]; the caller disposes it
 */
export function standardConvolution(x: tf.Tensor4D, kernel: tf.Tensor4D, {rate, padding}: ConvolutionOptions): tf.Tensor4D {
  return tf.conv2d(x, kernel, 1, padding, "NHWC", rate);
}

/**
 * Each channel with its own kernel, stride 1.
 *
 * @param x [1, height, width, channels]
 * @param kernels [k, k, channels, 1]
 * @returns [1, height', width', channels]; the caller disposes it
 */
export function depthwiseConvolution(x: tf.Tensor4D, kernels: tf.Tensor4D, {rate, padding}: ConvolutionOptions): tf.Tensor4D {
  return tf.depthwiseConv2d(x, kernels, 1, padding, "NHWC", rate);
}

/**
 * The channels of each position mixed: a 1x1 convolution.
 *
 * @param x [1, height, width, channels]
 * @param weights [1, 1, channels, outputs]
 * @returns [1, height, width, outputs]; the caller disposes it
 */
export function pointwiseConvolution(x: tf.Tensor4D, weights: tf.Tensor4D): tf.Tensor4D {
  return tf.conv2d(x, weights, 1, "valid");
}

/**
 * The one ordinary kernel that does what a depthwise and a pointwise convolution do after each other, with nothing
 * between them: K[i, j, c, o] = D[i, j, c] P[c, o].
 *
 * @param kernels D, [k, k, channels, 1]
 * @param weights P, [1, 1, channels, outputs]
 * @returns [k, k, channels, outputs]; the caller disposes it
 */
export function builtKernel(kernels: tf.Tensor4D, weights: tf.Tensor4D): tf.Tensor4D {
  return tf.mul(kernels, weights);
}
