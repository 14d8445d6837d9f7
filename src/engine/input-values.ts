import {halvings} from "./preprocess.js";
import type {Fit} from "./preprocess.js";

/** Rows of pixels, from the top. */
export interface Pixels {
  readonly height: number;
  readonly width: number;
  /** RGB or RGBA, 8 bits. */
  readonly channels: 3 | 4;
  readonly values: Uint8Array | Uint8ClampedArray;
}

/** A picture whose rows are made as they are asked for, so that never more than a few of them are there. */
interface Rows {
  readonly height: number;
  readonly width: number;
  /** Values of a pixel, of which red, green and blue are the first; 0-255. */
  readonly channels: 3 | 4;
  /** A row of pixels; good until the next but one is asked for. */
  row(y: number): ArrayLike<number>;
}

/**
 * The network's input from a photo: bilinear resize with aligned corners, x / 127.5 - 1, padded to the fit's size with mid grey (zero).
 * A photo more than twice too large is halved by averaging first, so that fine texture does not alias.
 *
 * It is made row by row from the bytes: of a large photo there is no copy in floats. Every operation is rounded to 32 bits in the order of
 * the WASM backend's kernels, so that the input is the same to the bit on all backends.
 *
 * @param photo its fourth channel (alpha) is dropped
 * @returns fit.height x fit.width x 3 values in [-1, 1]
 */
export function inputValues(photo: Pixels, fit: Fit): Float32Array {
  const {resizedHeight, resizedWidth, height, width} = fit;
  let rows = rowsOf(photo);
  for (let left = halvings(photo.height, photo.width, fit); left > 0; left--) rows = halved(rows);
  rows = resizedAcross(rows, resizedWidth);
  const {before, after, share} = aligned(rows.height, resizedHeight);
  const values = new Float32Array(height * width * 3);
  for (let y = 0; y < resizedHeight; y++) {
    writeBetween(rows.row(before[y]!), rows.row(after[y]!), share[y]!, values.subarray(y * width * 3));
  }
  return values;
}

/** From the bytes' unit to the input's. */
export const UNIT = Math.fround(1 / 127.5);

function rowsOf({height, width, channels, values}: Pixels): Rows {
  const length = width * channels;
  return {height, width, channels, row: (y) => values.subarray(y * length, (y + 1) * length)};
}

/** Half as large, each value the mean of the up to four under it: an odd side's last has only itself beside it. */
function halved({height, width, channels, row}: Rows): Rows {
  return keepingTwo(Math.ceil(height / 2), Math.ceil(width / 2), (y, half) => {
    // Counting the last twice leaves its mean what it is.
    writeMeans(row(2 * y), row(Math.min(2 * y + 1, height - 1)), channels, half);
  });
}

function writeMeans(above: ArrayLike<number>, below: ArrayLike<number>, channels: number, half: Float32Array): void {
  for (let to = 0, left = 0; to < half.length; to += 3, left += 2 * channels) {
    const right = left + channels < above.length ? left + channels : left;
    // Sums of bytes, and of means of four of them, are exact in whatever order they are added.
    half[to] = (above[left]! + above[right]! + below[left]! + below[right]!) / 4;
    half[to + 1] = (above[left + 1]! + above[right + 1]! + below[left + 1]! + below[right + 1]!) / 4;
    half[to + 2] = (above[left + 2]! + above[right + 2]! + below[left + 2]! + below[right + 2]!) / 4;
  }
}

function resizedAcross({height, width: from, channels, row}: Rows, width: number): Rows {
  const places = aligned(from, width);
  return keepingTwo(height, width, (y, resized) => writeResized(row(y), channels, places, resized));
}

function writeResized(source: ArrayLike<number>, channels: number, {before, after, share}: Aligned, resized: Float32Array): void {
  for (let x = 0, to = 0; x < before.length; x++, to += 3) {
    const left = before[x]! * channels;
    const right = after[x]! * channels;
    resized[to] = between(source[left]!, source[right]!, share[x]!);
    resized[to + 1] = between(source[left + 1]!, source[right + 1]!, share[x]!);
    resized[to + 2] = between(source[left + 2]!, source[right + 2]!, share[x]!);
  }
}

/** Between two rows, in units of the network's input. */
function writeBetween(above: ArrayLike<number>, below: ArrayLike<number>, share: number, values: Float32Array): void {
  for (let i = 0; i < above.length; i++) values[i] = Math.fround(between(above[i]!, below[i]!, share) * UNIT) - 1;
}

/** Between which cells of one side each of another lies whose corner cells are aligned with its own, and how far on the way. */
export interface Aligned {
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly share: Float32Array;
}

export function aligned(from: number, to: number): Aligned {
  const scale = Math.fround(to > 1 ? (from - 1) / (to - 1) : 0);
  const positions = Float32Array.from({length: to}, (_, i) => i * scale);
  const before = Int32Array.from(positions);
  return {before, after: before.map((cell) => Math.min(cell + 1, from - 1)), share: positions.map((position, i) => position - before[i]!)};
}

function between(a: number, b: number, share: number): number {
  return Math.fround(a + Math.fround(Math.fround(b - a) * share));
}

/** @param make writes a row into where it is kept */
function keepingTwo(height: number, width: number, make: (y: number, row: Float32Array) => void): Rows {
  const kept = [0, 1].map(() => ({y: -1, row: new Float32Array(3 * width)}));
  return {
    height,
    width,
    channels: 3,
    row(y) {
      const slot = kept[y % 2]!;
      if (slot.y !== y) {
        slot.y = y;
        make(y, slot.row);
      }
      return slot.row;
    }
  };
}
