/** What the bench of training runs inside Chromium. Arguments and results are plain data. */
import * as tf from "@tensorflow/tfjs-core";
import {getThreadsCount} from "@tensorflow/tfjs-backend-wasm";
import {plan} from "../../../src/engine/plan.js";
import type {Model} from "../../../src/engine/model.js";
import {readModel} from "../../../src/importers/model-file.js";
import {frozenEndPoints} from "../../../src/train/classes.js";
import {startTraining} from "../../../src/train/training.js";
import type {Batch} from "../../../src/train/training.js";
import {activateBackend} from "../../../src/worker/backends.js";
import {MOMENTUM, RATE, batchValues} from "./batch.js";
import {peerTraining} from "./peer.js";
import type {TimedSteps, TrainingSetting} from "./report.js";

/** Side and number of the crops that the peer warms up with: a step as large as those that count takes minutes. */
const WARM_UP: TrainingSetting = {crop: 33, batch: 1};

/** Times steps on WASM, after one that is not counted. @param url of the model's file */
export async function timeOurs(url: string, setting: TrainingSetting, runs: number): Promise<TimedSteps & {readonly threads: number}> {
  const model = await modelAt(url);
  await activateBackend("wasm");
  const training = startTraining(model, {
    plan: sizeOf(setting),
    frozen: frozenEndPoints(model.network, "backbone"),
    optimiser: {kind: "sgd", momentum: MOMENTUM, weightDecay: 0},
    rate: {base: RATE, power: 0, steps: 1, warmUp: 0}
  });
  const batch = batchOf(model, setting);
  const losses = [(await training.learn(batch)).loss];
  const ms: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    losses.push((await training.learn(batch)).loss);
    ms.push(performance.now() - start);
  }
  return {threads: getThreadsCount(), ms, losses};
}

/** Times one step of `tf.train` on the cpu backend, after a smaller one of a training of its own. @param url of the model's file */
export async function timePeer(url: string, setting: TrainingSetting): Promise<TimedSteps> {
  const model = await modelAt(url);
  await activateBackend("cpu");
  stepOf(model, WARM_UP);
  const {loss, ms} = stepOf(model, setting);
  return {ms: [ms], losses: [loss]};
}

function stepOf(model: Model, setting: TrainingSetting): {readonly loss: number; readonly ms: number} {
  const frozen = new Set(frozenEndPoints(model.network, "backbone"));
  const training = peerTraining(model, plan(model.network, sizeOf(setting)), frozen, RATE, MOMENTUM);
  const batch = batchOf(model, setting);
  const start = performance.now();
  const loss = training.learn(batch);
  const ms = performance.now() - start;
  training.dispose();
  tf.dispose([batch.input, batch.labels]);
  return {loss, ms};
}

async function modelAt(url: string): Promise<Model> {
  return readModel(new Uint8Array(await (await fetch(url)).arrayBuffer()));
}

const sizeOf = ({crop}: TrainingSetting) => ({height: crop, width: crop});

function batchOf({network}: Model, {crop, batch}: TrainingSetting): Batch {
  const {input, labels} = batchValues({crop, batch}, network.classes);
  return {input: tf.tensor4d(input, [batch, crop, crop, 3]), labels: tf.tensor3d(labels, [batch, crop, crop])};
}
