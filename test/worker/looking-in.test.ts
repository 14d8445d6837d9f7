import * as tf from "@tensorflow/tfjs-core";
import {afterEach, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {machineInNode} from "../../scripts/kernels/in-node.js";
import {plan} from "../../src/engine/plan.js";
import {seededValues} from "../../src/engine/seeded.js";
import {createExecutor} from "../../src/engine/wasm/executor.js";
import {loadWeights} from "../../src/engine/weights.js";
import {activations} from "../../src/worker/inspections/activations.js";
import {making} from "../../src/worker/inspections/making.js";
import type {CellMaking} from "../../src/worker/inspections/making.js";
import {overview} from "../../src/worker/inspections/overview.js";
import type {Prepared} from "../../src/worker/inspections/prepared.js";
import {useBackend} from "../backend.js";
import {largestDifference} from "../exactness/difference.js";
import {complete, randomWeights} from "../engine/networks.js";

beforeAll(() => useBackend("wasm"));

const SIZE = {height: 65, width: 49};
let prepared: Prepared;
let before: number;
beforeEach(() => {
  const weights = loadWeights({network: complete, weights: randomWeights(complete)});
  const input = tf.tensor4d(seededValues(3, SIZE.height * SIZE.width * 3), [1, SIZE.height, SIZE.width, 3]);
  prepared = {weights, input, plan: plan(complete, SIZE)} as unknown as Prepared;
  before = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  prepared.weights.dispose();
  prepared.input.dispose();
});

describe("the overview of a network on a photo", () => {
  const LAYERS = ["input", "backbone/block_00/project", "aspp/concat", "aspp/image_pooling"];

  it("has a mean size of all channels at each place, and the photo in its own three", async () => {
    const {maps} = await overview(prepared, {layers: LAYERS, side: 100});
    expect(Object.keys(maps).sort()).toEqual([...LAYERS].sort());
    const {values} = await activations(prepared, {layer: "aspp/concat"});
    const {channels} = prepared.plan.steps.find(({name}) => name === "aspp/concat")!;
    const cell = values.slice(2 * channels, 3 * channels);
    expect(maps["aspp/concat"]!.channels).toBe(1);
    expect(maps["aspp/concat"]!.values[2]).toBeCloseTo(cell.reduce((sum, value) => sum + Math.abs(value), 0) / channels, 5);
    expect(maps.input).toMatchObject({...SIZE, channels: 3});
    expect(maps.input!.values).toEqual(Float32Array.from(await prepared.input.data()));
  });

  it("is made no larger than it is drawn", async () => {
    const {maps} = await overview(prepared, {layers: ["input", "aspp/concat"], side: 20});
    // 65 cells in parts of 3; what is small already stays.
    expect(maps.input).toMatchObject({height: 22, width: 17});
    expect(maps["aspp/concat"]).toMatchObject({height: 5, width: 4});
  });
});

describe("the overview on our own kernels", () => {
  it("is that of TensorFlow.js", async () => {
    const machine = await machineInNode(1);
    const executor = createExecutor(machine, randomWeights(complete));
    const ours = {...prepared, weights: {...prepared.weights, executor}};
    for (const side of [100, 20, 7]) {
      const layers = ["input", "backbone/block_00/project", "aspp/concat"];
      const [here, there] = [await overview(ours, {layers, side}), await overview(prepared, {layers, side})];
      for (const layer of layers) {
        const {values, ...size} = here.maps[layer]!;
        expect(there.maps[layer]).toMatchObject(size);
        expect(largestDifference(values, there.maps[layer]!.values), `${layer} at ${side}`).toBeLessThan(1e-4);
      }
    }
  });
});

describe("what a value is made of", () => {
  it("is told with its step as it ran on the photo", async () => {
    const at = {row: 3, column: 1, channel: 5};
    const {step, made} = await making(prepared, {layer: "aspp/atrous_1", ...at});
    const {channels, values} = await activations(prepared, {layer: "aspp/atrous_1"});
    expect(step).toMatchObject({height: 5, width: 4, channels});
    expect(made.value).toBe(values[(3 * 4 + 1) * channels + 5]);
    expect((made as CellMaking).result).toBeCloseTo(made.value, 4);
  });

  it("is the photo's own at the input, and nothing at a place that is not there", async () => {
    const {made} = await making(prepared, {layer: "input", row: 0, column: 1, channel: 2});
    expect(made).toEqual({value: (await prepared.input.data())[5]});
    await expect(making(prepared, {layer: "input", row: 0, column: 1, channel: 3})).rejects.toThrow('"input" has no value at row 0');
  });
});
