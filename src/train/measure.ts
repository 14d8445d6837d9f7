import * as tf from "@tensorflow/tfjs-core";
import {labelsFromLogits} from "../engine/labels/labels.js";
import {confusionMatrix, countPixels, metrics} from "../engine/labels/metrics.js";
import {covered} from "../engine/labels/postprocess.js";
import type {Network} from "../engine/network.js";
import {photoInput} from "../engine/photo-input.js";
import {plan} from "../engine/plan.js";
import type {PlanOptions} from "../engine/plan.js";
import {fitInput} from "../engine/preprocess.js";
import type {Fit} from "../engine/preprocess.js";
import {run} from "../engine/run.js";
import type {StepWeights} from "../engine/weights.js";
import {IGNORE} from "../formats/mask-picture.js";
import type {Mask} from "../formats/mask-picture.js";
import {crossEntropy} from "./cross-entropy.js";
import type {PhotoAndMask} from "./smaller.js";

/** How photos are measured while a network learns: each fills a square of this side. */
export interface MeasureSetting extends Pick<PlanOptions, "outputStride" | "rates"> {
  readonly side: number;
}

/** What a network makes of one photo. */
export interface PhotoScore {
  /** Cross-entropy, all pixels alike. */
  readonly loss: number;
  /** One class id a pixel of the photo. */
  readonly labels: Uint8Array;
}

/** What it makes of several. */
export interface Score {
  /** The mean of the photos' losses. */
  readonly loss: number;
  /** Mean IoU over the classes that occur in the masks, 0-1; null where no pixel counts. */
  readonly meanIoU: number | null;
  /** By class; null where it is in neither masks nor predictions. */
  readonly iou: readonly (number | null)[];
}

/** Measures a photo on the current backend. */
export async function scorePhoto(
  network: Network,
  weights: StepWeights,
  {photo, mask}: PhotoAndMask,
  {side, ...setting}: MeasureSetting
): Promise<PhotoScore> {
  const fit = fitInput(photo.height, photo.width, side, "square");
  const planned = plan(network, {height: fit.height, width: fit.width, ...setting});
  // What is made is let go of where one of these throws, too.
  const [logits, value] = tf.tidy((): [tf.Tensor4D, tf.Scalar] => {
    const {logits} = run(planned, weights, photoInput(photo, fit));
    return [logits, crossEntropy(logits, inSquare(mask, fit)).value];
  });
  try {
    const [, height, width, classes] = logits.shape;
    const [values, [loss]] = (await Promise.all([logits.data(), value.data()])) as [Float32Array, Float32Array];
    return {loss: loss!, labels: labelsFromLogits({height, width, classes, values}, covered(fit), photo.height, photo.width)};
  } finally {
    tf.dispose([logits, value]);
  }
}

/** What was found of several photos together. */
export function scoreOf(classes: number, photos: readonly (PhotoScore & {readonly mask: Mask})[]): Score {
  const matrix = confusionMatrix(classes);
  for (const {mask, labels} of photos) countPixels(matrix, mask.ids, labels);
  const {meanIoUOfLabelled: meanIoU, perClass} = metrics(matrix);
  const loss = photos.reduce((sum, photo) => sum + photo.loss, 0) / photos.length;
  return {loss, meanIoU, iou: perClass.map(({iou}) => iou)};
}

/** Labels where the photo lies in the network's input: each the nearest, ignored beside the photo. */
function inSquare({width, height, ids}: Mask, fit: Fit): tf.Tensor3D {
  const found = new Float32Array(fit.height * fit.width).fill(IGNORE);
  for (let y = 0; y < fit.resizedHeight; y++) {
    const row = nearestCell(y, fit.resizedHeight, height) * width;
    for (let x = 0; x < fit.resizedWidth; x++) found[y * fit.width + x] = ids[row + nearestCell(x, fit.resizedWidth, width)]!;
  }
  return tf.tensor3d(found, [1, fit.height, fit.width]);
}

/** With corners aligned, as the photo is resized. */
function nearestCell(place: number, of: number, side: number): number {
  return of === 1 ? 0 : Math.round((place * (side - 1)) / (of - 1));
}
