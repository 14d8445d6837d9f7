import type {GaussianFilter} from "./permutohedral.js";

/** One of the CRF's kernels: a Gaussian over some features, with its weight. */
export interface Kernel {
  readonly weight: number;
  readonly filter: GaussianFilter;
}

/** What is known of each pixel before its neighbours are asked. */
export interface Unaries {
  /** How many classes take part. */
  readonly classes: number;
  /** Their probabilities, pixel by pixel. */
  readonly probabilities: Float32Array;
  /** For each pixel, what is left for classes that take no part: nothing is said to them, and they say nothing. */
  readonly rest: Float32Array;
}

/**
 * Mean field inference in a fully connected CRF with Potts compatibility (Krähenbühl and Koltun 2011, algorithm 1): the marginals Q of a
 * pixel are its own probabilities, times e to the power of what all pixels tell it,
 * Q(i, c) ∝ p(i, c) · exp(Σk weight(k) · Σj k(i, j) · Q(j, c)), all pixels at once. As in the released code a pixel's own Q is among
 * what it is told, which the paper leaves out.
 *
 * @returns gives the marginals after 0, 1, ... `iterations` iterations, in an array that the next iteration overwrites
 */
export function* meanField(
  {classes, probabilities, rest}: Unaries,
  kernels: readonly Kernel[],
  iterations: number
): Generator<Float32Array, void, void> {
  const marginals = probabilities.slice();
  yield marginals;
  const messages = new Float32Array(marginals.length);
  for (let iteration = 0; iteration < iterations; iteration++) {
    messages.fill(0);
    for (const {weight, filter} of kernels) filter.addFiltered(marginals, classes, weight, messages);
    for (let pixel = 0, from = 0; pixel < rest.length; pixel++, from += classes) {
      // The classes that take no part are told 0, which bounds the largest from below.
      let largest = 0;
      for (let c = from; c < from + classes; c++) if (messages[c]! > largest) largest = messages[c]!;
      let total = rest[pixel]! * Math.exp(-largest);
      for (let c = from; c < from + classes; c++) total += marginals[c] = probabilities[c]! * Math.exp(messages[c]! - largest);
      for (let c = from; c < from + classes; c++) marginals[c]! /= total;
    }
    yield marginals;
  }
}
