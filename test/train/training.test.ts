import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {weightGradients} from "../../src/engine/gradient.js";
import type {Model, WeightMap} from "../../src/engine/model.js";
import {plan} from "../../src/engine/plan.js";
import {randomWeights} from "../../src/engine/random-weights.js";
import {seededValues} from "../../src/engine/seeded.js";
import {loadWeights} from "../../src/engine/weights.js";
import {frozenEndPoints} from "../../src/train/classes.js";
import {crossEntropy} from "../../src/train/cross-entropy.js";
import {lossGradients} from "../../src/train/loss-gradients.js";
import {scorePhoto} from "../../src/train/measure.js";
import {startTraining} from "../../src/train/training.js";
import type {Batch, TrainingOptions, TrainingState} from "../../src/train/training.js";
import {useBackend} from "../backend.js";
import {byHand} from "../engine/steps/by-hand.js";
import {tinyWhole} from "../exactness/tiny.js";
import {lossByHand} from "./loss-by-hand.js";
import {SIDE, fixtureBatch, startModel} from "./fixture.js";

const ADAM = {kind: "adamw", beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01} as const;
const OPTIONS: TrainingOptions = {
  plan: {height: SIDE, width: SIDE, outputStride: 8},
  frozen: [],
  optimiser: ADAM,
  rate: {base: 0.01, power: 0.9, steps: 100, warmUp: 2},
  clip: 1
};

async function learned(model: Pick<Model, "network" | "weights">, options: TrainingOptions, batch: Batch, steps: number) {
  const training = startTraining(model, options);
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push((await training.learn(batch)).loss);
  const state = await training.state();
  training.dispose();
  return {losses, state};
}

const dispose = ({input, labels}: Batch) => tf.dispose([input, labels]);

/** Each kind of step is compared so on every backend in test/engine/steps; this is all of them at once. */
describe.each(process.env["LONG"] ? (["cpu", "wasm"] as const) : [])("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it("the gradient of the loss agrees with finite differences in every weight of a network with rates, stride and decoder", async () => {
    const side = 33;
    const {steps, output} = plan(tinyWhole, {height: side, width: side, outputStride: 8, rates: [1, 2]});
    const values = randomWeights(steps, 9);
    const input = seededValues(1, side * side * 3);
    const ids = Array.from(seededValues(2, side * side), (value) => (value > 0.8 ? 255 : Math.floor((value + 1) * 1.5)));
    const labels = tf.tensor3d(ids, [1, side, side], "float32");
    const tensors = loadWeights({network: tinyWhole, weights: values});
    const x = tf.tensor4d(input.slice(), [1, side, side, 3]);
    const gradientOf = (logits: tf.Tensor4D) => {
      const {value, gradient} = crossEntropy(logits, labels);
      value.dispose();
      return gradient;
    };
    const found = weightGradients(steps, {tensors: tensors.tensors}, x, output, gradientOf, {frozen: new Set()});
    const doubles = Object.fromEntries(Object.entries(values).map(([name, weight]) => [name, Float64Array.from(weight.values)]));
    const loss = (weights: Readonly<Record<string, Float64Array>>) => {
      const logits = byHand(steps, weights, Float64Array.from(input)).get(output)!;
      return lossByHand(
        logits,
        steps.find(({name}) => name === output)!,
        ids,
        [side, side]
      );
    };
    expect(Object.keys(found).sort()).toEqual(Object.keys(values).sort());
    for (const [name, weight] of Object.entries(doubles)) {
      const slopes = (await found[name]!.data()) as Float32Array;
      // Where it is steepest: what is wrong shows there.
      const i = slopes.reduce((most, slope, at) => (Math.abs(slope) > Math.abs(slopes[most]!) ? at : most), 0);
      const at = (change: number) => loss({...doubles, [name]: weight.with(i, weight[i]! + change)});
      const slope = (at(1e-6) - at(-1e-6)) / 2e-6;
      expect(Math.abs(slopes[i]! - slope), name).toBeLessThan(1e-4 * Math.abs(slope) + 1e-7);
    }
    tf.dispose([x, labels, {...found}]);
    tensors.dispose();
  });
});

