import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, expect, it} from "vitest";
import {CONSTANT} from "../../src/engine/aspp.js";
import {contributions} from "../../src/engine/contributions.js";
import {plan} from "../../src/engine/plan.js";
import {run} from "../../src/engine/run.js";
import {loadWeights} from "../../src/engine/weights.js";
import {useBackend} from "../backend.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {released} from "../../src/engine/released.js";
import {complete, quantisable, randomWeights} from "./networks.js";

beforeAll(() => useBackend("wasm"));

const next = pseudoRandom(3);
const photo = Float32Array.from({length: 65 * 65 * 3}, () => next() * 2 - 1);

it.each([
  ["a network with every kind of branch and a decoder", complete, 6],
  ["a network with nothing after its depthwise convolutions", quantisable, 6],
  ["a network without a decoder", released(0.35), 3]
])("adds up to the logits in %s", async (_, network, sources) => {
  const weights = loadWeights({network, weights: randomWeights(network)});
  const input = tf.tensor4d(photo.slice(), [1, 65, 65, 3]);
  const planned = plan(network, {height: 65, width: 65});
  const before = tf.memory().numTensors;
  const parts = contributions(planned, weights, input);
  expect(tf.memory().numTensors).toBe(before + 1);
  expect(parts.sources).toHaveLength(sources);
  expect(parts.sources.at(-1)).toBe(CONSTANT);
  const {logits} = run(planned, weights, input);
  const sum = await tf.sum(parts.logits, 0).data();
  const expected = await logits.data();
  const largest = Math.max(...expected.map(Math.abs));
  sum.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-4 * largest));
  // Each part is something by itself.
  for (const part of tf.unstack(parts.logits)) expect((await tf.max(tf.abs(part)).data())[0]).toBeGreaterThan(0);
  tf.disposeVariables();
  weights.dispose();
});

it("gives nothing to a branch that is muted", async () => {
  const weights = loadWeights({network: complete, weights: randomWeights(complete)});
  const input = tf.tensor4d(photo.slice(), [1, 65, 65, 3]);
  const planned = plan(complete, {height: 65, width: 65});
  const parts = contributions(planned, weights, input, {replaced: {"aspp/conv_1x1": "zero"}});
  const muted = tf.unstack(parts.logits)[parts.sources.indexOf("aspp/conv_1x1")]!;
  expect((await tf.max(tf.abs(muted)).data())[0]).toBe(0);
});
