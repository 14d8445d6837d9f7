import type {LabelMap} from "./label-regions.js";

/** A coarse look at a label map: the ids at the middles of so many cells. */
export function sampledLabels({width, height, ids}: LabelMap, size: {readonly width: number; readonly height: number}): LabelMap {
  const across = middles(size.width, width);
  const sampled = new Uint8Array(size.width * size.height);
  let at = 0;
  for (const row of middles(size.height, height)) {
    for (const column of across) sampled[at++] = ids[row * width + column]!;
  }
  return {width: size.width, height: size.height, ids: sampled};
}

/** The pixels along a side that the middles of its cells lie on. */
function middles(cells: number, pixels: number): Int32Array {
  return Int32Array.from({length: cells}, (_, cell) => Math.floor(((cell + 0.5) / cells) * pixels));
}
