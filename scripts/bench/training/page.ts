/** What the bench of training runs inside Chromium. Arguments and results are plain data. */
import * as tf from "@tensorflow/tfjs-core";
import {getThreadsCount} from "@tensorflow/tfjs-backend-wasm";
import {plan} from "../../../src/engine/plan.js";
import {seededValues} from "../../../src/engine/seeded.js";
import {readModel} from "../../../src/importers/model-file.js";
import {frozenEndPoints} from "../../../src/train/classes.js";
import {startTraining} from "../../../src/train/training.js";
import type {Batch} from "../../../src/train/training.js";
import {activateBackend} from "../../../src/worker/backends.js";
import type {TimedTraining, TrainingSetting} from "./report.js";
import {peerTraining} from "./peer.js";

const MOMENTUM = 0.9;
const RATE = 0.01;

/**
 * Times steps of the same training: ours on WASM, after one that is not counted, and that of `tf.train` on the cpu backend, where nothing
 * has to warm up that takes long.
 */
export async function compareTraining(url: string, {crop, batch}: TrainingSetting, runs: number, peerRuns: number): Promise<TimedTraining> {
  const model = readModel(new Uint8Array(await (await fetch(url)).arrayBuffer()));
  const frozen = frozenEndPoints(model.network, "backbone");
  const size = {height: crop, width: crop};
  const photos = (): Batch => ({
    input: tf.tensor4d(seededValues(1, batch * crop * crop * 3), [batch, crop, crop, 3]),
    labels: tf.tensor3d(
      seededValues(2, batch * crop * crop).map((value) => Math.floor(((value + 1) / 2) * model.network.classes)),
      [batch, crop, crop]
    )
  });

  await activateBackend("wasm");
  const threads = getThreadsCount();
  const ours = startTraining(model, {
    plan: size,
    frozen,
    optimiser: {kind: "sgd", momentum: MOMENTUM, weightDecay: 0},
    rate: {base: RATE, power: 0, steps: 1, warmUp: 0}
  });
  let input = photos();
  const ourLosses = [(await ours.learn(input)).loss];
  const oursMs: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    ourLosses.push((await ours.learn(input)).loss);
    oursMs.push(performance.now() - start);
  }
  ours.dispose();
  tf.dispose([input.input, input.labels]);

  await activateBackend("cpu");
  const theirs = peerTraining(model, plan(model.network, size), new Set(frozen), RATE, MOMENTUM);
  input = photos();
  const peerMs: number[] = [];
  const peerLosses: number[] = [];
  for (let i = 0; i < peerRuns; i++) {
    const start = performance.now();
    peerLosses.push(theirs.learn(input));
    peerMs.push(performance.now() - start);
  }
  theirs.dispose();
  return {threads, oursMs, peerMs, ourLosses, peerLosses};
}
