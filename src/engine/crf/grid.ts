import {samplePoints} from "../labels/labels.js";
import type {LogitsArray} from "../labels/pixel.js";
import type {Covered} from "../labels/postprocess.js";
import type {Pixels} from "../photo-input.js";
import type {Unaries} from "./mean-field.js";
import type {CrfOptions} from "./options.js";

/** A network's scores for a photo. */
export interface Scores {
  readonly logits: LogitsArray;
  /** What the photo covers of them. */
  readonly covered: Covered;
}

/** What one pass or several said of one photo; at least one. */
export type Passes = readonly Scores[];

/** Cells whose corners are those of the photo. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
}

export function gridOf(
  {grid, longestSide}: Pick<CrfOptions, "grid" | "longestSide">,
  {height, width}: Pick<Pixels, "height" | "width">,
  passes: Passes
): Grid {
  const {logits, covered} = passes[0]!;
  if (grid === "logits") {
    return {rows: Math.round(covered.height * (logits.height - 1)) + 1, columns: Math.round(covered.width * (logits.width - 1)) + 1};
  }
  const scale = Math.min(1, longestSide / Math.max(height, width));
  return {rows: Math.max(1, Math.round(height * scale)), columns: Math.max(1, Math.round(width * scale))};
}

/** Mean colour of the photo around each cell. @returns red, green and blue, 0-255, cell by cell */
export function coloursOn({rows, columns}: Grid, {height, width, channels, values}: Pixels): Float32Array {
  const down = spans(rows, height);
  const across = spans(columns, width);
  const colours = new Float32Array(rows * columns * 3);
  for (let row = 0, to = 0; row < rows; row++) {
    const top = down[2 * row]!;
    const bottom = down[2 * row + 1]!;
    for (let column = 0; column < columns; column++, to += 3) {
      const left = across[2 * column]!;
      const right = across[2 * column + 1]!;
      for (let y = top; y < bottom; y++) {
        for (let at = (y * width + left) * channels, end = (y * width + right) * channels; at < end; at += channels) {
          for (let c = 0; c < 3; c++) colours[to + c]! += values[at + c]!;
        }
      }
      const pixels = (bottom - top) * (right - left);
      for (let c = 0; c < 3; c++) colours[to + c]! /= pixels;
    }
  }
  return colours;
}

/** For each cell of a side the pixels around it, first and past the last. */
function spans(cells: number, pixels: number): Int32Array {
  const step = cells > 1 ? (pixels - 1) / (cells - 1) : pixels;
  const found = new Int32Array(2 * cells);
  for (let cell = 0; cell < cells; cell++) {
    const middle = cells > 1 ? cell * step : (pixels - 1) / 2;
    found[2 * cell] = Math.max(0, Math.round(middle - step / 2 + 1e-6));
    found[2 * cell + 1] = Math.min(pixels, Math.max(found[2 * cell]!, Math.round(middle + step / 2 - 1e-6)) + 1);
  }
  return found;
}

/**
 * Classes that reach this probability nowhere on the grid take no part, which saves time for each of them. Such a class would be told at
 * most about the kernels' weights times it, so the others hardly change: with the released options, marginals of nano's scores stay within
 * 0.0006 of those that all classes of VOC give (17 photos of VOC; no label changes).
 */
const TAKES_PART = 0.01;

/**
 * Probabilities of the classes on a grid: logits interpolated bilinearly, then softmax; of several passes, the mean.
 *
 * @returns and which classes take part, by id
 */
export function unariesOn({rows, columns}: Grid, passes: Passes, least = TAKES_PART): Unaries & {readonly ids: Uint8Array} {
  const {classes} = passes[0]!.logits;
  const softmax = meanSoftmaxOn({rows, columns}, passes);
  const most = new Float32Array(classes);
  softmax((_, probabilities) => {
    for (let c = 0; c < classes; c++) if (probabilities[c]! > most[c]!) most[c] = probabilities[c]!;
  });
  const ids = Uint8Array.from(Array.from(most.keys()).filter((id) => most[id]! >= least));
  const kept = new Float32Array(rows * columns * ids.length);
  const rest = new Float32Array(rows * columns);
  softmax((cell, probabilities) => {
    let left = 1;
    for (let k = 0; k < ids.length; k++) left -= kept[cell * ids.length + k] = probabilities[ids[k]!]!;
    rest[cell] = Math.max(0, left);
  });
  return {classes: ids.length, probabilities: kept, rest, ids};
}

/** Calls with the mean probabilities at each cell, in order; all the classes' on the whole grid would be too much to hold at once. */
function meanSoftmaxOn({rows, columns}: Grid, passes: Passes): (each: (cell: number, probabilities: Float32Array) => void) => void {
  const rowsOf = passes.map((pass) => softmaxOn({rows, columns}, pass));
  const {classes} = passes[0]!.logits;
  const sums = new Float32Array(columns * classes);
  return (each) => {
    for (let row = 0; row < rows; row++) {
      sums.fill(0);
      for (const addRow of rowsOf) addRow(row, sums);
      if (passes.length > 1) for (let i = 0; i < sums.length; i++) sums[i]! /= passes.length;
      for (let column = 0; column < columns; column++)
        each(row * columns + column, sums.subarray(column * classes, (column + 1) * classes));
    }
  };
}

/** Adds a pass's probabilities along a row of the grid. */
function softmaxOn({rows, columns}: Grid, {logits, covered}: Scores): (row: number, sums: Float32Array) => void {
  const {classes, values, width} = logits;
  const down = samplePoints(rows, logits.height, covered.height);
  const across = samplePoints(columns, width, covered.width);
  const between = new Float32Array(width * classes);
  const point = new Float32Array(classes);
  return (row, sums) => {
    const top = down.low[row]! * between.length;
    const bottom = down.high[row]! * between.length;
    const fraction = down.fraction[row]!;
    for (let i = 0; i < between.length; i++) between[i] = values[top + i]! + (values[bottom + i]! - values[top + i]!) * fraction;
    for (let column = 0; column < columns; column++) {
      const left = across.low[column]! * classes;
      const right = across.high[column]! * classes;
      const along = across.fraction[column]!;
      let largest = -Infinity;
      for (let c = 0; c < classes; c++) {
        const value = (point[c] = between[left + c]! + (between[right + c]! - between[left + c]!) * along);
        if (value > largest) largest = value;
      }
      let total = 0;
      for (let c = 0; c < classes; c++) total += point[c] = Math.exp(point[c]! - largest);
      for (let c = 0; c < classes; c++) sums[column * classes + c]! += point[c]! / total;
    }
  };
}
