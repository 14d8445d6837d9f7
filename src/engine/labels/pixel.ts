import {neighbours} from "../neighbours.js";

/** Facts about single pixels and label maps: plain arrays, no tensors, so that a page can ask at pointer speed. */

/** Logits at the network's resolution, read back: height x width x classes, row by row. */
export interface LogitsArray {
  readonly height: number;
  readonly width: number;
  readonly classes: number;
  readonly values: Float32Array;
}

/**
 * Class probabilities at a point: logits interpolated bilinearly, then softmax.
 *
 * @param y row in cells of the logits, fractional, clamped to [0, height - 1]
 * @param x column likewise
 * @returns one probability a class; they add up to 1
 */
export function softmaxAt(logits: LogitsArray, y: number, x: number): Float32Array {
  return Float32Array.from(softmaxTerms(logitsAt(logits, y, x)).shares);
}

/** What softmax makes of the logits of one place, term by term; one number a class in each list. */
export interface SoftmaxTerms {
  /** The largest logit. It is taken from each before its exponential: the shares stay the same, and none overflows. */
  readonly largest: number;
  /** e to the power of each logit less the largest. */
  readonly exponentials: Float64Array;
  /** Of the exponentials. */
  readonly sum: number;
  /** Each exponential as a share of their sum; together they are 1. */
  readonly shares: Float64Array;
}

/** Softmax, term by term. @param logits one a class */
export function softmaxTerms(logits: ArrayLike<number>): SoftmaxTerms {
  const values = Float64Array.from(logits);
  const largest = Math.max(...values);
  const exponentials = values.map((value) => Math.exp(value - largest));
  const sum = exponentials.reduce((total, exponential) => total + exponential, 0);
  return {largest, exponentials, sum, shares: exponentials.map((exponential) => exponential / sum)};
}

/** Logits at a point, interpolated bilinearly; coordinates as for `softmaxAt`. */
export function logitsAt({height, width, classes, values}: LogitsArray, y: number, x: number): Float32Array {
  const [top, bottom, fy] = neighbours(y, height);
  const [left, right, fx] = neighbours(x, width);
  const at = (row: number, column: number, c: number) => values[(row * width + column) * classes + c]!;
  return Float32Array.from({length: classes}, (_, c) => {
    const above = at(top, left, c) + (at(top, right, c) - at(top, left, c)) * fx;
    const below = at(bottom, left, c) + (at(bottom, right, c) - at(bottom, left, c)) * fx;
    return above + (below - above) * fy;
  });
}

/**
 * Every n-th row and column of the logits: what a coarser, corner-aligned grid would hold of them.
 *
 * @throws RangeError where the grid's corners would not stay aligned
 */
export function coarser({height, width, classes, values}: LogitsArray, n: number): LogitsArray {
  if (!Number.isInteger(n) || n < 1 || (height - 1) % n !== 0 || (width - 1) % n !== 0) {
    throw new RangeError(`A grid of ${height} x ${width} has no corner-aligned grid of every ${n}th cell.`);
  }
  const rows = (height - 1) / n + 1;
  const columns = (width - 1) / n + 1;
  const kept = new Float32Array(rows * columns * classes);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = (row * n * width + column * n) * classes;
      kept.set(values.subarray(from, from + classes), (row * columns + column) * classes);
    }
  }
  return {height: rows, width: columns, classes, values: kept};
}

/** Share of the pixels that each class has, 0-1, from a map of class ids. Ids from `classes` up are left out. */
export function classShares(labels: Uint8Array, classes: number): Float64Array {
  const counts = new Float64Array(256);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++;
  return counts.slice(0, classes).map((count) => count / labels.length);
}
