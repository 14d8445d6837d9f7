import {nearestCells} from "../neighbours.js";
import type {Photo} from "../photo.js";
import {guideColours, labelsAlongEdges} from "./live-logits.js";

/** Fewer pixels from one cell to the next leave nothing to be moved. */
const LEAST_STEP = 2;

/**
 * Labels whose outlines are drawn to the photo's edges: shares of the labels on a coarse grid, upsampled along edges as a network's logits
 * are. What is finer than the grid may be lost.
 *
 * @param labels one id a pixel of the photo, undecided ones among them
 * @param reach about how far an outline may move, in pixels
 * @returns none but ids that were there
 */
export function snappedLabels({width, height, rgba}: Photo, labels: Uint8Array, reach: number): Uint8Array {
  const ids = idsIn(labels);
  if (ids.length < 2) return labels.slice();
  const step = Math.max(LEAST_STEP, reach);
  const cells = {height: cellsOf(height, step), width: cellsOf(width, step)};
  const frame = {width, height, data: rgba};
  const whole = {height: 1, width: 1};
  const logits = {...cells, classes: ids.length, values: sharesOn(cells, {width, height, labels}, ids)};
  const found = labelsAlongEdges(logits, whole, frame, guideColours(frame, cells, whole));
  for (let i = 0; i < found.length; i++) found[i] = ids[found[i]!]!;
  return found;
}

function cellsOf(pixels: number, step: number): number {
  return Math.max(2, Math.round((pixels - 1) / step) + 1);
}

function idsIn(labels: Uint8Array): number[] {
  const seen = new Uint8Array(256);
  for (const id of labels) seen[id] = 1;
  return [...seen.keys()].filter((id) => seen[id] === 1);
}

/** The share of each id among the pixels that are nearest to a cell, cell by cell. */
function sharesOn(
  cells: {readonly height: number; readonly width: number},
  {width, height, labels}: {readonly width: number; readonly height: number; readonly labels: Uint8Array},
  ids: readonly number[]
): Float32Array {
  const place = new Uint8Array(256);
  ids.forEach((id, index) => (place[id] = index));
  const [across, down] = [nearestCells(width, cells.width), nearestCells(height, cells.height)];
  const counts = new Float32Array(cells.height * cells.width * ids.length);
  for (let y = 0, at = 0; y < height; y++) {
    const row = down[y]! * cells.width;
    for (let x = 0; x < width; x++, at++) counts[(row + across[x]!) * ids.length + place[labels[at]!]!]!++;
  }
  for (let from = 0; from < counts.length; from += ids.length) {
    let total = 0;
    for (let k = 0; k < ids.length; k++) total += counts[from + k]!;
    for (let k = 0; k < ids.length; k++) counts[from + k]! /= Math.max(1, total);
  }
  return counts;
}
