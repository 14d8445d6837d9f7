import * as tf from "@tensorflow/tfjs-core";
import {countLabels} from "./counts.js";
import type {Counts} from "./counts.js";
import type {Setting} from "./setting.js";
import {labelsOf, refining} from "../engine/crf/dense-crf.js";
import type {Marginals} from "../engine/crf/marginals.js";
import type {Passes, Scores} from "../engine/crf/grid.js";
import type {CrfOptions} from "../engine/crf/options.js";
import {averagedLabels} from "../engine/labels/averaged.js";
import type {Rests} from "../engine/labels/averaged.js";
import {ONE_PASS} from "../engine/averaging.js";
import type {Network} from "../engine/network.js";
import {runPasses} from "../engine/passes.js";
import type {PassLogits, PassesOptions} from "../engine/passes.js";
import type {Pixels} from "../engine/photo-input.js";
import type {DeviceWeights} from "../engine/weights.js";
import {maskOf} from "../datasets/dataset.js";
import type {LabelledPhoto} from "../datasets/dataset.js";
import {checkMask} from "../formats/mask-picture.js";
import type {Mask} from "../formats/mask-picture.js";

/** Makes pixels of an image file. @throws Error with a sentence that names the file where it is no picture */
export type DecodePhoto = (bytes: Uint8Array, name: string) => Promise<Pixels>;

/** A labelled photo in memory, mask and pixels of one size. */
export interface OpenedPhoto {
  readonly pixels: Pixels;
  readonly truth: Mask;
}

/** What ends the work on a photo, or lets others in between. */
export type Turns = Pick<PassesOptions, "signal" | "pause"> & Rests;

/**
 * Reads and decodes a photo and its mask.
 *
 * @param classes of the network
 * @throws Error with a sentence for the reader on a picture that cannot be decoded or a mask that does not fit
 */
export async function openPhoto(item: LabelledPhoto, decode: DecodePhoto, classes: number): Promise<OpenedPhoto> {
  const truth = await maskOf(item);
  const pixels = await decode(await item.photo.bytes(), item.photo.name);
  checkMask(truth, pixels, classes, item.id);
  return {pixels, truth};
}

/**
 * Segments a photo at its own size and compares with its mask.
 *
 * @param counts are added to, in place
 * @returns the network's class id of each pixel
 * @throws DOMException "AbortError" once the signal says so: then nothing was counted
 */
export async function measurePhoto(
  network: Network,
  weights: DeviceWeights,
  {pixels, truth}: OpenedPhoto,
  setting: Setting,
  counts: Counts,
  turns: Turns = {}
): Promise<Uint8Array> {
  const {crf, boundaryDistance} = setting;
  const start = performance.now();
  const {labels, scores} = await segment(network, weights, pixels, setting, turns);
  const segmented = performance.now();
  counts.images++;
  counts.milliseconds += segmented - start;
  countLabels(counts.network, truth, labels, boundaryDistance);
  if (crf && counts.crf) {
    const before = performance.now();
    const withCrf = refinedLabels(pixels, scores, crf);
    counts.crfMilliseconds += performance.now() - before;
    countLabels(counts.crf, truth, withCrf, boundaryDistance);
  }
  return labels;
}

/** What a CRF's last iteration makes of scores. */
function refinedLabels(photo: Pixels, scores: Passes, crf: CrfOptions): Uint8Array {
  let last: Marginals | null = null;
  for (const marginals of refining(photo, scores, crf)) last = marginals;
  return labelsOf(last!, photo.height, photo.width);
}

/** Labels and, where a CRF follows, what they were made of. */
async function segment(
  network: Network,
  weights: DeviceWeights,
  photo: Pixels,
  setting: Setting,
  {rest, ...turns}: Turns
): Promise<{readonly labels: Uint8Array; readonly scores: Passes}> {
  const {averaging = ONE_PASS, muted = [], enlargedAtOnce = false, crf} = setting;
  const {height, width} = photo;
  const replaced = Object.fromEntries(muted.map((name) => [name, "zero"] as const));
  const passes = await runPasses(network, weights, photo, setting, averaging, {...turns, replaced});
  const used = enlargedAtOnce ? passes.map(onFeatureGrid) : passes;
  try {
    const labels = await averagedLabels(used, height, width, {signal: turns.signal, ...(rest && {rest})});
    return {labels, scores: crf ? await Promise.all(used.map(scoresOf)) : []};
  } finally {
    tf.dispose([...passes, ...used].map(({logits}) => logits));
  }
}

async function scoresOf({logits, extent}: Pick<PassLogits, "logits" | "extent">): Promise<Scores> {
  const [, height, width, classes] = logits.shape;
  return {logits: {height, width, classes, values: (await logits.data()) as Float32Array}, covered: extent};
}

/** Of a pass's logits those on the encoder's grid alone. */
function onFeatureGrid({logits, plan: {featureHeight, featureWidth}, ...pass}: PassLogits): Omit<PassLogits, "plan"> {
  return {...pass, logits: tf.image.resizeBilinear(logits, [featureHeight, featureWidth], true)};
}
