import * as tf from "@tensorflow/tfjs-core";
import {afterEach, beforeAll, beforeEach, describe, expect, it} from "vitest";
import type {Aspp, Network} from "../../src/engine/network.js";
import {plan} from "../../src/engine/plan.js";
import type {PlanOptions} from "../../src/engine/plan.js";
import {run} from "../../src/engine/run.js";
import {loadWeights} from "../../src/engine/weights.js";
import type {DeviceWeights} from "../../src/engine/weights.js";
import {useBackend} from "../backend.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {released} from "../../src/engine/released.js";
import {complete, randomWeights} from "./networks.js";

beforeAll(() => useBackend("wasm"));

let weights: DeviceWeights;
let tensorsBefore: number;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
  weights = loadWeights({network: complete, weights: randomWeights(complete)});
});
afterEach(() => {
  weights.dispose();
  expect(tf.memory().numTensors, "tensors left behind").toBe(tensorsBefore);
});

function photo(height: number, width: number): tf.Tensor4D {
  const next = pseudoRandom(height * 1000 + width);
  return tf.tensor4d(
    Float32Array.from({length: height * width * 3}, () => next() * 2 - 1),
    [1, height, width, 3]
  );
}

async function logitsOf(options: PlanOptions, network: Network = complete, on = weights): Promise<Float32Array> {
  const input = photo(options.height, options.width);
  const {logits} = run(plan(network, options), on, input);
  const values = (await logits.data()) as Float32Array;
  tf.dispose([input, logits]);
  return values;
}

describe("any input size from 33 up", () => {
  it.each([
    [33, 33],
    [34, 47],
    [64, 64],
    [129, 65]
  ])("%i x %i runs at every output stride", async (height, width) => {
    for (const outputStride of [8, 16, 32]) {
      const values = await logitsOf({height, width, outputStride});
      expect(values).toHaveLength(Math.ceil(height / 4) * Math.ceil(width / 4) * 5);
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });
});

it("changes its answer with the rates, and not its weights", async () => {
  const own = await logitsOf({height: 129, width: 129});
  const stated = await logitsOf({height: 129, width: 129, rates: [6, 12]});
  const ones = await logitsOf({height: 129, width: 129, rates: [1, 1]});
  expect(stated).toEqual(own);
  expect(largestDifference(ones, own)).toBeGreaterThan(1e-3);
});

describe("taps", () => {
  it("returns every end point with the shape of its plan, and frees the rest", () => {
    const made = plan(complete, {height: 65, width: 97, outputStride: 16});
    const input = photo(65, 97);
    const names = made.steps.map(({name}) => name);
    const {logits, taps} = run(made, weights, input, {taps: names});
    for (const {name, height, width, channels} of made.steps) {
      expect(taps[name]!.shape, name).toEqual([1, height, width, channels]);
    }
    tf.dispose([input, logits, taps]);
  });

  it("does not change the logits", async () => {
    const made = plan(complete, {height: 65, width: 65});
    const input = photo(65, 65);
    const {logits, taps} = run(made, weights, input, {taps: ["aspp/concat", "backbone/block_03/project"]});
    expect(largestDifference((await logits.data()) as Float32Array, await logitsOf({height: 65, width: 65}))).toBe(0);
    tf.dispose([input, logits, taps]);
  });

  it("the projection is that of the whole concatenation, although it is not computed from it", async () => {
    const made = plan(complete, {height: 65, width: 65});
    const raw = randomWeights(complete);
    const input = photo(65, 65);
    const {logits, taps} = run(made, weights, input, {taps: ["aspp/concat", "aspp/projection"]});
    const difference = tf.tidy(() => {
      const {shape, values} = raw["aspp/projection/kernel"]!;
      const kernel = tf.tensor4d(values, shape as [number, number, number, number]);
      const direct = tf.relu6(tf.add(tf.conv2d(taps["aspp/concat"]!, kernel, 1, "same"), tf.tensor1d(raw["aspp/projection/bias"]!.values)));
      return tf.max(tf.abs(tf.sub(direct, taps["aspp/projection"]!)));
    });
    expect((await difference.data())[0]).toBeLessThan(1e-5);
    tf.dispose([input, logits, taps, difference]);
  });

  it("refuses an end point that the network does not have, and leaves nothing behind", () => {
    const input = photo(33, 33);
    expect(() => run(plan(complete, {height: 33, width: 33}), weights, input, {taps: ["aspp/atrous_9"]})).toThrow(
      'no layer "aspp/atrous_9"'
    );
    input.dispose();
  });
});

it("refuses an input of another shape than planned", () => {
  const input = photo(33, 34);
  expect(() => run(plan(complete, {height: 33, width: 33}), weights, input)).toThrow("shape [1, 33, 33, 3]");
  input.dispose();
});

it("frees everything when a step fails", () => {
  const input = photo(33, 33);
  const failing = () => {
    throw new Error("stop here");
  };
  const made = plan(complete, {height: 33, width: 33});
  const before = tf.memory().numTensors;
  expect(() => run(made, weights, input, {onStep: ({index}) => index === 20 && failing()})).toThrow("stop here");
  expect(tf.memory().numTensors).toBe(before);
  input.dispose();
});

it("says which weight is missing or misshapen", () => {
  const {["logits/bias"]: _, ...incomplete} = randomWeights(complete);
  expect(() => loadWeights({network: complete, weights: incomplete})).toThrow('no weight "logits/bias"');
  const other = {...randomWeights(complete), "logits/bias": {shape: [6], values: new Float32Array(6)}};
  expect(() => loadWeights({network: complete, weights: other})).toThrow('"logits/bias" has shape [6]; the network needs [5]');
});

describe("ASPP of any list of branches", () => {
  const only = (branches: Aspp["branches"]): Network => {
    const network = released(0.25);
    return {...network, head: {...network.head, aspp: {branches, projectionChannels: 8}}};
  };
  it.each([
    ["a 1x1 alone", only([{kind: "conv_1x1", name: "conv_1x1", channels: 4}])],
    ["image pooling alone", only([{kind: "image_pooling", name: "image_pooling", channels: 4}])],
    [
      "image pooling after the others",
      only([
        {kind: "atrous", name: "atrous_0", channels: 4, rate: 2, separable: false},
        {kind: "image_pooling", name: "image_pooling", channels: 4}
      ])
    ]
  ])("%s", async (_, network) => {
    const own = loadWeights({network, weights: randomWeights(network)});
    const values = await logitsOf({height: 65, width: 65}, network, own);
    expect(values).toHaveLength(5 * 5 * 21);
    own.dispose();
  });
});

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - b[index]!)), 0);
}
