import * as tf from "@tensorflow/tfjs-core";
import {numericalRank} from "../../engine/teaching/rank.js";
import {builtKernel, depthwiseConvolution, pointwiseConvolution, standardConvolution} from "../../engine/teaching/separable.js";
import {tensorsOf} from "./separable.js";
import type {SeparableInput} from "./separable.js";

/** Rounding of a backend's numbers, times this, still counts as rounding. */
const ROUNDING_MARGIN = 100;

export interface RankOneInput extends SeparableInput {
  /** One channel of an ordinary kernel to compare with: k^2 x outputs, row by row. */
  readonly ordinary: Float32Array;
}

export interface RankOneDemonstration {
  /** Largest absolute difference between the ordinary convolution with the built kernel and the two steps. */
  readonly difference: number;
  /** Largest absolute output value. */
  readonly scale: number;
  /** The first channel of the built kernel: k^2 x outputs, row by row. */
  readonly built: Float32Array;
  readonly builtRank: number;
  readonly ordinaryRank: number;
}

/** A separable layer as one ordinary convolution: builds its kernel, compares the outputs and takes the kernel's rank. */
export async function rankOne({ordinary, ...layer}: RankOneInput): Promise<RankOneDemonstration> {
  const {kernelSize, rate, channels} = layer;
  const taps = kernelSize ** 2;
  const outputs = ordinary.length / taps;
  const options = {rate, padding: "valid"} as const;
  const made = tf.tidy(() => {
    const {x, kernels, weights} = tensorsOf(layer);
    const kernel = builtKernel(kernels, weights);
    const steps = pointwiseConvolution(depthwiseConvolution(x, kernels, options), weights);
    const whole = standardConvolution(x, kernel, options);
    const channel = tf.slice(tf.reshape(kernel, [taps, channels, outputs]), [0, 0, 0], [taps, 1, outputs]);
    return {difference: tf.max(tf.abs(tf.sub(whole, steps))), scale: tf.max(tf.abs(steps)), built: tf.reshape(channel, [taps, outputs])};
  });
  try {
    const [difference, scale, built] = (await Promise.all([
      made.difference.data(),
      made.scale.data(),
      made.built.data()
    ])) as Float32Array[];
    return {
      difference: difference![0]!,
      scale: scale![0]!,
      built: built!,
      // A GPU with half precision rounds the built kernel more.
      builtRank: numericalRank(built!, taps, outputs, ROUNDING_MARGIN * tf.backend().epsilon()),
      ordinaryRank: numericalRank(ordinary, taps, outputs)
    };
  } finally {
    tf.dispose(made);
  }
}
