import {readFile} from "node:fs/promises";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import sharp from "sharp";
import {expect, it} from "vitest";
import {channelParts, topChannels} from "../../../src/engine/readings/channel-parts.js";
import {plan} from "../../../src/engine/plan.js";
import {logitsAt} from "../../../src/engine/labels/pixel.js";
import {fitInput} from "../../../src/engine/preprocess.js";
import {run} from "../../../src/engine/run.js";
import {loadWeights} from "../../../src/engine/weights.js";
import {readModel} from "../../../src/importers/model-file.js";
import {contributions} from "../../../src/worker/inspections/contributions.js";
import {lastLayer} from "../../../src/worker/inspections/last-layer.js";
import type {Prepared} from "../../../src/worker/inspections/prepared.js";
import {useBackend} from "../../backend.js";

it("weighs each channel, interpolated at the point", () => {
  const layer = {
    activations: {height: 1, width: 2, channels: 3, values: Float32Array.from([1, 2, 0, 3, 4, 0])},
    kernel: Float32Array.from([10, 1, 20, -1, 30, 1]),
    bias: Float32Array.from([0.5, 0.25])
  };
  const {parts, bias} = channelParts(layer, {row: 0, column: 0.5}, 1);
  expect(parts).toEqual([
    {channel: 0, activation: 2, weight: 1, part: 2},
    {channel: 1, activation: 3, weight: -1, part: -3},
    {channel: 2, activation: 0, weight: 1, part: 0}
  ]);
  expect(bias).toBe(0.25);
});

it("lists what raises and what lowers a logit, strongest first, and nothing that does neither", () => {
  const part = (channel: number, value: number) => ({channel, activation: 1, weight: value, part: value});
  const parts = [part(0, 1), part(1, -2), part(2, 3), part(3, 0), part(4, -4), part(5, 2)];
  const {raising, lowering} = topChannels(parts, {raising: 2, lowering: 5});
  expect(raising.map(({channel}) => channel)).toEqual([2, 5]);
  expect(lowering.map(({channel}) => channel)).toEqual([4, 1]);
});

it("lists no channel that speaks for less than is asked for, however few are left", () => {
  const parts = [0.004, 0.2, -0.0001, 1e-9, -0.005].map((value, channel) => ({channel, activation: value, weight: 1, part: value}));
  const {raising, lowering} = topChannels(parts, {raising: 8, lowering: 4, least: 0.005});
  expect([raising, lowering].map((list) => list.map(({channel}) => channel))).toEqual([[1], [4]]);
});

it("of nano, for every class at several points, branches and channels with their biases add up to the logit", async () => {
  await useBackend("wasm");
  const model = readModel(await readFile(path.join(import.meta.dirname, "../../../data/models/nano.safetensors")));
  const weights = loadWeights(model);
  const photo = await sharp(path.join(import.meta.dirname, "../../fixtures/nano/reference_input.png"))
    .resize(129, 129, {fit: "fill"})
    .removeAlpha()
    .raw()
    .toBuffer();
  const input = tf.tensor4d(
    Float32Array.from(photo, (value) => value / 127.5 - 1),
    [1, 129, 129, 3]
  );
  const planned = plan(model.network, {height: 129, width: 129});
  const prepared = {model, weights, plan: planned, fit: fitInput(129, 129, 129), input} as unknown as Prepared;
  const before = tf.memory().numTensors;
  const layer = await lastLayer(prepared, {});
  const sources = await contributions(prepared, {});
  expect(tf.memory().numTensors).toBe(before);
  const {logits} = run(prepared.plan, weights, input);
  const [, height, width, classes] = logits.shape;
  const array = {height, width, classes, values: (await logits.data()) as Float32Array};
  expect(layer.bias).toHaveLength(classes);
  for (const [row, column] of [
    [0, 0],
    [16.5, 15.25],
    [height - 1, 3.5],
    [7.75, width - 1]
  ] as const) {
    const expected = logitsAt(array, row, column);
    const bySource = sources.map((source) => logitsAt(source.logits, row, column));
    for (let id = 0; id < classes; id++) {
      const {parts, bias} = channelParts(layer, {row, column}, id);
      expect(Math.abs(parts.reduce((sum, {part}) => sum + part, bias) - expected[id]!)).toBeLessThan(1e-3);
      expect(Math.abs(bySource.reduce((sum, values) => sum + values[id]!, 0) - expected[id]!)).toBeLessThan(1e-3);
    }
  }
  tf.dispose([logits, input]);
  weights.dispose();
});
