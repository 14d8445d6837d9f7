import * as tf from "@tensorflow/tfjs-core";
import {mobileNetV2} from "../engine/backbones/mobilenetv2.js";
import {v3PlusHead} from "../engine/heads.js";
import {plan} from "../engine/plan.js";
import {randomWeights} from "../engine/random-weights.js";
import {run} from "../engine/run.js";
import {seededValues} from "../engine/seeded.js";
import {loadWeights} from "../engine/weights.js";
import {shortestInTurns} from "./shortest-in-turns.js";

/** The two backends on WebAssembly. */
export type OnWasm = "kernels" | "wasm";

/** A network of the usual kinds of layers that takes a millisecond or a few. */
const SIDE = 65;
/** Milliseconds that all runs take together, and how often each runs at most: an engine makes its code faster as it goes. */
const BUDGET = 60;
const MOST_RUNS = 9;

/**
 * Which of the two runs networks faster on this machine, by the shortest of a few runs in turns. Both must have been started; what is
 * current stays current.
 */
export async function fasterOnCpu(): Promise<OnWasm> {
  const current = tf.getBackend();
  const backbone = mobileNetV2({width: 0.35});
  const network = {backbone, head: v3PlusHead(backbone), classes: 21, padding: "fixed"} as const;
  const planned = plan(network, {height: SIDE, width: SIDE, outputStride: 16});
  const weights = randomWeights(planned.steps, 1);
  const values = seededValues(1, SIDE * SIDE * 3);
  const owned: {dispose(): void}[] = [];
  const on = async (backend: OnWasm) => {
    await tf.setBackend(backend);
    const loaded = loadWeights({network, weights});
    const input = tf.tensor4d(values.slice(), [1, SIDE, SIDE, 3]);
    owned.push(loaded, input);
    return async () => {
      await tf.setBackend(backend);
      const {logits} = run(planned, loaded, input);
      await logits.data();
      logits.dispose();
    };
  };
  try {
    const works = [await on("kernels"), await on("wasm")];
    const {milliseconds} = await shortestInTurns(works, {most: MOST_RUNS, budget: BUDGET});
    return milliseconds[0]! <= milliseconds[1]! ? "kernels" : "wasm";
  } finally {
    owned.forEach((each) => each.dispose());
    await tf.setBackend(current);
  }
}
