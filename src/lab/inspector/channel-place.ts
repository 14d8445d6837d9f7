import type {Point} from "../../components/picture-figure.js";
import type {Segmentation} from "../../worker/protocol.js";
import {toCells, toPixels} from "../photo-geometry.js";

type Place = Pick<Segmentation, "width" | "height" | "covered">;
interface Size {
  readonly height: number;
  readonly width: number;
}

/** The point of the photo, 0-1 of its width and height, over which the middle of a cell lies; outside the photo for padding. */
export function pointOfCell(photo: Place, map: Size, cell: {readonly row: number; readonly column: number}): Point {
  const {row, column} = toPixels(photo, map, cell);
  return {x: (column + 0.5) / photo.width, y: (row + 0.5) / photo.height};
}

/** The inverse: where on a map a point of the photo lies, in cells, fractional. */
export function cellOfPoint(photo: Place, map: Size, {x, y}: Point): {row: number; column: number} {
  return toCells(photo, map, {row: y * photo.height - 0.5, column: x * photo.width - 0.5});
}

/** The cell of a map that is nearest to a place on it. */
export function nearestCell({row, column}: {readonly row: number; readonly column: number}, {height, width}: Size): {row: number; column: number} {
  const inside = (value: number, cells: number) => Math.min(Math.max(Math.round(value), 0), cells - 1);
  return {row: inside(row, height), column: inside(column, width)};
}

/** The rectangle of the photo's pixels on which a map's cells lie, each cell as a rectangle around its middle; it goes beyond the photo. */
export function mapOnPhoto(photo: Place, map: Size): {left: number; top: number; width: number; height: number} {
  // A single cell is everywhere.
  if (map.width === 1 && map.height === 1) return {left: 0, top: 0, width: photo.width, height: photo.height};
  const first = toPixels(photo, map, {row: -0.5, column: -0.5});
  const last = toPixels(photo, map, {row: map.height - 0.5, column: map.width - 0.5});
  return {left: first.column + 0.5, top: first.row + 0.5, width: last.column - first.column, height: last.row - first.row};
}
