import type {Point} from "../../../components/photo/picture-figure.js";
import type {Segmentation} from "../../../worker/protocol.js";
import {toCells, toPixels} from "../../../lab/photo-geometry.js";

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
export function nearestCell(
  {row, column}: {readonly row: number; readonly column: number},
  {height, width}: Size
): {row: number; column: number} {
  const inside = (value: number, cells: number) => Math.min(Math.max(Math.round(value), 0), cells - 1);
  return {row: inside(row, height), column: inside(column, width)};
}
