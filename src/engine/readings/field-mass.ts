import type {Box} from "../field-box.js";

/** Non-negative values, one a pixel, row by row. */
export interface MassMap {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** Share of a map's sum that lies within a box, 0-1; 0 of an empty map. */
export function massWithin({width, height, values}: MassMap, {top, bottom, left, right}: Box): number {
  let inside = 0;
  let all = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = values[row * width + column]!;
      all += value;
      if (row >= top && row <= bottom && column >= left && column <= right) inside += value;
    }
  }
  return all > 0 ? inside / all : 0;
}

/** Side of the smallest square around a pixel that holds a share of the map's sum; it may reach over the border. 0 of an empty map. */
export function squareHolding(
  {width, height, values}: MassMap,
  at: {readonly row: number; readonly column: number},
  share: number
): number {
  /** Sums by distance, in rows or columns, whichever is larger. */
  const rings = new Float64Array(Math.max(height, width) + 1);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      rings[Math.max(Math.abs(row - at.row), Math.abs(column - at.column))]! += values[row * width + column]!;
    }
  }
  const all = rings.reduce((sum, ring) => sum + ring, 0);
  if (all === 0) return 0;
  let held = 0;
  const reach = rings.findIndex((ring) => (held += ring) >= share * all);
  return 2 * (reach < 0 ? rings.length - 1 : reach) + 1;
}

/** The box shrunk towards a point inside it to half its sides, a quarter of its area. */
export function quarterOf({top, bottom, left, right}: Box, {row, column}: {readonly row: number; readonly column: number}): Box {
  const halfway = (edge: number, towards: number) => Math.round((edge + towards) / 2);
  return {top: halfway(top, row), bottom: halfway(bottom, row), left: halfway(left, column), right: halfway(right, column)};
}
