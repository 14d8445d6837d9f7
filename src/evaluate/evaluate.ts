import * as tf from "@tensorflow/tfjs-core";
import type {BoundaryDistance} from "./boundary.js";
import {countLabels, evaluationOf, newCounts} from "./counts.js";
import type {Counts, Evaluation} from "./counts.js";
import {labelsOf, refining} from "../engine/crf/dense-crf.js";
import type {Marginals} from "../engine/crf/dense-crf.js";
import type {Passes, Scores} from "../engine/crf/grid.js";
import type {CrfOptions} from "../engine/crf/options.js";
import type {Model} from "../engine/model.js";
import {averagedLabelMap} from "../engine/labels/averaged.js";
import {ONE_PASS} from "../engine/averaging.js";
import {runPasses} from "../engine/passes.js";
import type {Averaging} from "../engine/averaging.js";
import type {PassLogits, PassSetting} from "../engine/passes.js";
import type {Pixels} from "../engine/photo-input.js";
import type {PhotoPadding} from "../engine/preprocess.js";
import {networkWeights} from "../engine/plan.js";
import {atPrecision} from "../engine/precision.js";
import type {WeightFormat} from "../engine/precision.js";
import {loadWeights} from "../engine/weights.js";
import type {DeviceWeights} from "../engine/weights.js";
import {maskOf} from "../datasets/dataset.js";
import type {LabelledPhoto, Split} from "../datasets/dataset.js";
import {checkMask} from "../formats/mask-picture.js";

export interface Setting extends PassSetting {
  readonly padding: PhotoPadding;
  /** One pass by default. */
  readonly averaging?: Averaging | undefined;
  /** End points in whose place zeros go on; none by default. */
  readonly muted?: readonly string[];
  /**
   * Of the logits only those on the encoder's grid are kept, and enlarged at once: the finest mask that a head without a decoder
   * could draw from them.
   */
  readonly enlargedAtOnce?: boolean | undefined;
  /** What the weights are rounded to; as they are by default. */
  readonly weights?: WeightFormat | undefined;
  /** Measures the labels of a CRF after the network as well. */
  readonly crf?: CrfOptions | undefined;
  /** Measures outlines as well: how far inside them Boundary IoU looks. */
  readonly boundaryDistance?: BoundaryDistance | undefined;
}

/** Makes pixels of an image file. @throws Error with a sentence that names the file where it is no picture */
export type DecodePhoto = (bytes: Uint8Array, name: string) => Promise<Pixels>;

/**
 * Segments every photo of a split at its own size and compares with its mask.
 *
 * @param options.decode decodes the photos
 * @param options.onImage called after each photo
 * @throws Error with a sentence for the reader on a picture that cannot be decoded or a mask that does not fit
 */
export async function evaluate(model: Model, split: Split, setting: Setting, options: CountOptions): Promise<Evaluation> {
  return evaluationOf([await countPhotos(model, split.items, setting, options)]);
}

export interface CountOptions {
  readonly decode: DecodePhoto;
  onImage?(): void;
}

/** The counts alone of photos that may come one by one, e.g. a part of a split. @throws as `evaluate` */
export async function countPhotos(
  model: Model,
  photos: Iterable<LabelledPhoto> | AsyncIterable<LabelledPhoto>,
  setting: Setting,
  {decode, onImage = () => {}}: CountOptions
): Promise<Counts> {
  const {network} = model;
  const {classes} = network;
  const {crf, boundaryDistance, weights: format = "float32"} = setting;
  const weights = loadWeights({network, weights: atPrecision(model.weights, format, networkWeights(network))});
  const counts = newCounts(classes, setting);
  try {
    for await (const item of photos) {
      const truth = await maskOf(item);
      const picture = await decode(await item.photo.bytes(), item.photo.name);
      checkMask(truth, picture, classes, item.id);
      const start = performance.now();
      const {labels, scores} = await segment(model, weights, picture, setting);
      const segmented = performance.now();
      counts.images++;
      counts.milliseconds += segmented - start;
      countLabels(counts.network, truth, labels, boundaryDistance);
      if (crf && counts.crf) {
        const before = performance.now();
        const withCrf = refinedLabels(picture, scores, crf);
        counts.crfMilliseconds += performance.now() - before;
        countLabels(counts.crf, truth, withCrf, boundaryDistance);
      }
      onImage();
    }
  } finally {
    weights.dispose();
  }
  return counts;
}

/** What a CRF's last iteration makes of scores. */
function refinedLabels(photo: Pixels, scores: Passes, crf: CrfOptions): Uint8Array {
  let last: Marginals | null = null;
  for (const marginals of refining(photo, scores, crf)) last = marginals;
  return labelsOf(last!, photo.height, photo.width);
}

/** Labels and, where a CRF follows, what they were made of. */
async function segment(
  {network}: Model,
  weights: DeviceWeights,
  photo: Pixels,
  setting: Setting
): Promise<{readonly labels: ArrayLike<number>; readonly scores: Passes}> {
  const {averaging = ONE_PASS, muted = [], enlargedAtOnce = false, crf} = setting;
  const {height, width} = photo;
  const replaced = Object.fromEntries(muted.map((name) => [name, "zero"] as const));
  const passes = await runPasses(network, weights, photo, setting, averaging, {replaced});
  const used = enlargedAtOnce ? passes.map(onFeatureGrid) : passes;
  const labels = averagedLabelMap(used, height, width);
  try {
    return {labels: await labels.data(), scores: crf ? await Promise.all(used.map(scoresOf)) : []};
  } finally {
    tf.dispose([labels, [...passes, ...used].map(({logits}) => logits)]);
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
