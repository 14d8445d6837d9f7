import type {Labels} from "../data/labels/index.js";
import {vocPalette} from "../data/labels/voc.js";
import type {Dataset} from "../datasets/dataset.js";
import type {Model} from "../engine/model.js";
import {chanceFor} from "./order.js";

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
