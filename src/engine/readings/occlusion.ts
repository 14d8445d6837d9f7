/** Occlusion sensitivity (Zeiler and Fergus, 2014, section 3.2): cover one place after the other and see how a logit falls. */
import type {Size} from "../photo-edits/edit.js";

/** Places, evenly spread over a photo. */
export interface OcclusionGrid {
  readonly rows: number;
  readonly columns: number;
  /** Middles in per mille of the photo, row by row. */
  readonly places: readonly {readonly x: number; readonly y: number}[];
}

/** A grid with `along` places on the photo's long side and as many on the short one as keep their distance, at least two. */
export function occlusionGrid({width, height}: Size, along: number): OcclusionGrid {
  const long = Math.max(width, height);
  const count = (side: number) => Math.max(2, Math.round((along * side) / long));
  const [rows, columns] = [count(height), count(width)];
  const middle = (index: number, of: number) => Math.round((1000 * (index + 0.5)) / of);
  const places = Array.from({length: rows * columns}, (_, i) => ({
    x: middle(i % columns, columns),
    y: middle(Math.floor(i / columns), rows)
  }));
  return {rows, columns, places};
}

/**
 * By how much a logit falls at each place.
 *
 * @param logit of the photo with nothing covered
 * @param covered logits with each place covered; those not yet known are missing at the end
 * @returns positive where the logit fell, negative where it rose, and the place where it fell most
 */
export function logitFalls(logit: number, covered: readonly number[]): {falls: Float32Array; most: number} {
  const falls = Float32Array.from(covered, (value) => logit - value);
  let most = 0;
  for (let i = 1; i < falls.length; i++) if (falls[i]! > falls[most]!) most = i;
  return {falls, most};
}