describe("a training", () => {
  beforeAll(() => useBackend("wasm"));

  it("learns one photo by heart, and leaves no tensors behind", async () => {
    const model = await startModel({decoder: true});
    const batch = await fixtureBatch();
    const frozen = frozenEndPoints(model.network, "backbone");
    const training = startTraining(model, {...OPTIONS, frozen, rate: {...OPTIONS.rate, base: 0.05}});
    const {loss: first} = await training.learn(batch);
    const before = tf.memory().numTensors;
    let last = first;
    for (let step = 1; step < (process.env["LONG"] ? 500 : 15); step++) last = (await training.learn(batch)).loss;
    expect(tf.memory().numTensors).toBe(before);
    training.dispose();
    dispose(batch);
    expect(last).toBeLessThan(0.85 * first);
  });

  it("holds what is frozen and moves everything else", async () => {
    const model = await startModel({decoder: true});
    const batch = await fixtureBatch();
    for (const frozen of ["backbone", "all but the logits"] as const) {
      const {state} = await learned(model, {...OPTIONS, frozen: frozenEndPoints(model.network, frozen)}, batch, 1);
      const moved = Object.keys(state.weights).filter((name) => changed(model.weights, state.weights, name));
      const expected = Object.keys(model.weights).filter((name) =>
        frozen === "backbone" ? !name.startsWith("backbone/") : name.startsWith("logits/")
      );
      expect(moved.sort()).toEqual(expected.sort());
    }
    dispose(batch);
  });

  it("lets only kernels decay", async () => {
    const model = await startModel({decoder: true});
    const batch = await fixtureBatch();
    const ignored = {...batch, labels: tf.fill(batch.labels.shape, 255) as tf.Tensor3D};
    // Without a gradient decay alone is left.
    const {state} = await learned(model, {...OPTIONS, optimiser: {kind: "sgd", momentum: 0, weightDecay: 0.5}}, ignored, 1);
    for (const [name, {values}] of Object.entries(model.weights)) {
      const share = name.endsWith("/kernel") ? 1 - (0.01 / 2) * 0.5 : 1;
      const apart = values.map((value, i) => Math.abs(state.weights[name]!.values[i]! - share * value));
      expect(Math.max(...apart), name).toBeLessThan(1e-6);
    }
    dispose(batch);
    ignored.labels.dispose();
  });

  it("stops at what is no number, names step and layer, and keeps its weights", async () => {
    const model = await startModel({decoder: true});
    const batch = await fixtureBatch();
    const training = startTraining(model, OPTIONS);
    await training.learn(batch);
    const before = await training.state();
    const held = tf.memory().numTensors;
    const huge = {...batch, input: tf.fill(batch.input.shape, Infinity) as tf.Tensor4D};
    await expect(training.learn(huge)).rejects.toThrow(/^At step 2 the (loss is|gradient of ")/);
    expect(await training.state()).toEqual(before);
    huge.input.dispose();
    expect(tf.memory().numTensors).toBe(held);
    training.dispose();
    dispose(batch);
  });

  it("leaves nothing behind where a layer fails on the way back, or a photo's loss cannot be computed", async () => {
    const {network, weights} = await startModel({decoder: true});
    const tensors = loadWeights({network, weights});
    const batch = await fixtureBatch();
    const planned = plan(network, OPTIONS.plan);
    const held = tf.memory().numTensors;
    for (const layer of [planned.output, "aspp/projection", planned.steps[1]!.name]) {
      const onGradient = (name: string) => {
        if (name === layer) throw new RangeError("Array buffer allocation failed");
      };
      const computed = () => lossGradients(planned, {tensors: tensors.tensors}, batch, {frozen: new Set(), onGradient});
      expect(computed).toThrow("Array buffer allocation failed");
      expect(tf.memory().numTensors).toBe(held);
    }
    const photo = {width: SIDE, height: SIDE, channels: 3, values: new Uint8Array(3 * SIDE * SIDE)} as const;
    const mask = {width: SIDE, height: SIDE, ids: new Uint8Array(SIDE * SIDE)};
    const missing = Object.fromEntries(Object.entries(tensors.tensors).filter(([name]) => !name.startsWith("logits/")));
    dispose(batch);
    const before = tf.memory().numTensors;
    await expect(scorePhoto(network, {tensors: missing}, {photo, mask}, {side: SIDE, outputStride: 8})).rejects.toThrow(
      /no weight "logits/
    );
    expect(tf.memory().numTensors).toBe(before);
    tensors.dispose();
  });

  it("is as it was where memory ends in the middle of an update, and goes on from there", async () => {
    const model = await startModel({decoder: true});
    const batch = await fixtureBatch();
    let kernels = 0;
    let failing = false;
    const optimiser = {
      ...ADAM,
      get weightDecay() {
        if (failing && ++kernels > 2) throw new RangeError("Array buffer allocation failed");
        return ADAM.weightDecay;
      }
    };
    const training = startTraining(model, {...OPTIONS, optimiser});
    await training.learn(batch);
    const before = await training.state();
    const held = tf.memory().numTensors;
    failing = true;
    await expect(training.learn(batch)).rejects.toThrow(/^Step 2 could not be computed.*: Array buffer allocation failed/);
    expect(await training.state()).toEqual(before);
    expect(tf.memory().numTensors).toBe(held);
    failing = false;
    expect((await training.learn(batch)).step).toBe(2);
    training.dispose();
    dispose(batch);
  });

  it("says what it cannot begin with, and leaves nothing of it behind", async () => {
    const model = await startModel({decoder: true});
    const held = tf.memory().numTensors;
    expect(() =>
      startTraining(model, {...OPTIONS, frozen: Object.keys(model.weights).map((name) => name.replace(/\/[^/]+$/, ""))})
    ).toThrow("nothing would learn");
    const {weights} = model;
    const mean = Object.fromEntries(Object.entries(weights).slice(0, 3));
    for (const slots of [{}, {mean}] as TrainingState["slots"][]) {
      expect(() => startTraining(model, OPTIONS, {step: 1, weights, slots})).toThrow("is not in this checkpoint");
    }
    expect(() =>
      startTraining(model, OPTIONS, {step: 1, weights: {"logits/bias": {shape: [1], values: new Float32Array(1)}}, slots: {}})
    ).toThrow("logits/bias");
    expect(tf.memory().numTensors).toBe(held);
  });
});

function changed(before: WeightMap, after: WeightMap, name: string): boolean {
  return before[name]!.values.some((value, i) => value !== after[name]!.values[i]);
}
