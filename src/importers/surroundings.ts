import type {Weight, WeightMap} from "../engine/model.js";
import type {Sampling} from "../engine/steps/upsample.js";
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
 * @param sampling with which the network's description enlarges maps
 * @throws NotDeepLabError where the file says something else
 */
export function checkSurroundings(graph: FoldedGraph, parts: ReadonlyMap<string, string>, sampling: Sampling = "corners"): void {
  checkPreparation(graph, parts.get("input")!);
  for (const part of graph.after(parts.get("logits")!)) {
    if (part.op !== "resize" || part.mode === sampling) continue;
    throw new NotDeepLabError(
      `This network enlarges its logits with ${SAMPLINGS[part.mode]}; masks are drawn with ${SAMPLINGS[sampling]} here and would be up to half a cell off. Export it with align_corners.`
    );
  }
}

/** Whether a file itself prepares photos otherwise than is done here, in a way that a unit of the network can say. */
export function preparesOtherwise(graph: FoldedGraph): boolean {
  return graph.photos.some((photo) => {
    const part = graph.get(photo);
    return part?.op === "affine" && part.activation === "linear" && preparationOf([part]) !== "ours";
  });
}

/**
 * Weights of a network whose first unit is the file's own preparation of photos: that is given bytes, and the network x / 127.5 - 1.
 *
 * @param unit end point of that unit
 */
export function preparedWeights(weights: WeightMap, unit: string): WeightMap {
  const [scale, shift] = [weights[`${unit}/scale`], weights[`${unit}/shift`]];
  if (!scale || !shift) return weights;
  const {scale: factor, shift: summand} = PREPARATION;
  const each = (weight: Weight, value: (channel: number) => number): Weight => ({
    ...weight,
    values: weight.values.map((_, channel) => value(channel))
  });
  return {
    ...weights,
    [`${unit}/scale`]: each(scale, (channel) => scale.values[channel]! / factor),
    [`${unit}/shift`]: each(shift, (channel) => shift.values[channel]! - (scale.values[channel]! * summand) / factor)
  };
}

/** Where the file says itself how it scales a photo, and no unit of the network says so. */
function checkPreparation(graph: FoldedGraph, photo: string): void {
  const maps: AffinePart[] = [];
  for (let part = graph.get(photo); part; part = graph.get(part.inputs[0]!)) {
    if (part.op === "affine" && part.activation === "linear") maps.push(part);
    else if (part.op !== "resize") break;
  }
  const preparation = preparationOf(maps);
  if (maps.length > 0 && preparation !== "ours") throw otherwisePrepared(preparation);
}

/** What affine maps make of a photo, the last first, in words. */
function preparationOf(maps: readonly AffinePart[]): string {
  let [scale, shift] = [1, 0];
  for (const map of maps.toReversed()) {
    for (const values of [map.scale, map.shift]) {
      if (values?.some((value) => value !== values[0])) return "channel by channel";
    }
    const [factor, summand] = [map.scale?.[0] ?? 1, map.shift?.[0] ?? 0];
    [scale, shift] = [scale * factor, shift * factor + summand];
  }
  // The end of the range of bytes is where a difference shows.
  const isOurs = Math.abs(255 * (scale - PREPARATION.scale)) <= TOLERANCE && Math.abs(shift - PREPARATION.shift) <= TOLERANCE;
  return isOurs ? "ours" : `x * ${scale.toPrecision(4)} + ${shift.toPrecision(4)}`;
}

function otherwisePrepared(how: string): NotDeepLabError {
  return new NotDeepLabError(`This network scales photos otherwise than is done here (${how}, not x / 127.5 - 1).`);
}
