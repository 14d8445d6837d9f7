import * as tf from "@tensorflow/tfjs-core";
import {depthwiseConvolution, pointwiseConvolution} from "../../engine/teaching/separable.js";

/** A separable layer with its input and its weights, without padding; the kernel must fit on the input. */
export interface SeparableInput {
  readonly size: number;
  readonly channels: number;
  readonly kernelSize: number;
  readonly rate: number;
  /** size x size x channels. */
  readonly input: Float32Array;
  /** Each channel's kernel after the other's, row by row. */
  readonly kernels: Float32Array;
  /** Each output's weights after the other's, one a channel. */
  readonly mixing: Float32Array;
}

export interface SeparableDemonstration {
  /** Cells along a side of both results. */
  readonly side: number;
  /** side x side x channels. */
  readonly depthwise: Float32Array;
  /** side x side x outputs. */
  readonly output: Float32Array;
}

/** A depthwise, then a pointwise convolution, and what stands after each. */
export async function separable(layer: SeparableInput): Promise<SeparableDemonstration> {
  const made = tf.tidy(() => {
    const {x, kernels, weights} = tensorsOf(layer);
    const depthwise = depthwiseConvolution(x, kernels, {rate: layer.rate, padding: "valid"});
    return {depthwise, output: pointwiseConvolution(depthwise, weights)};
  });
  try {
    const [depthwise, output] = (await Promise.all([made.depthwise.data(), made.output.data()])) as Float32Array[];
    return {side: made.output.shape[1], depthwise: depthwise!, output: output!};
  } finally {
    tf.dispose(made);
  }
}

/** The layer's input [1, size, size, channels], kernels [k, k, channels, 1] and weights [1, 1, channels, outputs]. */
export function tensorsOf({size, channels, kernelSize, input, kernels, mixing}: SeparableInput): {
  x: tf.Tensor4D;
  kernels: tf.Tensor4D;
  weights: tf.Tensor4D;
} {
  return {
    x: tf.tensor4d(input.slice(), [1, size, size, channels]),
    kernels: tf.expandDims(tf.transpose(tf.tensor3d(kernels.slice(), [channels, kernelSize, kernelSize]), [1, 2, 0]), 3),
    weights: tf.reshape(tf.transpose(tf.tensor2d(mixing.slice(), [mixing.length / channels, channels])), [
      1,
      1,
      channels,
      mixing.length / channels
    ])
  };
}
