import type {Size} from "./edit.js";
import type {Region} from "./region.js";

/** Passes of a box: three come close to a Gaussian. */
const PASSES = 3;

/**
 * Cells on either side of a box whose repeated passes have this standard deviation: n boxes of w cells have the
 * variance n (w² - 1) / 12.
 */
export function boxReach(deviation: number): number {
  return Math.round((Math.sqrt((12 * deviation * deviation) / PASSES + 1) - 1) / 2);
}

/**
 * A part of a photo blurred, near to a Gaussian; beyond the photo its border goes on.
 *
 * @param rgba the photo, opaque
 * @param reach cells of the box on either side
 * @returns RGBA bytes of the region's box
 */
export function boxBlurred(
  rgba: Uint8ClampedArray,
  size: Size,
  {left, top, width, height}: Omit<Region, "inside">,
  reach: number
): Uint8ClampedArray {
  const margin = PASSES * reach;
  const columns = width + 2 * margin;
  const rows = height + 2 * margin;
  const found = new Uint8ClampedArray(width * height * 4).fill(255);
  const within = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1);
  for (let channel = 0; channel < 3; channel++) {
    const now = new Float32Array(rows * columns);
    const between = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      const from = within(top - margin + row, size.height) * size.width;
      for (let column = 0; column < columns; column++)
        now[row * columns + column] = rgba[4 * (from + within(left - margin + column, size.width)) + channel]!;
    }
    for (let pass = 0; pass < PASSES; pass++) {
      for (let row = 0; row < rows; row++) slideAcross(now, between, row * columns, columns, reach);
      slideDown(between, now, rows, columns, reach);
    }
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++)
        found[4 * (row * width + column) + channel] = now[(row + margin) * columns + column + margin]!;
    }
  }
  return found;
}

/** Means over a box that slides along one row. */
function slideAcross(from: Float32Array, to: Float32Array, start: number, count: number, reach: number): void {
  const at = (index: number) => from[start + Math.min(Math.max(index, 0), count - 1)]!;
  let sum = 0;
  for (let i = -reach; i <= reach; i++) sum += at(i);
  for (let i = 0; i < count; i++) {
    to[start + i] = sum / (2 * reach + 1);
    sum += at(i + reach + 1) - at(i - reach);
  }
}

/** Means over a box that slides down all columns at once: memory is read in the order in which it lies. */
function slideDown(from: Float32Array, to: Float32Array, rows: number, columns: number, reach: number): void {
  const start = (row: number) => Math.min(Math.max(row, 0), rows - 1) * columns;
  const sums = new Float64Array(columns);
  for (let row = -reach; row <= reach; row++) {
    for (let column = 0; column < columns; column++) sums[column]! += from[start(row) + column]!;
  }
  for (let row = 0; row < rows; row++) {
    const [here, below, above] = [row * columns, start(row + reach + 1), start(row - reach)];
    for (let column = 0; column < columns; column++) {
      to[here + column] = sums[column]! / (2 * reach + 1);
      sums[column]! += from[below + column]! - from[above + column]!;
    }
  }
}
