import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, expect, it} from "vitest";
import {execute} from "../../src/engine/execute.js";
import {plan} from "../../src/engine/plan.js";
import {seededValues} from "../../src/engine/seeded.js";
import {statisticsOf} from "../../src/engine/teaching/batch-statistics.js";
import {loadWeights} from "../../src/engine/weights.js";
import {cropMoments, runOnBatchStatistics} from "../../src/train/batch-statistics.js";
import {useBackend} from "../backend.js";
import {randomWeights} from "../engine/networks.js";
import {tinyWhole} from "../exactness/tiny.js";

const SIDE = 33;
const {steps, output, branches} = plan(tinyWhole, {height: SIDE, width: SIDE});
const pooling = branches.find(({kind}) => kind === "image_pooling")!;

beforeAll(() => useBackend("cpu"));

const crops = (count: number) => tf.tensor4d(seededValues(8, count * SIDE * SIDE * 3), [count, SIDE, SIDE, 3]);

/** Largest difference of two values. */
async function difference(a: tf.Tensor4D, b: tf.Tensor4D): Promise<number> {
  const most = tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))));
  const [value] = await most.data();
  most.dispose();
  return value!;
}

async function runningOf(input: tf.Tensor4D, {tensors}: ReturnType<typeof loadWeights>) {
  const moments = await cropMoments(steps, {tensors}, input);
  return Object.fromEntries(Object.entries(moments).map(([name, each]) => [name, statisticsOf(each)]));
}

it("a batch whose statistics are the running ones runs as the folded network does", async () => {
  const weights = loadWeights({network: tinyWhole, weights: randomWeights(tinyWhole)});
  const input = crops(3);
  const before = tf.memory().numTensors;
  const running = await runningOf(input, weights);
  expect(Object.keys(running)).toHaveLength(steps.filter(({parameters}) => parameters > 0).length - 1);
  const normed = await runOnBatchStatistics(steps, weights, input, output, running);
  const folded = execute(steps, {tensors: weights.tensors}, input, [output])[output]!;
  const apart = await difference(normed, folded);
  expect(apart).toBeLessThan(1e-3);

  // One of them by itself has other statistics.
  const one = tf.slice(input, 1, 1);
  const alone = await runOnBatchStatistics(steps, weights, one, output, running);
  const usual = tf.slice(folded, 1, 1);
  expect(await difference(alone, usual)).toBeGreaterThan(100 * apart);
  tf.dispose([normed, folded, one, alone, usual]);
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose(input);
  weights.dispose();
});

it("in a batch of one, image pooling says the same of every photo", async () => {
  const weights = loadWeights({network: tinyWhole, weights: randomWeights(tinyWhole)});
  const input = crops(2);
  const running = await runningOf(input, weights);
  const said: number[][] = [];
  for (const place of [0, 1]) {
    const one = tf.slice(input, place, 1);
    said.push(Array.from(await (await runOnBatchStatistics(steps, weights, one, pooling.endPoint, running)).data()));
  }
  expect(said[0]!.some((value) => value > 0)).toBe(true);
  said[0]!.forEach((value, channel) => expect(said[1]![channel]).toBeCloseTo(value, 4));
  input.dispose();
  weights.dispose();
});
