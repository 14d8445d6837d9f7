/**
 * Gridding: which cells stacked 3x3 layers of atrous rates read, and which they leave out (Wang et al. 2018, "Understanding Convolution
 * for Semantic Segmentation"). A square kernel's taps are those of its row times those of its column, so one side decides.
 */

import {stackPaths} from "./layer-stack.js";

/** Taps of a kernel along one side. */
const TAPS = 3;

/**
 * In how many ways each input cell reaches one output cell through stacked 3x3 layers of these rates: 0 is a hole.
 *
 * @param rates from the first layer to the last
 * @returns the counts along one side, centred on the output; a cell of the square field has the product of its row's and its column's
 */
export function pathCounts(rates: readonly number[]): number[] {
  return stackPaths(rates.map((rate) => ({kernel: TAPS, stride: 1, rate})));
}

/** A square field of cells around an output, and in how many ways each reaches it. */
export interface PathField {
  /** Cells along one side. */
  readonly size: number;
  /** Row by row. */
  readonly paths: Float32Array;
  /** Cells that are never read. */
  readonly holes: number;
  /** Most ways of any cell. */
  readonly most: number;
}

/** All cells of the field of stacked 3x3 layers. @param rates from the first layer to the last */
export function pathField(rates: readonly number[]): PathField {
  const counts = pathCounts(rates);
  const size = counts.length;
  const paths = Float32Array.from({length: size ** 2}, (_, i) => counts[Math.floor(i / size)]! * counts[i % size]!);
  return {size, paths, holes: paths.filter((count) => count === 0).length, most: Math.max(...counts) ** 2};
}

/** A rate that is too large for those below it. */
export interface Gap {
  readonly rate: number;
  /** Sum of the smaller rates. */
  readonly sum: number;
  /** The largest rate that leaves no hole above them. */
  readonly limit: number;
}

/**
 * The exact rule for stacked layers of three taps. Taken from the smallest rate up, the layers so far read 2 * sum + 1 cells in a row
 * without a gap; the next layer lays three such rows down, rate cells apart, which meet if its rate is no larger than that. The order of
 * the layers does not matter.
 *
 * @returns the smallest rate that is too large, or null where there is no hole
 */
export function firstGap(rates: readonly number[]): Gap | null {
  let sum = 0;
  for (const rate of rates.toSorted((a, b) => a - b)) {
    const limit = (TAPS - 1) * sum + 1;
    if (rate > limit) return {rate, sum, limit};
    sum += rate;
  }
  return null;
}

/**
 * M_2 of hybrid dilated convolution (Wang et al. 2018, section 3.2), which asks for M_2 <= 3 with 3x3 layers: from M_n = r_n down
 * by M_i = max(M_(i+1) - 2 r_i, M_(i+1) - 2 (M_(i+1) - r_i), r_i). It is right for rising rates that begin with 1, and may be wrong for
 * others.
 *
 * @param rates from the first layer to the last
 * @returns null for a single layer, which has no second
 */
export function hybridDistance(rates: readonly number[]): number | null {
  if (rates.length < 2) return null;
  return rates.slice(1, -1).reduceRight((above, rate) => Math.max(above - 2 * rate, 2 * rate - above, rate), rates.at(-1)!);
}
