import {labelsFromLogits} from "../labels/labels.js";
import type {Pixels} from "../photo-input.js";
import {coloursOn, gridOf, unariesOn} from "./grid.js";
import type {Grid, Passes} from "./grid.js";
import type {Marginals} from "./marginals.js";
import {meanField} from "./mean-field.js";
import type {Kernel} from "./mean-field.js";
import {STATED_SIDE} from "./options.js";
import type {CrfOptions} from "./options.js";
import {permutohedralFilter} from "./permutohedral.js";

/**
 * Refines a network's scores for a photo, the mean of all passes, with a fully connected CRF, deterministically.
 *
 * @returns gives the marginals after 0, 1, ... iterations, in an array that the next iteration overwrites; each may take tenths of a second
 */
export function* refining(photo: Pixels, passes: Passes, options: CrfOptions): Generator<Marginals, void, void> {
  const grid = gridOf(options, photo, passes);
  const {ids, ...unaries} = unariesOn(grid, passes);
  const kernels = options.iterations > 0 ? kernelsOn(grid, photo, options) : [];
  for (const values of meanField(unaries, kernels, options.iterations)) {
    yield {map: {height: grid.rows, width: grid.columns, classes: ids.length, values}, ids};
  }
}

/** The appearance and the smoothness kernel (v2, section 3.3, equation 3). */
function kernelsOn(grid: Grid, photo: Pixels, {bilateral, smoothness}: CrfOptions): Kernel[] {
  const colours = coloursOn(grid, photo);
  const unit = STATED_SIDE / Math.max(photo.height, photo.width);
  const [down, across] = [stepOf(grid.rows, photo.height) * unit, stepOf(grid.columns, photo.width) * unit];
  const near = new Float32Array(grid.rows * grid.columns * 2);
  const alike = new Float32Array(grid.rows * grid.columns * 5);
  for (let row = 0, cell = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++, cell++) {
      near[2 * cell] = (row * down) / smoothness.position;
      near[2 * cell + 1] = (column * across) / smoothness.position;
      alike[5 * cell] = (row * down) / bilateral.position;
      alike[5 * cell + 1] = (column * across) / bilateral.position;
      for (let c = 0; c < 3; c++) alike[5 * cell + 2 + c] = colours[3 * cell + c]! / bilateral.colour;
    }
  }
  return [
    {weight: bilateral.weight, filter: permutohedralFilter(alike, 5)},
    {weight: smoothness.weight, filter: permutohedralFilter(near, 2)}
  ].filter(({weight}) => weight > 0);
}

/** Pixels from a cell to the next. */
function stepOf(cells: number, pixels: number): number {
  return cells > 1 ? (pixels - 1) / (cells - 1) : 0;
}

/** The label map: marginals interpolated bilinearly to the photo's size, then argmax. @returns one class id a pixel, rows from the top */
export function labelsOf({map, ids}: Marginals, height: number, width: number): Uint8Array {
  const labels = labelsFromLogits(map, {height: 1, width: 1}, height, width);
  for (let i = 0; i < labels.length; i++) labels[i] = ids[labels[i]!]!;
  return labels;
}
