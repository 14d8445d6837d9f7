/**
 * Where a pixel along a side lies on a coarser grid, in cells, corners aligned.
 *
 * @param share of the grid that the pixels cover, from its first cell on
 */
export function positionAmong(pixel: number, pixels: number, cells: number, share = 1): number {
  return pixels > 1 ? (pixel / (pixels - 1)) * share * (cells - 1) : 0;
}

/**
 * The nearest cell of a coarser grid to each pixel along a side, corners aligned.
 *
 * @param share of the grid that the pixels cover, from its first cell on
 */
export function nearestCells(pixels: number, cells: number, share = 1): Int32Array {
  return Int32Array.from({length: pixels}, (_, pixel) => Math.round(positionAmong(pixel, pixels, cells, share)));
}

/** The cells before and after a position, which is clamped to the map, and how far it lies between them. */
export function neighbours(position: number, size: number): readonly [low: number, high: number, fraction: number] {
  const clamped = Math.min(Math.max(position, 0), size - 1);
  const low = Math.floor(clamped);
  return [low, Math.min(low + 1, size - 1), clamped - low];
}
