import * as tf from "@tensorflow/tfjs-core";
import {labelsFromLogits} from "../../engine/labels/labels.js";
import {covered} from "../../engine/labels/postprocess.js";
import type {Photo} from "../../engine/photo.js";
import type {CropMoments} from "../../engine/teaching/batch-statistics.js";
import {statisticsOf} from "../../engine/teaching/batch-statistics.js";
import {augmented, drawAugmentation, RELEASED_RANGES} from "../../train/augment.js";
import {cropMoments, runOnBatchStatistics} from "../../train/batch-statistics.js";
import {chanceFor} from "../../train/order.js";
import {readLogits} from "../read-back.js";
import type {Prepared} from "./prepared.js";

export interface BatchNormQuestion {
  /** Photos that crops are taken from. */
  readonly photos: readonly Photo[];
  /** How many crops there are, as large as the network's input. */
  readonly crops: number;
  /** Sizes of batches in which the photo itself is one, no larger than there are crops. */
  readonly batches: readonly number[];
  readonly seed: number;
}

export interface BatchNormAnswer {
  /** What each norm reads, by its end point, in the order in which they run. */
  readonly moments: Readonly<Record<string, CropMoments>>;
  /** Cells of each norm's map: so many values a channel one crop has. */
  readonly cells: Readonly<Record<string, number>>;
  /** The photo's mask in a batch of each size: one class id a pixel of the resized photo. */
  readonly masks: readonly {readonly batch: number; readonly labels: Uint8Array}[];
}

/** Crops that run at once: as many as fit beside each other in the memory of a small machine. */
const AT_ONCE = 8;

/**
 * What batch norm takes from crops of photos, scaled and mirrored as in training, and the mask that the photo gets where each norm
 * takes the statistics of its batch.
 *
 * @throws DOMException "AbortError" once the signal says so
 */
export async function batchNorm(
  {plan, weights, input, fit, turns}: Prepared,
  {photos, crops, batches, seed}: BatchNormQuestion
): Promise<BatchNormAnswer> {
  const {steps, output} = plan;
  const made = Array.from({length: crops}, (_, index) => cropOf(photos[index % photos.length]!, chanceFor(seed, index), fit));
  try {
    const parts: Record<string, CropMoments>[] = [];
    for (let from = 0; from < crops; from += AT_ONCE) {
      const some = tf.concat(made.slice(from, from + AT_ONCE));
      parts.push(await cropMoments(steps, weights, some, turns).finally(() => some.dispose()));
    }
    const moments = Object.fromEntries(Object.keys(parts[0]!).map((name) => [name, joined(parts.map((part) => part[name]!))]));
    const running = Object.fromEntries(Object.entries(moments).map(([name, each]) => [name, statisticsOf(each)]));
    const masks = [];
    for (const batch of batches) {
      const together = tf.concat([input, ...made.slice(0, batch - 1)]);
      const all = await runOnBatchStatistics(steps, weights, together, output, running, turns).finally(() => together.dispose());
      const own = tf.slice(all, 0, 1);
      all.dispose();
      const logits = await readLogits(own).finally(() => own.dispose());
      masks.push({batch, labels: labelsFromLogits(logits, covered(fit), fit.resizedHeight, fit.resizedWidth)});
    }
    const cells = Object.fromEntries(steps.filter(({name}) => name in moments).map(({name, height, width}) => [name, height * width]));
    return {moments, cells, masks};
  } finally {
    tf.dispose(made);
  }
}

function cropOf({width, height, rgba}: Photo, next: () => number, size: {readonly width: number; readonly height: number}): tf.Tensor4D {
  const nothing = {width, height, ids: new Uint8Array(width * height)};
  const {input, labels} = augmented({width, height, channels: 4, values: rgba}, nothing, drawAugmentation(RELEASED_RANGES, next), {
    width: size.width,
    height: size.height
  });
  labels.dispose();
  return input;
}

function joined(parts: readonly CropMoments[]): CropMoments {
  const all = (of: (part: CropMoments) => Float32Array) => Float32Array.from(parts.flatMap((part) => [...of(part)]));
  return {
    crops: parts.reduce((sum, {crops}) => sum + crops, 0),
    channels: parts[0]!.channels,
    means: all(({means}) => means),
    squares: all(({squares}) => squares)
  };
}
