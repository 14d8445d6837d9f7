import {connectedPatches} from "./connected.js";

/**
 * How many separate patches a class has in a label map, 4-connected. Two objects that touch are one patch: a label map says what, not
 * how many.
 *
 * @param labels height x width class ids, row by row
 * @param smallest patches of fewer pixels are not counted
 */
export function patchesOf(labels: Uint8Array, {width}: {height: number; width: number}, id: number, smallest = 1): number {
  return connectedPatches({width, ids: labels}, (label) => label === id, smallest).length;
}
