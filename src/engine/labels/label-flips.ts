/** Where a label map changed, told apart by whether the photo itself was changed there: plain arrays, no tensors. */

/** What a pixel of a flip map says. */
export const SAME = 0;
export const FLIPPED_OUTSIDE = 1;
export const FLIPPED_INSIDE = 2;

export interface Flips {
  /** One of the three values a pixel. */
  readonly map: Uint8Array;
  /** Share of all pixels whose class changed, 0-1. */
  readonly share: number;
  /** Share of the pixels of the changed area, and of those outside it; null where there are none. */
  readonly inside: number | null;
  readonly outside: number | null;
}

/**
 * Compares the label maps of a photo and of its changed copy.
 *
 * @param area 1 for each pixel whose photo was changed, else 0
 * @throws RangeError where the maps have different sizes
 */
export function labelFlips(before: Uint8Array, after: Uint8Array, area: Uint8Array): Flips {
  if (before.length !== after.length || before.length !== area.length) {
    throw new RangeError(`Maps of ${before.length}, ${after.length} and ${area.length} pixels cannot be compared.`);
  }
  const map = new Uint8Array(before.length);
  const flipped = [0, 0, 0];
  let changed = 0;
  for (let i = 0; i < map.length; i++) {
    changed += area[i]!;
    if (before[i] === after[i]) continue;
    map[i] = area[i] === 1 ? FLIPPED_INSIDE : FLIPPED_OUTSIDE;
    flipped[map[i]!]!++;
  }
  const of = (count: number, all: number) => (all > 0 ? count / all : null);
  return {
    map,
    share: of(flipped[1]! + flipped[2]!, map.length) ?? 0,
    inside: of(flipped[FLIPPED_INSIDE]!, changed),
    outside: of(flipped[FLIPPED_OUTSIDE]!, map.length - changed)
  };
}
