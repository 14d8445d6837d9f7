/** Runs inside Chromium: a model file on any backend. */
import type {PlanOptions} from "../../../src/engine/plan.js";
import {readModel} from "../../../src/importers/model-file.js";
import type {BackendId} from "../../../src/worker/protocol.js";
import {activations} from "./activations.js";
import {fetchBytes} from "./fetch-bytes.js";

/** The logits of a model file, row by row. */
export async function logits(modelUrl: string, backend: BackendId, options: PlanOptions, input: number[]): Promise<number[]> {
  const [values] = await activations(readModel(await fetchBytes(modelUrl)), backend, options, input, ["logits"]);
  return values!;
}
