import type {LogitsArray} from "./pixel.js";

/** Maps of what the network says cell by cell, from its logits before they are upsampled. One value a cell, row by row. */

/** The logits of one class. @throws RangeError on a class that is not there */
export function classLogits({height, width, classes, values}: LogitsArray, classId: number): Float32Array {
  if (!Number.isInteger(classId) || classId < 0 || classId >= classes)
    throw new RangeError(`There are ${classes} classes, from 0; there is no class ${classId}.`);
  return Float32Array.from({length: height * width}, (_, cell) => values[cell * classes + classId]!);
}

/** Each class's logit, on average over all cells. */
export function meanLogits({height, width, classes, values}: LogitsArray): Float64Array {
  const sums = new Float64Array(classes);
  values.forEach((value, index) => (sums[index % classes]! += value));
  return sums.map((sum) => sum / (height * width));
}

/** The two classes with the largest logits of a cell, the first of equal ones before the others. */
export function leaders({classes, values}: LogitsArray, cell: number): {winner: number; runnerUp: number; margin: number} {
  let winner = -1;
  let runnerUp = -1;
  const at = (c: number) => (c < 0 ? -Infinity : values[cell * classes + c]!);
  for (let c = 0; c < classes; c++) {
    if (at(c) > at(winner)) {
      runnerUp = winner;
      winner = c;
    } else if (at(c) > at(runnerUp)) runnerUp = c;
  }
  return {winner, runnerUp, margin: at(winner) - at(runnerUp)};
}

/** The class that most cells of a map are of, and where it speaks loudest. */
export interface LargestClass {
  readonly id: number;
  /** Share of the cells at which it wins, 0-1. */
  readonly share: number;
  /** Of those the one with its largest logit. */
  readonly row: number;
  readonly column: number;
}

/**
 * The class that wins at most cells, the first of equal ones.
 *
 * @param without a class that is left aside, as the background is, unless no other wins anywhere
 */
export function largestClass(logits: LogitsArray, without: number | null): LargestClass {
  const {height, width, classes, values} = logits;
  const found = Array.from({length: classes}, () => ({cells: 0, best: 0}));
  const at = (cell: number, id: number) => values[cell * classes + id]!;
  for (let cell = 0; cell < height * width; cell++) {
    const {winner} = leaders(logits, cell);
    const of = found[winner]!;
    if (of.cells === 0 || at(cell, winner) > at(of.best, winner)) of.best = cell;
    of.cells++;
  }
  const others = found.map(({cells}, id) => (id === without ? 0 : cells));
  const counts = others.some((cells) => cells > 0) ? others : found.map(({cells}) => cells);
  const id = counts.reduce((most, cells, other) => (cells > counts[most]! ? other : most), 0);
  const {cells, best} = found[id]!;
  return {id, share: cells / (height * width), row: Math.floor(best / width), column: best % width};
}

/** By how much the winner's logit is above the runner-up's, from 0 up: where it is small, the network hesitates. */
export function margins(logits: LogitsArray): Float32Array {
  return Float32Array.from({length: logits.height * logits.width}, (_, cell) => leaders(logits, cell).margin);
}

/** The entropy of the softmax in bits, from 0 (certain) to log2 of the number of classes (all alike). */
export function entropies({height, width, classes, values}: LogitsArray): Float32Array {
  return Float32Array.from({length: height * width}, (_, cell) => {
    const from = cell * classes;
    let largest = -Infinity;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, values[from + c]!);
    // With p = e / total, -sum p ln p = ln total - sum (l - largest) e / total.
    let total = 0;
    let weighed = 0;
    for (let c = 0; c < classes; c++) {
      const above = values[from + c]! - largest;
      const e = Math.exp(above);
      total += e;
      weighed += above * e;
    }
    return Math.max(0, (Math.log(total) - weighed / total) / Math.LN2);
  });
}

/** A cell of a map with its value. */
export interface CellValue {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/**
 * The cells with the smallest values, smallest first, none closer than `apart` cells (in rows or columns) to one before it,
 * so that one border does not fill the list.
 *
 * @param size of the map; `rows` and `columns` say how much of it counts, from the top left
 */
export function smallest(
  values: Float32Array,
  {width, rows, columns}: {readonly width: number; readonly rows: number; readonly columns: number},
  count: number,
  apart: number
): CellValue[] {
  const cells = Array.from({length: rows * columns}, (_, i) => {
    const row = Math.floor(i / columns);
    const column = i % columns;
    return {row, column, value: values[row * width + column]!};
  }).sort((a, b) => a.value - b.value);
  const found: CellValue[] = [];
  for (const cell of cells) {
    if (found.length === count) break;
    if (found.every(({row, column}) => Math.max(Math.abs(row - cell.row), Math.abs(column - cell.column)) >= apart)) found.push(cell);
  }
  return found;
}
