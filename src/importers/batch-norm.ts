import {withAffine} from "./fold.js";
import type {Layer} from "./fold.js";

/** What a batch normalisation has learnt and measured, a value a channel. */
export interface BatchNorm {
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** (x - mean) / sqrt(variance + epsilon) * gamma + beta, as a factor and a summand a channel. */
export function affineOf({gamma, beta, mean, variance}: BatchNorm, epsilon: number): {scale: Float32Array; shift: Float32Array} {
  return {
    scale: gamma.map((factor, channel) => factor / Math.sqrt(variance[channel]! + epsilon)),
    shift: beta.map((summand, channel) => summand - (mean[channel]! * gamma[channel]!) / Math.sqrt(variance[channel]! + epsilon))
  };
}

/**
 * A convolution with the batch normalisation after it folded in; as it is where none follows.
 *
 * @throws FormatError where a list does not fit the channels it applies to
 */
export function withNorm<C extends Pick<Layer, "name" | "kernel" | "bias">>(
  convolution: C,
  norm: BatchNorm | undefined,
  epsilon: number
): C {
  if (!norm) return convolution;
  const {scale, shift} = affineOf(norm, epsilon);
  return withAffine(convolution, scale, shift);
}
