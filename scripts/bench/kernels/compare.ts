import * as tf from "@tensorflow/tfjs-core";
import {cost} from "../../../src/engine/cost.js";
import {seededValues} from "../../../src/engine/seeded.js";
import {plan} from "../../../src/engine/plan.js";
import {run} from "../../../src/engine/run.js";
import {arenaOf} from "../../../src/engine/wasm/schedule.js";
import {createExecutor} from "../../../src/engine/wasm/executor.js";
import {loadWeights} from "../../../src/engine/weights.js";
import {stopwatch} from "../../../src/worker/stopwatch.js";
import {useWasmInNode} from "../../evaluate/backend.js";
import {modelNamed} from "../../evaluate/model.js";
import {machineInNode} from "../../kernels/in-node.js";
import {kernelRow} from "./report.js";
import type {KernelRow} from "./report.js";

const MODEL = "nano";
const SETTINGS = [
  [257, 16],
  [257, 8],
  [513, 16],
  [513, 8]
] as const;

/**
 * From the network's input to its logits in Node: our kernels, in one thread and in as many as there are cores, and TensorFlow.js's WASM,
 * which has one there, in turn.
 *
 * @param say is told what goes on, a line at a time
 */
export async function compareKernels(runs: number, say: (line: string) => void): Promise<KernelRow[]> {
  await useWasmInNode();
  const model = await modelNamed(MODEL);
  const [alone, together] = [await machineInNode(1), await machineInNode()];
  const engines = {
    ours: loadWeights(model, createExecutor(alone, model.weights)),
    threaded: loadWeights(model, createExecutor(together, model.weights)),
    theirs: loadWeights(model)
  };
  const clock = stopwatch();
  const rows: KernelRow[] = [];
  for (const [size, outputStride] of SETTINGS) {
    say(`${MODEL}, ${size}x${size}, output stride ${outputStride}, ${runs} runs of each ...`);
    const planned = plan(model.network, {height: size, width: size, outputStride});
    const input = tf.tensor4d(seededValues(1, size * size * 3), [1, size, size, 3]);
    const times = {ours: [] as number[], threaded: [] as number[], theirs: [] as number[]};
    // The first of each lays out and warms up.
    for (let i = 0; i <= runs; i++) {
      for (const name of ["ours", "threaded", "theirs"] as const) {
        clock();
        const {logits} = run(planned, engines[name], input);
        logits.dataSync();
        logits.dispose();
        const ms = clock();
        if (i > 0) times[name].push(ms);
      }
    }
    rows.push(
      kernelRow(
        {model: MODEL, size, outputStride, threads: together.threads},
        {multiplyAdds: cost(planned).multiplyAdds, arena: arenaOf(planned)},
        times
      )
    );
    input.dispose();
  }
  for (const owned of [...Object.values(engines), alone, together]) owned.dispose();
  return rows;
}
