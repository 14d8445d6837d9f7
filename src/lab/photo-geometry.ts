import type {Segmentation} from "../worker/protocol.js";

/** A point of the photo in pixels. */
export interface PhotoPoint {
  readonly row: number;
  readonly column: number;
}

/** From a pixel of the photo to a position, in cells, on a corner-aligned map of this size that the network made of it. */
export function toCells(
  {width, height, covered}: Pick<Segmentation, "width" | "height" | "covered">,
  map: {height: number; width: number},
  {row, column}: PhotoPoint
): PhotoPoint {
  const scale = (position: number, pixels: number, share: number, cells: number) =>
    pixels > 1 ? (position / (pixels - 1)) * share * (cells - 1) : 0;
  return {row: scale(row, height, covered.height, map.height), column: scale(column, width, covered.width, map.width)};
}

/** The inverse: the pixel of the photo, perhaps outside it, over which a cell of the map lies. */
export function toPixels(
  {width, height, covered}: Pick<Segmentation, "width" | "height" | "covered">,
  map: {height: number; width: number},
  {row, column}: PhotoPoint
): PhotoPoint {
  const scale = (position: number, pixels: number, share: number, cells: number) =>
    cells > 1 ? (position / (cells - 1) / share) * (pixels - 1) : 0;
  return {row: scale(row, height, covered.height, map.height), column: scale(column, width, covered.width, map.width)};
}

/** Pixels of the photo from one cell of the map to the next. */
export function pixelsPerCell(result: Pick<Segmentation, "width" | "height" | "covered">, map: {height: number; width: number}): number {
  const {row} = toPixels(result, map, {row: 1, column: 0});
  const {column} = toPixels(result, map, {row: 0, column: 1});
  return Math.max(row, column);
}

/**
 * Where a map lies over the photo when each of its cells is a box around its place, in pixels of the photo, half a cell beyond its
 * borders; a single cell lies on all of it.
 */
export function mapRect(
  result: Pick<Segmentation, "width" | "height" | "covered">,
  map: {height: number; width: number}
): {left: number; top: number; width: number; height: number} {
  const {row, column} = toPixels(result, map, {row: 1, column: 1});
  // A pixel's middle lies half a pixel behind its corner.
  const along = (step: number, cells: number, pixels: number) =>
    cells > 1 ? {from: 0.5 - step / 2, length: step * cells} : {from: 0, length: pixels};
  const across = along(column, map.width, result.width);
  const down = along(row, map.height, result.height);
  return {left: across.from, top: down.from, width: across.length, height: down.length};
}

/** A point given in per mille of the photo, as addresses hold it. */
export function pointOf({x, y}: {x: number; y: number}, {width, height}: {width: number; height: number}): PhotoPoint {
  return {row: Math.round((y / 1000) * (height - 1)), column: Math.round((x / 1000) * (width - 1))};
}

/** The inverse of `pointOf`. */
export function perMille({row, column}: PhotoPoint, {width, height}: {width: number; height: number}): {x: number; y: number} {
  return {x: Math.round((1000 * column) / Math.max(1, width - 1)), y: Math.round((1000 * row) / Math.max(1, height - 1))};
}

/** A point, 0-1 of the photo's width and height, as addresses hold it. */
export function pointPerMille({x, y}: {readonly x: number; readonly y: number}): {x: number; y: number} {
  return {x: Math.round(1000 * x), y: Math.round(1000 * y)};
}
