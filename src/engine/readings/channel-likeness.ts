/** How alike the channels of an activation are to a map: plain arrays, no tensors. */
import type {Activations} from "../activations.js";
import {nearestCells} from "../neighbours.js";

/**
 * Pearson's correlation of every channel with a map of the same size, over some of the cells.
 *
 * @param target one value a cell, row by row
 * @param counts which cells count, e.g. those that the photo covers; all by default
 * @returns one number a channel, -1 to 1; 0 where the channel or the map has one value everywhere
 * @throws RangeError where the map has another size
 */
export function correlations(
  {height, width, channels, values}: Activations,
  target: ArrayLike<number>,
  counts: (cell: number) => boolean = () => true
): Float64Array {
  const cells = height * width;
  if (target.length !== cells)
    throw new RangeError(`A map of ${target.length} cells cannot be compared with channels of ${height} x ${width}.`);
  const counted = Array.from({length: cells}, (_, cell) => cell).filter(counts);
  const sum = new Float64Array(channels);
  for (const cell of counted) for (let channel = 0, i = cell * channels; channel < channels; channel++, i++) sum[channel]! += values[i]!;
  const targetMean = counted.reduce((total, cell) => total + target[cell]!, 0) / counted.length;
  const both = new Float64Array(channels);
  const own = new Float64Array(channels);
  let targetOwn = 0;
  for (const cell of counted) {
    const apart = target[cell]! - targetMean;
    targetOwn += apart * apart;
    for (let channel = 0, i = cell * channels; channel < channels; channel++, i++) {
      const value = values[i]! - sum[channel]! / counted.length;
      both[channel]! += value * apart;
      own[channel]! += value * value;
    }
  }
  return both.map((product, channel) => {
    const scale = Math.sqrt(own[channel]! * targetOwn);
    return scale > 0 ? product / scale : 0;
  });
}

/** What of a picture a map shows, and how the photo's pixels lie on it: see `Segmentation`. */
interface LabelledPhoto {
  readonly width: number;
  readonly height: number;
  readonly labels: Uint8Array;
  readonly covered: {readonly height: number; readonly width: number};
}

/**
 * A class's mask on a coarser, corner-aligned grid: of the photo's pixels that are nearest to a cell, the share that has
 * the class, 0-1; NaN for cells to which no pixel is nearest, as in the padding.
 */
export function maskOnGrid(
  {width, height, labels, covered}: LabelledPhoto,
  grid: {readonly height: number; readonly width: number},
  id: number
): Float32Array {
  const rows = nearestCells(height, grid.height, covered.height);
  const columns = nearestCells(width, grid.width, covered.width);
  const hits = new Float32Array(grid.height * grid.width);
  const all = new Float32Array(grid.height * grid.width);
  for (let y = 0, pixel = 0; y < height; y++) {
    const from = rows[y]! * grid.width;
    for (let x = 0; x < width; x++, pixel++) {
      const cell = from + columns[x]!;
      all[cell]!++;
      if (labels[pixel] === id) hits[cell]!++;
    }
  }
  return hits.map((count, cell) => count / all[cell]!);
}
