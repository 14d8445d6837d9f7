/** How much two activations of one layer differ: plain arrays, no tensors. */
import type {Activations} from "../activations.js";
import {neighbours} from "../neighbours.js";

/** Share of a map's extent, from the first cell to the last, that the photo covers, (0, 1]. */
interface Extent {
  readonly height: number;
  readonly width: number;
}

export interface ActivationDifference {
  /** Size of the map, which is A's grid. */
  readonly height: number;
  readonly width: number;
  /** Mean over the channels of |A - B| at each cell. */
  readonly values: Float32Array;
  /** Mean of `values`. */
  readonly mean: number;
  /** Largest of `values`. */
  readonly largest: number;
  /** `mean` as a share of the mean |A|; null where A is zero everywhere. */
  readonly relative: number | null;
}

const WHOLE: Extent = {height: 1, width: 1};

/**
 * The mean absolute difference of two activations, cell by cell of A's grid. Where B's grid is another, B is interpolated
 * bilinearly at the point of the photo over which A's cell lies (corners aligned).
 *
 * @param covered what the photo covers of each map; all of both by default
 * @throws RangeError where the channels differ in number
 */
export function activationDifference(
  a: Activations,
  b: Activations,
  covered: {readonly a: Extent; readonly b: Extent} = {a: WHOLE, b: WHOLE}
): ActivationDifference {
  const {height, width, channels} = a;
  if (b.channels !== channels) throw new RangeError(`Activations of ${channels} and ${b.channels} channels cannot be compared.`);
  const rows = positions(height, b.height, covered.b.height / covered.a.height);
  const columns = positions(width, b.width, covered.b.width / covered.a.width);
  const values = new Float32Array(height * width);
  let total = 0;
  let magnitude = 0;
  let largest = 0;
  for (let row = 0; row < height; row++) {
    const [top, bottom, down] = rows[row]!;
    for (let column = 0; column < width; column++) {
      const [left, right, across] = columns[column]!;
      const cell = row * width + column;
      const topLeft = (top * b.width + left) * channels;
      const topRight = (top * b.width + right) * channels;
      const bottomLeft = (bottom * b.width + left) * channels;
      const bottomRight = (bottom * b.width + right) * channels;
      let sum = 0;
      for (let c = 0; c < channels; c++) {
        const above = b.values[topLeft + c]! + (b.values[topRight + c]! - b.values[topLeft + c]!) * across;
        const below = b.values[bottomLeft + c]! + (b.values[bottomRight + c]! - b.values[bottomLeft + c]!) * across;
        const value = a.values[cell * channels + c]!;
        sum += Math.abs(value - (above + (below - above) * down));
        magnitude += Math.abs(value);
      }
      values[cell] = sum / channels;
      total += sum;
      largest = Math.max(largest, sum / channels);
    }
  }
  const count = height * width * channels;
  return {height, width, values, mean: count > 0 ? total / count : 0, largest, relative: magnitude > 0 ? total / magnitude : null};
}

/** Between which cells of another side each cell of a side lies. @param stretch reach of that side's photo as a share of this one's */
function positions(cells: number, otherCells: number, stretch: number): (readonly [low: number, high: number, share: number])[] {
  return Array.from({length: cells}, (_, cell) =>
    neighbours(cells > 1 ? (cell / (cells - 1)) * stretch * (otherCells - 1) : 0, otherCells)
  );
}
