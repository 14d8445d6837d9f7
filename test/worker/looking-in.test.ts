import * as tf from "@tensorflow/tfjs-core";
import {afterEach, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {machineInNode} from "../../scripts/kernels/in-node.js";
import {plan} from "../../src/engine/plan.js";
import {seededValues} from "../../src/engine/seeded.js";
import {createExecutor} from "../../src/engine/wasm/executor.js";
import {loadWeights} from "../../src/engine/weights.js";
import {activations, opened} from "../../src/worker/inspections/activations.js";
import {making} from "../../src/worker/inspections/making.js";
import type {CellMaking} from "../../src/worker/inspections/making.js";
import {overview} from "../../src/worker/inspections/overview.js";
import type {Prepared} from "../../src/worker/inspections/prepared.js";
import {openedLayer} from "../../src/worker/opened-layer.js";
import {useBackend} from "../backend.js";
import {largestDifference} from "../exactness/difference.js";
import {complete, randomWeights} from "../engine/networks.js";

beforeAll(() => useBackend("wasm"));

const SIZE = {height: 65, width: 49};
const layer = openedLayer();
let prepared: Prepared;
let before: number;
/** Steps that were run. */
let steps: number;
beforeEach(() => {
  steps = 0;
  const weights = loadWeights({network: complete, weights: randomWeights(complete)});
  const input = tf.tensor4d(seededValues(3, SIZE.height * SIZE.width * 3), [1, SIZE.height, SIZE.width, 3]);
  const run = {weights, input, plan: plan(complete, SIZE), turns: {pause: () => void steps++}};
  prepared = {...run, open: (name: string) => layer.of(run, name)} as unknown as Prepared;
  before = tf.memory().numTensors;
});
afterEach(() => {
  layer.clear();
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
  it("is read off the run in which its layer was opened: nothing is run again from place to place, but for another layer or setting", async () => {
    const question = {layer: "aspp/projection", row: 2, column: 1, channel: 3};
    const {values, channels, statistics} = await opened(prepared, question);
    const ran = steps;
    expect(ran).toBeGreaterThan(0);
    expect(statistics).toEqual((await activations(prepared, question)).statistics);
    steps = 0;
    // What is answered is handed over to the page, and gone here.
    const theirs = structuredClone(values, {transfer: [values.buffer as ArrayBuffer]});
    for (const [row, column] of [
      [2, 1],
      [0, 0],
      [4, 3]
    ] as const) {
      const {made} = await making(prepared, {...question, row, column});
      expect(made.value).toBe(theirs[(row * 4 + column) * channels + 3]);
      expect((made as CellMaking).result).toBeCloseTo(made.value, 4);
    }
    expect(steps).toBe(0);
    const wider = {...prepared, plan: plan(complete, {...SIZE, rates: [2, 9]}), turns: prepared.turns!};
    await making({...wider, open: (name) => layer.of(wider, name)}, question);
    expect(steps).toBe(ran);
    await making(prepared, {layer: "input", row: 0, column: 0, channel: 0});
    expect(steps).toBe(ran + 1);
  });

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
