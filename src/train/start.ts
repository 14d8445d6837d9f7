import type {Labels} from "../data/labels/index.js";
import {vocPalette} from "../data/labels/voc.js";
import type {Dataset} from "../datasets/dataset.js";
import type {Model} from "../engine/model.js";
import {withNewClasses, withoutDecoder} from "./classes.js";
import type {Frozen, Reclassed} from "./classes.js";
import {withDecoder} from "./decoder.js";
import {chanceFor} from "./order.js";

/** Whether the network has a decoder: as the model that it starts from, or whatever that has. */
export type DecoderChoice = "own" | "on" | "off";

export interface StartOptions {
  readonly decoder: DecoderChoice;
  readonly frozen: Frozen;
  /** Of new kernels. */
  readonly seed: number;
}

/**
 * The model that a training starts from: one for its classes, with a decoder or without.
 *
 * @throws RangeError with a sentence where a decoder cannot be added or taken away, or would not learn
 */
export function startingModel(model: Model, labels: Labels, {decoder, frozen, seed}: StartOptions): Reclassed {
  const hasDecoder = model.network.head.decoder.length > 0;
  if (decoder === "off" && hasDecoder) return withoutDecoder(model, labels, seed);
  if (decoder !== "on" || hasDecoder) return withNewClasses(model, labels, seed);
  if (frozen === "all but the logits") {
    throw new RangeError("A new decoder would not learn where only the last layer does: let the head learn, or leave the decoder off.");
  }
  return withDecoder(model, labels, seed);
}

/**
 * Names and colours of the classes of a training.
 *
 * @param names that were asked for; the data set's by default, else the model's
 */
export function labelsOf(
  names: readonly string[] | undefined,
  {classes, colours}: Pick<Dataset, "classes" | "colours">,
  {card}: Pick<Model, "card">
): Labels {
  const wanted = names ?? classes;
  return wanted ? {classes: wanted, palette: colours?.length === wanted.length ? colours : vocPalette(wanted.length)} : card;
}

/**
 * Which photos of a list are kept apart to measure on, drawn by the seed; of two or more at least one, and never all.
 *
 * @param share of them, 0-1
 * @returns their places, in order
 */
export function keptApart(count: number, share: number, seed: number): number[] {
  const wanted = Math.min(count - 1, Math.max(1, Math.round(count * share)));
  const next = chanceFor(seed, -2);
  const drawn = Array.from({length: count}, (_, place) => ({place, chance: next()})).sort((a, b) => a.chance - b.chance);
  return drawn
    .slice(0, Math.max(0, wanted))
    .map(({place}) => place)
    .sort((a, b) => a - b);
}
