import * as tf from "@tensorflow/tfjs-core";
import {seededValues} from "../../engine/seeded.js";
import {depthwiseConvolution, pointwiseConvolution, standardConvolution} from "../../engine/teaching/separable.js";
import type {LayerShape} from "../../engine/teaching/separable.js";
import {timesOf} from "../times-of.js";
import type {Timing} from "../times-of.js";

export interface RaceResult {
  readonly standard: Timing;
  readonly depthwise: Timing;
  /** Depthwise and pointwise after each other. */
  readonly separable: Timing;
}

/** Times a layer as an ordinary convolution and split in two, in turns, with random weights, on the current backend. */
export async function race({size, channels, kernelSize, outputs, rate, padding}: LayerShape): Promise<RaceResult> {
  const random = (seed: number, shape: [number, number, number, number]) =>
    tf.tensor4d(
      seededValues(
        seed,
        shape.reduce((product, side) => product * side)
      ),
      shape
    );
  const options = {rate, padding};
  const tensors = {
    x: random(1, [1, size, size, channels]),
    kernel: random(2, [kernelSize, kernelSize, channels, outputs]),
    kernels: random(3, [kernelSize, kernelSize, channels, 1]),
    weights: random(4, [1, 1, channels, outputs])
  };
  const {x, kernel, kernels, weights} = tensors;
  try {
    return await timesOf({
      standard: () => standardConvolution(x, kernel, options),
      depthwise: () => depthwiseConvolution(x, kernels, options),
      separable: () => tf.tidy(() => pointwiseConvolution(depthwiseConvolution(x, kernels, options), weights))
    });
  } finally {
    tf.dispose(tensors);
  }
}
