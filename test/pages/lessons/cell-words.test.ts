import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {execute} from "../../../src/engine/execute.js";
import {cellMaking} from "../../../src/engine/readings/cell-making.js";
import type {CellMaking} from "../../../src/engine/readings/cell-making.js";
import {randomWeights} from "../../../src/engine/random-weights.js";
import {seededValues} from "../../../src/engine/seeded.js";
import {INPUT, StepList} from "../../../src/engine/step-list.js";
import {differenceText, productsOf, sentenceOf} from "../../../src/pages/lessons/network/cell-words.js";
import {useBackend} from "../../backend.js";

beforeAll(() => useBackend("cpu"));

/** A step's value at a place in words and products. */
async function toldOf(build: (steps: StepList) => string, at = {row: 0, column: 0, channel: 0}, channels = 12) {
  const list = new StepList({height: 7, width: 6, channels});
  const end = build(list);
  const step = list.get(end);
  const weights = {
    tensors: Object.fromEntries(
      Object.entries(randomWeights(list.list, 5)).map(([name, {shape, values}]) => [name, tf.tensor(values.slice(), [...shape])])
    )
  };
  const input = tf.tensor4d(seededValues(1, 7 * 6 * channels), [1, 7, 6, channels]);
  const found = execute(list.list, weights, input, [...new Set([...step.inputs, end])]);
  const inputs = step.inputs.map((name) => found[name]!);
  const made = (await cellMaking(step, at, inputs, found[end]!, weights)) as CellMaking;
  tf.dispose([weights.tensors, input, found]);
  return {made, sentence: sentenceOf(step, made, at), products: productsOf(step, made)};
}

describe("a convolution", () => {
  it("shows the strongest input channels as windows, and the others together, so that all come to the sum", async () => {
    const {made, sentence, products} = await toldOf((steps) =>
      steps.conv("end", INPUT, {kernel: 3, rate: 2, channels: 4, activation: "relu6"})
    );
    expect(products.groups).toHaveLength(3);
    expect(products.groups[0]).toMatchObject({rows: 3, columns: 3});
    const sizes = products.groups.map(({total}) => Math.abs(total));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(products.rest!.name).toBe("the other 9 input channels");
    const total = products.groups.reduce((sum, group) => sum + group.total, products.rest!.total);
    expect(total + made.summand!).toBeCloseTo(made.joined, 9);
    expect(sentence).toBe(
      "108 products of convolution 3 × 3 at rate 2: 9 taps on each of 12 input channels, 5 of them in the padding, where they read zero, and the bias."
    );
    expect(Array.from({length: 9}, (_, tap) => products.groups[0]!.outside(tap))).toEqual([1, 1, 1, 1, 0, 0, 1, 0, 0].map(Boolean));
  });

  it("of one tap shows single products; a depthwise one its own channel", async () => {
    const pointwise = await toldOf((steps) => steps.conv("end", INPUT, {kernel: 1, channels: 4, activation: "linear"}));
    expect(pointwise.products.groups).toHaveLength(8);
    expect(pointwise.products.groups.every(({values}) => values.length === 1)).toBe(true);
    const at = {row: 3, column: 3, channel: 7};
    const depthwise = await toldOf((steps) => steps.depthwise("end", INPUT, {kernel: 3, activation: "relu"}), at);
    expect(depthwise.products.groups.map(({name}) => name)).toEqual(["channel 7"]);
    expect(depthwise.sentence).toBe("9 products of depthwise 3 × 3: 9 taps on its own channel, and the bias.");
  });
});

describe("a step without weights", () => {
  it("says of how many cells a mean is, and which is the largest", async () => {
    const mean = await toldOf((steps) => steps.mean("end", INPUT));
    expect(mean.sentence).toBe("The mean of 42 cells, the whole map.");
    expect(mean.products.groups).toMatchObject([{rows: 7, columns: 6, factors: "1/42", name: "input, channel 0"}]);
    const max = await toldOf((steps) => steps.pool("end", INPUT, {pool: "max", window: [3, 3], stride: 2, padding: "same"}));
    expect(max.sentence).toBe("The largest of 6 cells, rows 0–1, columns 0–2.");
    expect(max.products.groups[0]!.total).toBe(Math.max(...Array.from(max.products.groups[0]!.values)));
  });

  it("names what a sum adds, what a copy comes from, and the weights between cells", async () => {
    const conv = (steps: StepList) => steps.conv("conv", INPUT, {kernel: 1, channels: 12, activation: "linear"});
    const sum = await toldOf((steps) => steps.add("end", [INPUT, conv(steps)]));
    expect(sum.sentence).toBe("The sum of the cells at (0, 0) of input and conv.");
    expect(sum.products.groups.map(({name, factors}) => [name, factors])).toEqual([
      ["input", null],
      ["conv", null]
    ]);
    const copy = await toldOf((steps) => steps.concat("end", [INPUT, conv(steps)]), {row: 1, column: 1, channel: 15});
    expect(copy.sentence).toBe("Copied from channel 3 of conv, which lies here among 24.");
    const between = await toldOf((steps) => steps.upsample("end", INPUT, 13, 11), {row: 1, column: 1, channel: 0});
    expect(between.sentence).toBe(
      "Between (0, 0) × 0.25, (0, 1) × 0.25, (1, 0) × 0.25, (1, 1) × 0.25 of input: bilinear weights, which add up to 1."
    );
  });
});

it("a difference is told as it is", () => {
  expect(differenceText({result: 1, value: 1})).toBe("0");
  expect(differenceText({result: 1.00000025, value: 1})).toBe("2.5e-7");
});
