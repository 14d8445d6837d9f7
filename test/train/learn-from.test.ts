import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, expect, it} from "vitest";
import {seededValues} from "../../src/engine/seeded.js";
import {RELEASED_RANGES} from "../../src/train/augment.js";
import {readCheckpoint, writeCheckpoint} from "../../src/train/checkpoint.js";
import {frozenEndPoints} from "../../src/train/classes.js";
import {learnFrom} from "../../src/train/learn-from.js";
import type {Photos} from "../../src/train/learn-from.js";
import {startTraining} from "../../src/train/training.js";
import {useBackend} from "../backend.js";
import {startModel} from "./fixture.js";

beforeAll(() => useBackend("wasm"));

const SIDE = 49;
const photos: Photos = {
  count: 3,
  read: async (index) => ({
    photo: {
      height: 60,
      width: 50,
      channels: 3,
      values: Uint8Array.from(seededValues(index, 60 * 50 * 3), (value) => (value + 1) * 127)
    },
    mask: {height: 60, width: 50, ids: Uint8Array.from({length: 60 * 50}, (_, i) => (i + index) % 4)}
  })
};
const learning = {size: {height: SIDE, width: SIDE}, batch: 2, steps: 4, seed: 3, augmentation: {...RELEASED_RANGES, colour: 0.1}};

it.each([
  {kind: "adamw", beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01},
  {kind: "sgd", momentum: 0.9, weightDecay: 0.01}
] as const)(
  "a training ($kind) that is interrupted and goes on from its checkpoint equals one that was not, to the bit",
  async (optimiser) => {
    const model = await startModel({decoder: true});
    const options = {
      plan: {height: SIDE, width: SIDE},
      frozen: frozenEndPoints(model.network, "backbone"),
      optimiser,
      rate: {base: 0.01, power: 0.9, steps: 4, warmUp: 2}
    };
    const before = tf.memory().numTensors;
    const whole = startTraining(model, options);
    const losses: number[] = [];
    let kept: Uint8Array | undefined;
    for await (const {step, loss} of learnFrom(whole, photos, learning)) {
      losses.push(loss);
      if (step === 2) kept = writeCheckpoint({state: await whole.state(), settings: "of the test"});
    }
    const {state, settings} = readCheckpoint(kept!);
    expect([state.step, settings]).toEqual([2, "of the test"]);
    const rest = startTraining(model, options, state);
    const others: number[] = [];
    for await (const {loss} of learnFrom(rest, photos, learning)) others.push(loss);
    expect(others).toEqual(losses.slice(2));
    expect(await rest.state()).toEqual(await whole.state());
    whole.dispose();
    rest.dispose();
    expect(tf.memory().numTensors).toBe(before);
  }
);

it("says what is no checkpoint", () => {
  const weight = {shape: [1], values: new Float32Array(1)};
  const bytes = writeCheckpoint({state: {step: 1, weights: {a: weight}, slots: {}}, settings: "s"});
  expect(readCheckpoint(bytes)).toEqual({state: {step: 1, weights: {a: weight}, slots: {}}, settings: "s"});
  expect(() => readCheckpoint(bytes.subarray(0, 20))).toThrow();
  expect(() => readCheckpoint(writeCheckpoint({state: {step: 1, weights: {}, slots: {}}, settings: "s"}))).toThrow("holds no weights");
});
