import {FormatError} from "../formats/format-error.js";
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
 * The same of four lists that stand in a file, in this order.
 *
 * @throws FormatError where one is missing, or they are not of one length
 */
export function normalisation(
  name: string,
  [gamma, beta, mean, variance]: readonly (Float32Array | undefined)[],
  epsilon: number
): {scale: Float32Array; shift: Float32Array} {
  if (!gamma || !beta || !mean || !variance || [beta, mean, variance].some(({length}) => length !== gamma.length)) {
    throw new FormatError(`The batch normalisation "${name}" lacks its four lists of constants: export the graph for inference (frozen).`);
  }
  return affineOf({gamma, beta, mean, variance}, epsilon);
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
