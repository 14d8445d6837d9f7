import * as tf from "@tensorflow/tfjs-core";
import {expect, it} from "vitest";
import {plan} from "../../src/engine/plan.js";
import {fitInput} from "../../src/engine/preprocess.js";
import {run} from "../../src/engine/run.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {loadWeights} from "../../src/engine/weights.js";
import {effectiveField} from "../../src/worker/inspections/effective-field.js";
import type {Prepared} from "../../src/worker/inspections/prepared.js";
import {useBackend} from "../backend.js";
import {randomWeights} from "../engine/networks.js";
import {tinyWhole} from "../exactness/tiny.js";

it("says how much each pixel can move a logit, and leaves nothing behind", async () => {
  await useBackend("wasm");
  const weights = loadWeights({network: tinyWhole, weights: randomWeights(tinyWhole)});
  const next = pseudoRandom(9);
  const values = Float32Array.from({length: 33 * 33 * 3}, () => next() * 2 - 1);
  const planned = plan(tinyWhole, {height: 33, width: 33});
  const input = tf.tensor4d(values.slice(), [1, 33, 33, 3]);
  const prepared = {weights, plan: planned, fit: fitInput(33, 33, 33), input} as unknown as Prepared;
  const before = tf.memory().numTensors;
  const field = await effectiveField(prepared, {endPoint: "logits", channel: 2, row: 8, column: 6, without: []});
  expect(tf.memory().numTensors).toBe(before);
  expect([field.height, field.width]).toEqual([33, 33]);
  // At the strongest pixel: each colour by itself, moved a little both ways.
  const strongest = field.values.indexOf(Math.max(...field.values));
  const logit = (index: number, change: number) => {
    const changed = values.slice();
    changed[index]! += change;
    return tf.tidy(() => run(planned, weights, tf.tensor4d(changed, [1, 33, 33, 3])).logits.arraySync()[0]![8]![6]![2]!);
  };
  const step = 1e-3;
  const slopes = [0, 1, 2].map(
    (colour) => Math.abs(logit(3 * strongest + colour, step) - logit(3 * strongest + colour, -step)) / (2 * step)
  );
  const sum = slopes.reduce((all, slope) => all + slope, 0);
  expect(Math.abs(field.values[strongest]! - sum)).toBeLessThan(0.01 * sum);
  await expect(effectiveField(prepared, {endPoint: "logits", channel: 3, row: 8, column: 6, without: []})).rejects.toThrow("no channel 3");
  expect(tf.memory().numTensors).toBe(before);
});
