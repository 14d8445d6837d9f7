import * as tf from "@tensorflow/tfjs-core";
import {expect, it} from "vitest";
import {plan} from "../../src/engine/plan.js";
import {fitInput} from "../../src/engine/preprocess.js";
import {loadWeights} from "../../src/engine/weights.js";
import type {Prepared} from "../../src/worker/inspections/prepared.js";
import {strideTimes} from "../../src/worker/inspections/stride-times.js";
import {useBackend} from "../backend.js";
import {randomWeights} from "../engine/networks.js";
import {tinyWhole} from "../exactness/tiny.js";

it("times a network at each output stride, leaves no tensor behind, and ends when it is told to", async () => {
  await useBackend("wasm");
  const weights = loadWeights({network: tinyWhole, weights: randomWeights(tinyWhole)});
  const input = tf.zeros([1, 33, 33, 3]) as tf.Tensor4D;
  const prepared = {
    model: {network: tinyWhole},
    weights,
    plan: plan(tinyWhole, {height: 33, width: 33}),
    fit: fitInput(33, 33, 33),
    input
  } as unknown as Prepared;
  const before = tf.memory().numTensors;
  const {milliseconds, runs} = await strideTimes(prepared, {outputStrides: [32, 16, 8]});
  expect(milliseconds).toHaveLength(3);
  for (const time of milliseconds) expect(time).toBeGreaterThan(0);
  expect(runs).toBeGreaterThan(1);
  const ending = AbortSignal.abort();
  const turns = {signal: ending, pause: async () => {}};
  await expect(strideTimes({...prepared, turns}, {outputStrides: [16]})).rejects.toMatchObject({name: "AbortError"});
  expect(tf.memory().numTensors).toBe(before);
  input.dispose();
  weights.dispose();
});
