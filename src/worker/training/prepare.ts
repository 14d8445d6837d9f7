import type {Split} from "../../datasets/dataset.js";
import {plan} from "../../engine/plan.js";
import type {Model} from "../../engine/model.js";
import type {DecodePhoto} from "../../evaluate/measure-photo.js";
import {balancedWeights} from "../../train/balance.js";
import {frozenEndPoints} from "../../train/classes.js";
import type {Reclassed} from "../../train/classes.js";
import {stepCost} from "../../train/memory.js";
import type {StepCost} from "../../train/memory.js";
import {keptApart, labelsOf, startingModel} from "../../train/start.js";
import type {DatasetFacts} from "../dataset-messages.js";
import type {FreshWeights, TrainingChoice, TrainingSettings} from "../training-messages.js";
import {PHOTO_BUDGET, photosIn} from "./photos.js";
import type {NamedPhotos} from "./photos.js";

/* What stands before the first step. */

/** Lists of labelled photos, not opened yet. */
export interface Lists {
  readonly train: Split["items"];
  readonly val: Split["items"];
}

/** @param read reads another list of the data set @throws Error with a sentence for the reader where nothing would be left to learn from */
export async function listsOf(
  items: Split["items"],
  {val, seed}: Pick<TrainingSettings, "val" | "seed">,
  read: (list: string) => Promise<Split>
): Promise<Lists> {
  if (items.length === 0) throw new Error("There is no photo to learn from.");
  if (val === null) return {train: items, val: []};
  if ("list" in val) return {train: items, val: (await read(val.list)).items};
  const apart = new Set(keptApart(items.length, val.share, seed));
  return {train: items.filter((_, place) => !apart.has(place)), val: items.filter((_, place) => apart.has(place))};
}

/** The model that a training starts from, as it was asked for. @throws RangeError as `startingModel` */
export function startOf(model: Model, {settings, labels}: Pick<TrainingChoice, "settings" | "labels">, facts: DatasetFacts): Reclassed {
  return startingModel(model, labels ?? labelsOf(undefined, facts, model), settings);
}

export function freshOf({fresh, carried, added, decoder}: Reclassed): FreshWeights {
  return {weights: fresh, carried, added, ...(decoder && {decoder})};
}

/** What a step of it takes. @throws RangeError with a sentence where crop, rates or output stride do not fit */
export function costOf({network}: Model, {crop, outputStride, rates, batch, frozen, optimiser}: TrainingSettings): StepCost {
  const planned = plan(network, {height: crop, width: crop, outputStride, ...(rates && {rates})});
  return stepCost(planned, {batch, frozen: frozenEndPoints(network, frozen), optimiser});
}

export function photosOf(
  {train, val}: Lists,
  {photoSide}: Pick<TrainingSettings, "photoSide">,
  classes: number,
  decode: DecodePhoto
): {readonly train: NamedPhotos; readonly val: NamedPhotos} {
  const how = {longest: photoSide, classes, decode, budget: {bytes: PHOTO_BUDGET}};
  return {val: photosIn(val, how), train: photosIn(train, how)};
}

/** What a pixel of each class counts; null: each as much. */
export async function classWeightsOf(
  {classWeights}: Pick<TrainingSettings, "classWeights">,
  photos: NamedPhotos,
  classes: number,
  signal: AbortSignal
): Promise<readonly number[] | null> {
  if (classWeights !== "balanced") return classWeights ?? null;
  const pixels = new Array<number>(classes).fill(0);
  for (let place = 0; place < photos.count; place++) {
    signal.throwIfAborted();
    for (const id of (await photos.read(place)).mask.ids) if (id < classes) pixels[id]!++;
  }
  return balancedWeights(pixels);
}
