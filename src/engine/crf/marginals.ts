import {logitsAt} from "../labels/pixel.js";
import type {LogitsArray} from "../labels/pixel.js";

/** What a CRF makes of a network's scores. */
export interface Marginals {
  /** Probabilities of the classes that take part, cell by cell of the CRF's grid, whose corners are the photo's. */
  readonly map: LogitsArray;
  /** Their ids. The others are unlikely everywhere. */
  readonly ids: Uint8Array;
}

/**
 * Probabilities of all classes at a point, interpolated bilinearly; 0 for those that take no part.
 *
 * @param y from the first row to the last, 0-1
 * @param x from the first column to the last, 0-1
 */
export function probabilitiesAt({map, ids}: Marginals, classes: number, y: number, x: number): Float32Array {
  const probabilities = new Float32Array(classes);
  logitsAt(map, y * (map.height - 1), x * (map.width - 1)).forEach((value, k) => (probabilities[ids[k]!] = value));
  return probabilities;
}
