import {readFile} from "node:fs/promises";
import * as tf from "@tensorflow/tfjs-core";
import sharp from "sharp";
import {classShares, logitsAt, softmaxAt} from "../../src/engine/labels/pixel.js";
import {plan} from "../../src/engine/plan.js";
import {covered, labelMap} from "../../src/engine/labels/postprocess.js";
import {fitInput, pixelsToTensor} from "../../src/engine/preprocess.js";
import {run} from "../../src/engine/run.js";
import {loadWeights} from "../../src/engine/weights.js";
import type {Averaging} from "../../src/engine/averaging.js";
import {segmentPhoto} from "../../src/engine/segment-photo.js";
import {decodePixels} from "../../scripts/evaluate/photo.js";
import {modelNamed} from "../../scripts/evaluate/model.js";
import {useBackend} from "../backend.js";
import {preprocess} from "../preprocess.js";

export interface Reference {
  readonly width: number;
  readonly height: number;
  readonly labels: Uint8Array;
  /** Share of the pixels a class, 0-1. */
  readonly shares: Float64Array;
  readonly names: readonly string[];
  /** Probabilities and logits at a pixel of the photo, the most probable first. */
  softmax(y: number, x: number): {name: string; probability: number; logit: number}[];
  /** Logits at a pixel of the photo, one a class. */
  logits(y: number, x: number): Float32Array;
}

export interface ReferenceRun {
  readonly model: string;
  readonly outputStride: number;
  readonly inputSize: number;
  readonly rates?: number[];
  readonly replaced?: Record<string, "zero">;
}

/** The network planned for a PNG photo in Node, ready to run; the caller disposes input and weights. */
async function preparedInNode(photo: string, options: ReferenceRun) {
  await useBackend("wasm");
  const model = await modelNamed(options.model);
  const {data, info} = await sharp(photo).removeAlpha().raw().toBuffer({resolveWithObject: true});
  const {width, height} = info;
  const fit = fitInput(height, width, options.inputSize);
  const weights = loadWeights(model);
  const input = tf.tidy(() => preprocess(pixelsToTensor(data, height, width, 3), fit));
  const planned = plan(model.network, {
    height: fit.height,
    width: fit.width,
    outputStride: options.outputStride,
    ...(options.rates && {rates: options.rates})
  });
  return {model, width, height, fit, weights, input, planned};
}

/** What an end point holds for a PNG photo in Node: [1, height, width, channels]. */
export async function tapInNode(
  photo: string,
  options: ReferenceRun & {readonly layer: string}
): Promise<{shape: number[]; values: Float32Array}> {
  const {weights, input, planned} = await preparedInNode(photo, options);
  const {taps, logits} = run(planned, weights, input, {taps: [options.layer]});
  const tap = taps[options.layer]!;
  const values = Float32Array.from(await tap.data());
  const shape = [...tap.shape];
  tf.dispose([taps, logits, input]);
  weights.dispose();
  return {shape, values};
}

/** Class shares that nano finds in a PNG photo of 257 pixels in Node, averaged over several passes. */
export async function averageInNode(
  photo: string,
  averaging: Averaging
): Promise<{readonly names: readonly string[]; readonly shares: Float64Array}> {
  await useBackend("wasm");
  const model = await modelNamed("nano");
  const weights = loadWeights(model);
  const pixels = await decodePixels(await readFile(photo), photo);
  const setting = {outputStride: 16, inputSize: 257};
  const {labels} = await segmentPhoto(model.network, weights, pixels, setting, averaging, {wantsProbabilities: false});
  weights.dispose();
  return {names: model.card.classes, shares: classShares(labels, model.network.classes)};
}

/** What was computed already: many tests compare with the same run. */
const references = new Map<string, Promise<Reference>>();

/** What the engine says of a PNG photo in Node, to compare the page with. */
export function segmentInNode(photo: string, options: ReferenceRun): Promise<Reference> {
  const key = JSON.stringify([photo, options]);
  const reference = references.get(key) ?? computeReference(photo, options);
  references.set(key, reference);
  return reference;
}

async function computeReference(photo: string, options: ReferenceRun): Promise<Reference> {
  const {model, width, height, fit, weights, input, planned} = await preparedInNode(photo, options);
  const {logits} = run(planned, weights, input, {...(options.replaced && {replaced: options.replaced})});
  const extent = covered(fit);
  const map = labelMap(logits, extent, height, width);
  const [, rows, columns, classes] = logits.shape;
  const array = {height: rows, width: columns, classes, values: (await logits.data()) as Float32Array};
  const labels = Uint8Array.from(await map.data());
  tf.dispose([input, logits, map]);
  weights.dispose();
  const names = model.card.classes;
  const place = (y: number, x: number) =>
    [(y / (height - 1)) * extent.height * (rows - 1), (x / (width - 1)) * extent.width * (columns - 1)] as const;
  return {
    width,
    height,
    labels,
    logits: (y, x) => logitsAt(array, ...place(y, x)),
    shares: classShares(labels, classes),
    names,
    softmax: (y, x) => {
      const logits = logitsAt(array, ...place(y, x));
      return [...softmaxAt(array, ...place(y, x))]
        .map((probability, id) => ({name: names[id]!, probability, logit: logits[id]!}))
        .sort((a, b) => b.probability - a.probability);
    }
  };
}

/** Share of a photo's pixels that two runs in Node give another class, 0-1. */
export async function shareThatDiffers(photo: string, one: ReferenceRun, other: ReferenceRun): Promise<number> {
  const {labels} = await segmentInNode(photo, one);
  const {labels: others} = await segmentInNode(photo, other);
  return labels.filter((label, i) => label !== others[i]).length / labels.length;
}
