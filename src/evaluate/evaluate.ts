import * as tf from "@tensorflow/tfjs-core";
import {boundaryCounts, boundaryMetrics, countBoundaries} from "./boundary.js";
import type {BoundaryDistance, BoundaryMetrics} from "./boundary.js";
import {labelsOf, refining} from "../engine/crf/dense-crf.js";
import type {Marginals} from "../engine/crf/dense-crf.js";
import type {Passes, Scores} from "../engine/crf/grid.js";
import type {CrfOptions} from "../engine/crf/options.js";
import {confusionMatrix, countPixels, metrics} from "../engine/labels/metrics.js";
import type {Metrics} from "../engine/labels/metrics.js";
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
import type {Split} from "../datasets/dataset.js";
import {checkMask} from "../formats/mask-picture.js";
import type {Mask} from "../formats/mask-picture.js";

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

/** How well label maps agree with the masks. */
export interface Agreement {
  readonly metrics: Metrics;
  /** Where outlines were to be measured. */
  readonly boundary?: BoundaryMetrics | undefined;
}

export interface Evaluation extends Agreement {
  /** The labels of the CRF, where there was one, and what it took a photo. */
  readonly withCrf?: (Agreement & {readonly milliseconds: number}) | undefined;
  readonly images: number;
  /** From pixels to labels, reading and decoding files not counted. */
  readonly imagesPerSecond: number;
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
export async function evaluate(
  model: Model,
  split: Split,
  setting: Setting,
  {decode, onImage = () => {}}: {readonly decode: DecodePhoto; onImage?(): void}
): Promise<Evaluation> {
  const {network} = model;
  const {classes} = network;
  const {crf, boundaryDistance, weights: format = "float32"} = setting;
  const weights = loadWeights({network, weights: atPrecision(model.weights, format, networkWeights(network))});
  const counts = agreementCounts(classes, boundaryDistance);
  const refined = agreementCounts(classes, boundaryDistance);
  let milliseconds = 0;
  let crfMilliseconds = 0;
  try {
    for (const item of split.items) {
      const truth = await maskOf(item);
      const picture = await decode(await item.photo.bytes(), item.photo.name);
      checkMask(truth, picture, classes, item.id);
      const start = performance.now();
      const {labels, scores} = await segment(model, weights, picture, setting);
      const segmented = performance.now();
      milliseconds += segmented - start;
      counts.add(truth, labels);
      if (crf) {
        const before = performance.now();
        const withCrf = refinedLabels(picture, scores, crf);
        crfMilliseconds += performance.now() - before;
        refined.add(truth, withCrf);
      }
      onImage();
    }
  } finally {
    weights.dispose();
  }
  return {
    ...counts.agreement(),
    withCrf: crf && {...refined.agreement(), milliseconds: crfMilliseconds / split.items.length},
    images: split.items.length,
    imagesPerSecond: (1000 * split.items.length) / milliseconds
  };
}

function agreementCounts(classes: number, boundaryDistance: BoundaryDistance | undefined) {
  const matrix = confusionMatrix(classes);
  const outlines = boundaryDistance && boundaryCounts(classes);
  return {
    add(truth: Mask, labels: ArrayLike<number>): void {
      countPixels(matrix, truth.ids, labels);
      if (outlines) countBoundaries(outlines, truth, labels, boundaryDistance);
    },
    agreement: (): Agreement => ({metrics: metrics(matrix), boundary: outlines && boundaryMetrics(outlines)})
  };
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
