import * as tf from "@tensorflow/tfjs-core";
import type {Model} from "../../../src/engine/model.js";
import {plan} from "../../../src/engine/plan.js";
import type {PlanOptions} from "../../../src/engine/plan.js";
import {run} from "../../../src/engine/run.js";
import {loadWeights} from "../../../src/engine/weights.js";
import {activateBackend} from "../../../src/worker/backends.js";
import type {BackendId} from "../../../src/worker/protocol.js";

/** Runs a model on a backend and gives the values of the taps asked for, each row by row. */
export async function activations(
  model: Pick<Model, "network" | "weights">,
  backend: BackendId,
  options: PlanOptions,
  input: number[],
  taps: string[]
): Promise<number[][]> {
  await activateBackend(backend);
  const weights = loadWeights(model);
  const x = tf.tensor4d(input, [1, options.height, options.width, 3]);
  const result = run(plan(model.network, options), weights, x, {taps});
  const values = await Promise.all(taps.map(async (tap) => [...(await result.taps[tap]!.data())]));
  weights.dispose();
  tf.dispose([x, result.logits, result.taps]);
  return values;
}
