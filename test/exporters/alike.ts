import * as tf from "@tensorflow/tfjs-core";
import {expect} from "vitest";
import type {Model} from "../../src/engine/model.js";
import {plan} from "../../src/engine/plan.js";
import type {PlanOptions} from "../../src/engine/plan.js";
import {run} from "../../src/engine/run.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {loadWeights} from "../../src/engine/weights.js";
import {largestDifference} from "../exactness/difference.js";
import {runOnnx} from "./onnx-runtime.js";
import type {OnnxRun} from "./onnx-runtime.js";

/** A photo of noise, [N, height, width, channels], 0 to 255. */
export function noise(photos: number, {height, width, channels}: {height: number; width: number; channels: number}): tf.Tensor4D {
  const next = pseudoRandom(5);
  const values = Float32Array.from({length: photos * height * width * channels}, () => Math.floor(256 * next()));
  return tf.tensor4d(values, [photos, height, width, channels]);
}

/** A map that the engine makes, as ONNX lays maps out; nothing of it stays. */
export async function byEngine(compute: () => tf.Tensor4D): Promise<OnnxRun> {
  const found = tf.tidy(() => tf.transpose(compute(), [0, 3, 1, 2]));
  const values = (await found.data()) as Float32Array;
  found.dispose();
  return {shape: found.shape, values};
}

/** The same as the network is given it. */
export function preprocessed(photo: tf.Tensor4D): tf.Tensor4D {
  return tf.sub(tf.mul(photo, 1 / 127.5), 1);
}

interface Comparison {
  /** Largest difference. */
  readonly most?: number;
  /** Whether that is a share of the largest value: logits of weights that were never trained may be of any size. */
  readonly isShare?: boolean;
  /** What is done with the engine's logits before. */
  readonly after?: (logits: tf.Tensor4D) => tf.Tensor4D;
}

/**
 * Compares what an exported model gives for a photo with what the engine gives.
 *
 * @returns the largest difference, or its share
 */
export async function expectAlike(
  bytes: Uint8Array,
  model: Model,
  photo: tf.Tensor4D,
  options: PlanOptions,
  {most = 1e-4, isShare = false, after = (logits) => logits}: Comparison = {}
): Promise<number> {
  const weights = loadWeights(model);
  const expected = await byEngine(() => after(run(plan(model.network, options), weights, preprocessed(photo)).logits));
  weights.dispose();
  const given = await byEngine(() => photo);
  const found = await runOnnx(bytes, given);
  expect(found.shape).toEqual(expected.shape);
  const difference = largestDifference(found.values, expected.values);
  const allowed = isShare ? most * largestDifference(expected.values, new Float32Array(expected.values.length)) : most;
  expect(difference).toBeLessThan(allowed);
  const [ours, theirs] = [expected, found].map(bestClasses) as [Best[], Best[]];
  expect(ours.filter(({id, margin}, cell) => theirs[cell]!.id !== id && margin > 2 * allowed)).toEqual([]);
  // Otherwise nothing would have been compared.
  if (!isShare) expect(new Set(ours.map(({id}) => id)).size).toBeGreaterThan(1);
  return difference / (allowed / most);
}

interface Best {
  readonly id: number;
  /** How far it is above the second. */
  readonly margin: number;
}

/** The best class of each cell. */
function bestClasses({shape, values}: OnnxRun): Best[] {
  const [photos, classes, height, width] = shape as [number, number, number, number];
  const cells = height * width;
  return Array.from({length: photos * cells}, (_, cell) => {
    const start = Math.floor(cell / cells) * classes * cells + (cell % cells);
    const scores = Array.from({length: classes}, (_, id) => ({id, score: values[start + id * cells]!}));
    const [first, second] = scores.sort((a, b) => b.score - a.score);
    return {id: first!.id, margin: first!.score - second!.score};
  });
}
