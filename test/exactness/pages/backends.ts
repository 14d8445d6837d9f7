/** Runs inside Chromium: a model file on any backend. */
import * as tf from "@tensorflow/tfjs-core";
import {inputGradient, pointSeed} from "../../../src/engine/input-gradient.js";
import {plan, stepNamed} from "../../../src/engine/plan.js";
import type {PlanOptions} from "../../../src/engine/plan.js";
import {loadWeights} from "../../../src/engine/weights.js";
import {readModel} from "../../../src/importers/model-file.js";
import {activateBackend} from "../../../src/worker/backends.js";
import type {BackendId} from "../../../src/worker/protocol.js";
import {activations} from "./activations.js";
import {fetchBytes} from "./fetch-bytes.js";

/** The logits of a model file, row by row. */
export async function logits(modelUrl: string, backend: BackendId, options: PlanOptions, input: number[]): Promise<number[]> {
  const [values] = await activations(readModel(await fetchBytes(modelUrl)), backend, options, input, ["logits"]);
  return values!;
}

/** The gradient of one logit of a model file with respect to its input, row by row, and how many tensors it left behind. */
export async function gradient(
  modelUrl: string,
  backend: BackendId,
  options: PlanOptions,
  input: number[],
  at: {channel: number; row: number; column: number}
): Promise<{values: number[]; left: number}> {
  const model = readModel(await fetchBytes(modelUrl));
  await activateBackend(backend);
  const before = tf.memory().numTensors;
  const weights = loadWeights(model);
  const planned = plan(model.network, options);
  const x = tf.tensor4d(input, [1, options.height, options.width, 3]);
  const seed = pointSeed(stepNamed(planned, "logits"), at);
  const found = inputGradient(planned.steps, weights, x, "logits", seed);
  const values = [...(await found.data())];
  tf.dispose([x, seed, found]);
  weights.dispose();
  return {values, left: tf.memory().numTensors - before};
}
