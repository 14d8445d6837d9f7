import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {crossEntropy, hardestShare} from "../../src/train/cross-entropy.js";
import {useBackend} from "../backend.js";
import {expectLoss} from "./loss-cases.js";
import {LOSS_CASES, measuredLoss} from "./measured-loss.js";
import type {LossCase} from "./measured-loss.js";

describe.each(["cpu", "wasm"] as const)("loss and gradient by definition, on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(Object.keys(LOSS_CASES) as LossCase[])("%s", async (name) => expectLoss(name, await measuredLoss(name)));

  it("is zero where nothing has a class", async () => {
    const {value, gradient} = crossEntropy(tf.ones([1, 3, 3, 2]), tf.fill([1, 5, 5], 255), {});
    expect((await value.data())[0]).toBe(0);
    expect([...(await gradient.data())].every((slope) => slope === 0)).toBe(true);
    tf.dispose([value, gradient]);
  });
});

it("comes to the hardest examples step by step", () => {
  expect([0, 50, 100, 200].map((step) => hardestShare({share: 0.2, steps: 100}, step))).toEqual([1, 0.6, 0.2, 0.2]);
  expect(hardestShare({share: 0.2, steps: 0}, 0)).toBe(0.2);
});

it("says what does not fit", () => {
  expect(() => crossEntropy(tf.ones([1, 3, 3, 2]), tf.zeros([1, 5, 5]), {classWeights: [1]})).toThrow("2 classes and 1 class weights");
});
