import {connectedPatches} from "./connected.js";
import type {LabelMap} from "./label-regions.js";

/** A label map in which some pixels were given another class. */
export interface Relabelled extends LabelMap {
  /** Those pixels, as indices into `ids`. */
  readonly pixels: Int32Array;
}

/** All pixels of a label map that are connected with one and have its class are given another. */
export function relabelledPatch(map: LabelMap, at: {readonly row: number; readonly column: number}, id: number): Relabelled {
  const pixel = at.row * map.width + at.column;
  const patches = connectedPatches(map, (other) => other === map.ids[pixel]);
  return withClass(
    map,
    patches.find((patch) => patch.includes(pixel))!,
    id
  );
}

/** All pixels within a distance of one are given another class. @param radius in pixels */
export function relabelledSpot(
  map: LabelMap,
  {row, column}: {readonly row: number; readonly column: number},
  id: number,
  radius: number
): Relabelled {
  const pixels = Int32Array.from(map.ids.keys()).filter(
    (pixel) => Math.hypot(Math.floor(pixel / map.width) - row, (pixel % map.width) - column) <= radius
  );
  return withClass(map, pixels, id);
}

function withClass({width, height, ids}: LabelMap, pixels: Int32Array, id: number): Relabelled {
  const changed = ids.slice();
  for (const pixel of pixels) changed[pixel] = id;
  return {width, height, ids: changed, pixels: pixels.slice()};
}
