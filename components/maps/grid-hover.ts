import type {FeatureMapValues} from "./feature-maps.js";
import type {GridShape} from "./grid-shape.js";

/** A value that the reader points at. */
export interface GridHover {
  readonly channel: number;
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/** The value of a channel's map under the pointer; null beside the map. @param cell of the grid, with the map at its top left */
export function hoverOf(
  {clientX, clientY}: {readonly clientX: number; readonly clientY: number},
  cell: HTMLElement,
  channel: number,
  {height, width, channels, values}: FeatureMapValues,
  {mapHeight, mapWidth}: GridShape
): GridHover | null {
  const {left, top} = cell.getBoundingClientRect();
  const row = Math.floor(((clientY - top) / mapHeight) * height);
  const column = Math.floor(((clientX - left) / mapWidth) * width);
  if (row < 0 || row >= height || column < 0 || column >= width) return null;
  return {channel, row, column, value: values[(row * width + column) * channels + channel]!};
}
