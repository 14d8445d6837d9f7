import {evaluationOf, newCounts} from "./counts.js";
import type {Counts, Evaluation} from "./counts.js";
import {measurePhoto, openPhoto} from "./measure-photo.js";
import type {DecodePhoto, OpenedPhoto} from "./measure-photo.js";
import type {Setting} from "./setting.js";
import type {Model} from "../engine/model.js";
import {networkWeights} from "../engine/plan.js";
import {atPrecision} from "../engine/precision.js";
import {createExecutor} from "../engine/wasm/executor.js";
import type {Machine} from "../engine/wasm/machine.js";
import {loadWeights} from "../engine/weights.js";
import type {LabelledPhoto, Split} from "../datasets/dataset.js";

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
  /** Runs our own kernels, where they shall compute what they can. */
  readonly machine?: Machine;
  onImage?(): void;
  /** Called with what the network says of each photo, before that is counted as done. */
  readonly onLabels?: ((item: LabelledPhoto, photo: OpenedPhoto, labels: Uint8Array) => Promise<void>) | undefined;
}

/** The counts alone of photos that may come one by one, e.g. a part of a split. @throws as `evaluate` */
export async function countPhotos(
  model: Model,
  photos: Iterable<LabelledPhoto> | AsyncIterable<LabelledPhoto>,
  setting: Setting,
  {decode, machine, onImage = () => {}, onLabels}: CountOptions
): Promise<Counts> {
  const {network} = model;
  const values = atPrecision(model.weights, setting.weights ?? "float32", networkWeights(network));
  const weights = loadWeights({network, weights: values}, machine && createExecutor(machine, values));
  const counts = newCounts(network.classes, setting);
  try {
    for await (const item of photos) {
      const photo = await openPhoto(item, decode, network.classes);
      const labels = await measurePhoto(network, weights, photo, setting, counts);
      await onLabels?.(item, photo, labels);
      onImage();
    }
  } finally {
    weights.dispose();
  }
  return counts;
}
