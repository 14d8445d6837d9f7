import type {AffinePart} from "./fold.js";
import type {FoldedGraph} from "./folded-graph.js";
import {SAMPLINGS} from "./in-words.js";
import {NotDeepLabError} from "./recognise.js";

/**
 * What a file does to the photo before the network and to the logits after it: it is not part of a description, but has to be what we do.
 */

/** Photos of bytes are given to a network as x / 127.5 - 1. */
export const PREPARATION = {scale: 1 / 127.5, shift: -1} as const;
const TOLERANCE = 1e-3;

/**
 * Checks that a file prepares photos and enlarges logits as the engine does. Enlarging to the photo's size is drawing and no part
 * of the network, but its mode is: logits were trained to be read at those places, and other ones are up to half a cell away (4
 * pixels at output stride 8).
 *
 * @param parts name of the part that holds each end point's value
 * @throws NotDeepLabError where the file says something else
 */
export function checkSurroundings(graph: FoldedGraph, parts: ReadonlyMap<string, string>): void {
  checkPreparation(graph, parts.get("input")!);
  for (const part of graph.after(parts.get("logits")!)) {
    if (part.op !== "resize" || part.mode === "corners") continue;
    throw new NotDeepLabError(
      `This network enlarges its logits with ${SAMPLINGS[part.mode]}; masks are drawn with ${SAMPLINGS.corners} here and would be up to half a cell off. Export it with align_corners.`
    );
  }
}

/** Where the file says itself how it scales a photo. */
function checkPreparation(graph: FoldedGraph, photo: string): void {
  const maps: AffinePart[] = [];
  for (let part = graph.get(photo); part?.op === "affine" && part.activation === "linear"; part = graph.get(part.inputs[0]))
    maps.push(part);
  if (maps.length === 0) return;
  let [scale, shift] = [1, 0];
  for (const map of maps.toReversed()) {
    for (const values of [map.scale, map.shift]) {
      if (values?.some((value) => value !== values[0])) throw otherwisePrepared("channel by channel");
    }
    const [factor, summand] = [map.scale?.[0] ?? 1, map.shift?.[0] ?? 0];
    [scale, shift] = [scale * factor, shift * factor + summand];
  }
  // The end of the range of bytes is where a difference shows.
  if (Math.abs(255 * (scale - PREPARATION.scale)) > TOLERANCE || Math.abs(shift - PREPARATION.shift) > TOLERANCE) {
    throw otherwisePrepared(`x * ${scale.toPrecision(4)} + ${shift.toPrecision(4)}`);
  }
}

function otherwisePrepared(how: string): NotDeepLabError {
  return new NotDeepLabError(`This network scales photos otherwise than is done here (${how}, not x / 127.5 - 1).`);
}
