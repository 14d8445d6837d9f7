/** Where two label maps of one size say different things: plain arrays, no tensors. */

/** Share of the pixels, 0-1, whose class differs. @throws RangeError where the maps have different sizes */
export function differenceShare(a: Uint8Array, b: Uint8Array): number {
  checkSizes(a, b);
  let different = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) different++;
  return a.length > 0 ? different / a.length : 0;
}

/**
 * Share of a map's pixels, 0-1, whose class is the same in another, of those that are not of one class: most of a photo is background,
 * which would say little. Null where all are of that class.
 *
 * @param but id of the class that does not count
 * @throws RangeError where the maps have different sizes
 */
export function keptShare(before: Uint8Array, after: Uint8Array, but: number): number | null {
  checkSizes(before, after);
  let [counted, kept] = [0, 0];
  for (let i = 0; i < before.length; i++) {
    if (before[i] === but) continue;
    counted++;
    if (after[i] === before[i]) kept++;
  }
  return counted > 0 ? kept / counted : null;
}

/**
 * The pixel nearest to the middle of the picture whose class differs, the first row by row of equally near ones; null
 * where the maps are equal.
 *
 * @param width of both maps in pixels
 * @throws RangeError where the maps have different sizes
 */
export function nearestDifference(a: Uint8Array, b: Uint8Array, width: number): {row: number; column: number} | null {
  checkSizes(a, b);
  const middle = {row: (a.length / width - 1) / 2, column: (width - 1) / 2};
  let nearest: {row: number; column: number} | null = null;
  let least = Infinity;
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) continue;
    const row = Math.floor(i / width);
    const column = i % width;
    const distance = (row - middle.row) ** 2 + (column - middle.column) ** 2;
    if (distance < least) {
      least = distance;
      nearest = {row, column};
    }
  }
  return nearest;
}

function checkSizes(a: Uint8Array, b: Uint8Array): void {
  if (a.length !== b.length) throw new RangeError(`Label maps of ${a.length} and ${b.length} pixels cannot be compared.`);
}
