import type {Activation} from "../steps/activation.js";

/**
 * Operations as the module reads them: words of 32 bits, the kind first. What a word means is written down in `assembly/`, beside its use.
 * Addresses, steps and tiles are bytes.
 */

/** Kinds of operation; `assembly/index.ts` has the same list. */
export const KINDS = {
  ...{pointwise: 0, convolution: 1, depthwise: 2, block: 3, combine: 4, pool: 5, upsample: 6},
  ...{input: 7, winners: 8, labels: 9, edges: 10}
} as const;

/** A word that is a number with a fraction. */
export interface Real {
  readonly real: number;
}
export type Word = number | Real;

/** One operation for all of its rows, or of its cells. */
export interface Operation {
  readonly words: readonly Word[];
  /** How many rows or cells it can be divided into. */
  readonly units: number;
  /** So many at once take no longer than one, where it is divided. */
  readonly grain: number;
  /** Whether parts together take longer than the whole: each computes something that the next one does, too. */
  readonly isCheaperWhole?: boolean;
  /** Bytes that whoever carries it out needs to itself. */
  readonly scratch: number;
}

export const real = (value: number): Real => ({real: value});

/** Kind and limits of an activation; `assembly/activation.ts` has the same kinds. */
export function finishing(activation: Activation): readonly [kind: number, low: Real, high: Real] {
  switch (activation) {
    case "linear":
      return [0, real(-Infinity), real(Infinity)];
    case "relu":
      return [0, real(0), real(Infinity)];
    case "relu6":
      return [0, real(0), real(6)];
    case "hard_sigmoid":
      return [1, real(0), real(0)];
    case "hard_swish":
      return [2, real(0), real(0)];
    case "sigmoid":
      return [3, real(0), real(0)];
  }
}

/** Writes words at an address of a memory. */
export function writeWords(memory: ArrayBufferLike, address: number, words: readonly Word[]): void {
  const integers = new Int32Array(memory, address, words.length);
  const reals = new Float32Array(memory, address, words.length);
  words.forEach((word, index) => {
    if (typeof word === "number") integers[index] = word;
    else reals[index] = word.real;
  });
}
