import * as tf from "@tensorflow/tfjs-core";
import type {Model} from "../../src/engine/model.js";
import {plan} from "../../src/engine/plan.js";
import {covered, labelMap} from "../../src/engine/labels/postprocess.js";
import {fitInput, pixelsToTensor} from "../../src/engine/preprocess.js";
import {run} from "../../src/engine/run.js";
import {loadWeights} from "../../src/engine/weights.js";
import {preprocess} from "../preprocess.js";

/** A square photo in raw RGB. */
export interface SquarePhoto {
  readonly size: number;
  readonly rgb: Uint8Array;
}

type TypedArray = Float32Array | Int32Array | Uint8Array;

/** Logits and label map of a square photo at its own size, on the current backend. */
export async function segment(
  model: Model,
  {size, rgb}: SquarePhoto,
  outputStride: number
): Promise<{logits: TypedArray; labels: TypedArray}> {
  const weights = loadWeights(model);
  const fit = fitInput(size, size, size);
  const [logits, labels] = tf.tidy(() => {
    const input = preprocess(pixelsToTensor(rgb, size, size, 3), fit);
    const result = run(plan(model.network, {height: fit.height, width: fit.width, outputStride}), weights, input);
    return [result.logits, labelMap(result.logits, covered(fit), size, size)] as const;
  });
  weights.dispose();
  const values = {logits: await logits.data(), labels: await labels.data()};
  tf.dispose([logits, labels]);
  return values;
}
