import * as tf from "@tensorflow/tfjs-core";
import {boundaryCounts, boundaryMetrics, countBoundaries} from "./boundary.js";
import type {BoundaryDistance, BoundaryMetrics} from "./boundary.js";
import {confusionMatrix, countPixels, metrics} from "../engine/labels/metrics.js";
import type {Metrics} from "../engine/labels/metrics.js";
import type {Model} from "../engine/model.js";
import {averagedLabelMap} from "../engine/labels/averaged.js";
import {ONE_PASS, runPasses} from "../engine/passes.js";
import type {Averaging, PassLogits, PassSetting} from "../engine/passes.js";
import type {Pixels} from "../engine/photo-input.js";
import type {PhotoPadding} from "../engine/preprocess.js";
import {loadWeights} from "../engine/weights.js";
import type {DeviceWeights} from "../engine/weights.js";
import {checkMask, decodeMask} from "../formats/voc.js";
import type {FileTree, VocSplit} from "../formats/voc.js";

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
  /** Measures outlines as well: how far inside them Boundary IoU looks. */
  readonly boundaryDistance?: BoundaryDistance | undefined;
}

export interface Evaluation {
  readonly metrics: Metrics;
  /** Where outlines were to be measured. */
  readonly boundary?: BoundaryMetrics | undefined;
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
  tree: FileTree,
  split: VocSplit,
  setting: Setting,
  {decode, onImage = () => {}}: {readonly decode: DecodePhoto; onImage?(): void}
): Promise<Evaluation> {
  const weights = loadWeights(model);
  const {classes} = model.network;
  const matrix = confusionMatrix(classes);
  const {boundaryDistance} = setting;
  const outlines = boundaryDistance && boundaryCounts(classes);
  let milliseconds = 0;
  try {
    for (const {id, photo, mask} of split.items) {
      const truth = decodeMask(await tree.read(mask), mask);
      const picture = await decode(await tree.read(photo), photo);
      checkMask(truth, picture, classes, id);
      const start = performance.now();
      const labels = await segment(model, weights, picture, setting);
      milliseconds += performance.now() - start;
      countPixels(matrix, truth.ids, labels);
      if (outlines) countBoundaries(outlines, truth, labels, boundaryDistance);
      onImage();
    }
  } finally {
    weights.dispose();
  }
  return {
    metrics: metrics(matrix),
    boundary: outlines && boundaryMetrics(outlines),
    images: split.items.length,
    imagesPerSecond: (1000 * split.items.length) / milliseconds
  };
}

async function segment({network}: Model, weights: DeviceWeights, photo: Pixels, setting: Setting): Promise<ArrayLike<number>> {
  const {averaging = ONE_PASS, muted = [], enlargedAtOnce = false} = setting;
  const {height, width} = photo;
  const replaced = Object.fromEntries(muted.map((name) => [name, "zero"] as const));
  const passes = await runPasses(network, weights, photo, setting, averaging, {replaced});
  const labels = tf.tidy(() => averagedLabelMap(enlargedAtOnce ? passes.map(onFeatureGrid) : passes, height, width));
  try {
    return await labels.data();
  } finally {
    tf.dispose([labels, passes.map(({logits}) => logits)]);
  }
}

/** Of a pass's logits those on the encoder's grid alone. */
function onFeatureGrid({logits, plan: {featureHeight, featureWidth}, ...pass}: PassLogits): Omit<PassLogits, "plan"> {
  return {...pass, logits: tf.image.resizeBilinear(logits, [featureHeight, featureWidth], true)};
}
