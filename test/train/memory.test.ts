import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, expect, it} from "vitest";
import {atrousBranches} from "../../src/engine/heads.js";
import {plan} from "../../src/engine/plan.js";
import {randomWeights} from "../../src/engine/random-weights.js";
import {frozenEndPoints} from "../../src/train/classes.js";
import type {Frozen} from "../../src/train/classes.js";
import {stepCost} from "../../src/train/memory.js";
import {startTraining} from "../../src/train/training.js";
import {useBackend} from "../backend.js";
import {SIDE, fixtureBatch, startModel} from "./fixture.js";

beforeAll(() => useBackend("wasm"));

const TOLD = {
  optimiser: {kind: "adamw", beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01} as const,
  rate: {base: 0.01, power: 0.9, steps: 9, warmUp: 0}
};

/** Bytes of all tensors at the worst moment of some work. */
async function peakOf(work: () => Promise<unknown>): Promise<number> {
  const engine = tf.engine() as unknown as {trackTensor(...args: unknown[]): void};
  const {trackTensor} = engine;
  let peak = 0;
  engine.trackTensor = function (...args) {
    trackTensor.apply(this, args);
    peak = Math.max(peak, tf.memory().numBytes);
  };
  try {
    await work();
    return peak;
  } finally {
    engine.trackTensor = trackTensor;
  }
}

it.each<[Frozen, boolean, number]>([
  ["nothing", true, 8],
  ["backbone", true, 16],
  ["all but the logits", false, 16]
])("predicts what a step takes at its worst: %s held, decoder %s, output stride %i", async (frozen, decoder, outputStride) => {
  const model = await startModel({decoder});
  const before = tf.memory().numBytes;
  const options = {
    ...TOLD,
    plan: {height: SIDE, width: SIDE, outputStride},
    frozen: frozenEndPoints(model.network, frozen)
  };
  const training = startTraining(model, options);
  const batch = await fixtureBatch();
  const peak = (await peakOf(() => training.learn(batch))) - before;
  const {bytes, values} = stepCost(plan(model.network, options.plan), {...options, batch: batch.input.shape[0]});
  expect(peak / bytes).toBeLessThan(1.5);
  expect(peak / bytes).toBeGreaterThan(0.6);
  const {tensors} = training.weights();
  expect(values).toBe(training.learning.reduce((sum, name) => sum + tensors[name]!.size, 0));
  training.dispose();
  tf.dispose([batch.input, batch.labels]);
});

it("predicts it where the update takes more than the maps: many weights learn, from a small crop", async () => {
  const start = (await startModel({decoder: false})).network;
  const branches = atrousBranches(
    Array.from({length: 20}, () => 1),
    64,
    false
  );
  const network = {...start, head: {...start.head, aspp: {...start.head.aspp, branches}}};
  const options = {...TOLD, plan: {height: 33, width: 33}, frozen: [], clip: 1e-6};
  const planned = plan(network, options.plan);
  const model = {network, weights: randomWeights(planned.steps, 1)};
  const before = tf.memory().numBytes;
  const training = startTraining(model, options);
  const batch = {input: tf.zeros<tf.Rank.R4>([1, 33, 33, 3]), labels: tf.zeros<tf.Rank.R3>([1, 33, 33])};
  const peak = (await peakOf(() => training.learn(batch))) - before;
  const {bytes} = stepCost(planned, {...options, batch: 1});
  expect(peak / bytes).toBeLessThan(1.2);
  expect(peak / bytes).toBeGreaterThan(0.8);
  training.dispose();
  tf.dispose([batch.input, batch.labels]);
});
