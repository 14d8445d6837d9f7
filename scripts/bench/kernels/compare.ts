import * as tf from "@tensorflow/tfjs-core";
import {cost} from "../../../src/engine/cost.js";
import {seededValues} from "../../../src/engine/seeded.js";
import {plan} from "../../../src/engine/plan.js";
import {run} from "../../../src/engine/run.js";
import {arenaOf} from "../../../src/engine/wasm/schedule.js";
import {createExecutor} from "../../../src/engine/wasm/executor.js";
import type {Executor} from "../../../src/engine/wasm/executor.js";
import {loadWeights} from "../../../src/engine/weights.js";
import type {StepWeights} from "../../../src/engine/weights.js";
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
  const theirs = loadWeights(model);
  const machines = [await machineInNode(1), await machineInNode()] as const;
  const [one, all] = machines.map((machine) => createExecutor(machine, model.weights)) as [Executor, Executor];
  const [ours, threaded] = [loadWeights(model, one), loadWeights(model, all)];
  const threads = machines[1].threads;
  const rows: KernelRow[] = [];
  for (const [size, outputStride] of SETTINGS) {
    say(`${MODEL}, ${size}x${size}, output stride ${outputStride}, ${runs} runs of each ...`);
    const planned = plan(model.network, {height: size, width: size, outputStride});
    const input = tf.tensor4d(seededValues(1, size * size * 3), [1, size, size, 3]);
    const times = {ours: [] as number[], threaded: [] as number[], theirs: [] as number[]};
    // The first of each lays out and warms up.
    for (let i = 0; i <= runs; i++) {
      for (const [name, weights] of [["ours", ours] as const, ["threaded", threaded] as const, ["theirs", theirs] as const]) {
        const ms = timed(() => logitsOf(weights));
        if (i > 0) times[name].push(ms);
      }
    }
    rows.push(
      kernelRow({model: MODEL, size, outputStride, threads}, {multiplyAdds: cost(planned).multiplyAdds, arena: arenaOf(planned)}, times)
    );
    input.dispose();

    function logitsOf(weights: StepWeights): void {
      const {logits} = run(planned, weights, input);
      logits.dataSync();
      logits.dispose();
    }
  }
  for (const weights of [theirs, ours, threaded]) weights.dispose();
  for (const machine of machines) machine.dispose();
  return rows;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
