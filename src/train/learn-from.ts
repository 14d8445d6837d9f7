import * as tf from "@tensorflow/tfjs-core";
import {augmented, drawAugmentation} from "./augment.js";
import type {Augmentation, AugmentationRanges} from "./augment.js";
import {batchAt, chanceFor} from "./order.js";
import type {PhotoAndMask} from "./smaller.js";
import type {Batch, StepReport, Training} from "./training.js";

/** Photos with labels that are read one by one. */
export interface Photos {
  readonly count: number;
  /** @throws Error with a sentence that names the photo where it cannot be read */
  read(index: number): Promise<PhotoAndMask>;
}

export interface LearnOptions {
  /** Size of the crops. */
  readonly size: {readonly height: number; readonly width: number};
  /** Crops a step. */
  readonly batch: number;
  /** Steps in all, those included that were made before it was interrupted. */
  readonly steps: number;
  readonly seed: number;
  readonly augmentation: AugmentationRanges;
}

/**
 * Learns from photos, step by step, from where the training stands; between two steps the caller may look at it, keep it or leave off.
 * What is drawn follows from the seed and the step alone.
 *
 * @throws as `Training.learn`, and where a photo cannot be read
 */
export async function* learnFrom(training: Training, photos: Photos, options: LearnOptions): AsyncGenerator<StepReport, void, void> {
  while (training.step() < options.steps) {
    yield await learnFromBatch(training, await batchOf(photos, options, training.step()));
  }
}

async function learnFromBatch(training: Training, batch: Batch): Promise<StepReport> {
  try {
    return await training.learn(batch);
  } finally {
    tf.dispose([batch.input, batch.labels]);
  }
}

/** What is drawn for one step: of each crop its photo, by its place, and what becomes of it. */
export function drawnFor(
  {batch, seed, augmentation}: Pick<LearnOptions, "batch" | "seed" | "augmentation">,
  photos: number,
  step: number
): {readonly index: number; readonly augmentation: Augmentation}[] {
  return batchAt(seed, step, batch, photos).map((index, place) => ({
    index,
    augmentation: drawAugmentation(augmentation, chanceFor(seed, step, place))
  }));
}

/** The crops of one step. The caller disposes them. */
async function batchOf(photos: Photos, options: LearnOptions, step: number): Promise<Batch> {
  const crops: Batch[] = [];
  try {
    for (const {index, augmentation} of drawnFor(options, photos.count, step)) {
      const {photo, mask} = await photos.read(index);
      crops.push(augmented(photo, mask, augmentation, options.size));
    }
    return {input: tf.concat(crops.map(({input}) => input)), labels: tf.concat(crops.map(({labels}) => labels))};
  } finally {
    tf.dispose(crops.flatMap(({input, labels}) => [input, labels]));
  }
}
