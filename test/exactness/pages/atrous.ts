/** Runs inside Chromium: the tiny network of the atrous tests. */
import * as tf from "@tensorflow/tfjs-core";
import {inputGradient, pointSeed} from "../../../src/engine/gradient.js";
import {plan, stepNamed} from "../../../src/engine/plan.js";
import type {PlanOptions} from "../../../src/engine/plan.js";
import {loadWeights} from "../../../src/engine/weights.js";
import {activateBackend} from "../../../src/worker/backends.js";
import type {BackendId} from "../../../src/worker/protocol.js";
import {randomWeights} from "../../engine/networks.js";
import {tiny, tinyWhole} from "../tiny.js";
import {activations} from "./activations.js";

/** Runs the tiny network on a backend and gives the values of the taps asked for. */
export function tinyTaps(backend: BackendId, options: PlanOptions, input: number[], taps: string[]): Promise<number[][]> {
  return activations({network: tiny, weights: randomWeights(tiny)}, backend, options, input, taps);
}

/**
 * The gradient of one logit of the tiny network with every kind of step with respect to its input, row by row, and how many tensors it
 * left behind.
 */
export async function tinyGradient(
  backend: BackendId,
  options: PlanOptions,
  input: number[],
  at: {channel: number; row: number; column: number}
): Promise<{values: number[]; left: number}> {
  await activateBackend(backend);
  const before = tf.memory().numTensors;
  const weights = loadWeights({network: tinyWhole, weights: randomWeights(tinyWhole)});
  const planned = plan(tinyWhole, options);
  const x = tf.tensor4d(input, [1, options.height, options.width, 3]);
  const seed = pointSeed(stepNamed(planned, "logits"), at);
  const gradient = inputGradient(planned.steps, weights, x, "logits", seed);
  const values = [...(await gradient.data())];
  tf.dispose([x, seed, gradient]);
  weights.dispose();
  return {values, left: tf.memory().numTensors - before};
}
