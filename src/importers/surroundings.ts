import type {Normalisation} from "../engine/backbones/normalise.js";
import type {Sampling} from "../engine/steps/upsample.js";
import {FormatError} from "../formats/format-error.js";
import type {AffinePart} from "./fold.js";
import type {FoldedGraph} from "./folded-graph.js";
import {SAMPLINGS} from "./in-words.js";
import type {Operation} from "./operations.js";
import {NotDeepLabError} from "./recognise.js";

/** What a file does to the photo before the network, and to the logits after it. */

const MAXIMUM_BYTE = 255;

/**
 * Checks that a file enlarges logits as the engine does. Enlarging to the photo's size is drawing and no part of the network, but its mode
 * is: logits were trained to be read at those places, and other ones are up to half a cell away (4 pixels at output stride 8).
 *
 * @param logits name of the part that gives them
 * @param sampling with which the network's description enlarges maps
 * @throws NotDeepLabError where the file says something else
 */
export function checkEnlargement(graph: FoldedGraph, logits: string, sampling: Sampling = "corners"): void {
  for (const part of graph.after(logits)) {
    if (part.op !== "resize" || part.mode === sampling) continue;
    throw new NotDeepLabError(
      `This network enlarges its logits with ${SAMPLINGS[part.mode]}; masks are drawn with ${SAMPLINGS[sampling]} here and would be up to half a cell off. Export it with align_corners.`
    );
  }
}

/**
 * How a graph prepares a photo of bytes, or of the numbers from 0 to 1 that these stand for.
 *
 * @param photo name of the part that the network begins with
 * @returns null where nothing says it: the graph is given a photo that is prepared already
 * @throws FormatError where it multiplies by zero, or by other than one or three numbers
 */
export function preparationIn(graph: FoldedGraph, photo: string): Normalisation | null {
  const maps: AffinePart[] = [];
  for (let part = graph.get(photo); part; part = graph.get(part.inputs[0]!)) {
    if (part.op === "affine" && part.activation === "linear") maps.push(part);
    // A photo is resized here before it is given to a network at all.
    else if (part.op !== "resize") break;
  }
  if (maps.length === 0) return null;
  const channels = [0, 1, 2].map((channel) =>
    maps.reduceRight(
      ({scale, shift}, map) => {
        const [factor, summand] = [numberAt(map.scale, channel, 1), numberAt(map.shift, channel, 0)];
        return {scale: scale * factor, shift: shift * factor + summand};
      },
      {scale: 1, shift: 0}
    )
  );
  if (channels.some(({scale}) => scale === 0)) throw new FormatError("The file is damaged: it multiplies the photo by zero.");
  // What is less so little, by so little, is given in 0-1 instead, as PyTorch's loaders give photos.
  const range = channels.every(({scale, shift}) => Math.abs(shift / scale) <= 1 && Math.abs(1 / scale) <= 1) ? MAXIMUM_BYTE : 1;
  const three = (value: (channel: {scale: number; shift: number}) => number) =>
    channels.map((channel) => range * value(channel)) as [number, number, number];
  return {mean: three(({scale, shift}) => -shift / scale), deviation: three(({scale}) => 1 / scale)};
}

function numberAt(list: Float32Array | undefined, channel: number, absent: number): number {
  const value = list ? list[list.length === 1 ? 0 : channel] : absent;
  if (value === undefined || (list && list.length > 3))
    throw new FormatError(`The file is damaged: it prepares photos of ${list!.length} channels.`);
  return value;
}

/** Ranges of numbers that a photo can be given in, told from each other by their ends. */
const RANGES = [
  [-1, 1],
  [0, 1],
  [0, MAXIMUM_BYTE]
] as const;

/**
 * The numbers that a photo's bytes stand for, where a file says which: that is how it was prepared. Zero falls on a whole byte and a power
 * of two is as good a step, so what comes near a usual range is that; any other says nothing of photos, but of numbers that were measured.
 */
export function numbersOfBytes(input: string, {scale, zeroPoint}: {readonly scale: number; readonly zeroPoint: number}): Operation {
  const [low, high] = [-zeroPoint * scale, (MAXIMUM_BYTE - zeroPoint) * scale];
  const range = RANGES.find(([from, to]) => Math.abs(from - low) < 1.5 * scale && Math.abs(to - high) < 1.5 * scale);
  if (!range) return {op: "same", input};
  const [from, to] = range;
  return {op: "affine", input, scale: Float32Array.of((to - from) / MAXIMUM_BYTE), shift: Float32Array.of(from)};
}
