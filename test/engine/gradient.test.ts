import {convolutionOf} from "../../src/engine/steps/convolution.js";
import {readFile} from "node:fs/promises";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
// Registers the gradients that ours are compared with.
import "@tensorflow/tfjs";
import sharp from "sharp";
import {beforeAll, describe, expect, it} from "vitest";
import {fieldBox} from "../../src/engine/field-box.js";
import type {Box} from "../../src/engine/field-box.js";
import {inputGradient, pointSeed} from "../../src/engine/gradient.js";
import type {Network} from "../../src/engine/network.js";
import {ownRates, plan, stepNamed} from "../../src/engine/plan.js";
import type {Plan} from "../../src/engine/plan.js";
import {execute} from "../../src/engine/execute.js";
import {released} from "../../src/engine/released.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {StepList} from "../../src/engine/step-list.js";
import type {Step} from "../../src/engine/steps/kinds.js";
import {randomWeights as weightsOfSteps} from "../../src/engine/random-weights.js";
import {loadWeights} from "../../src/engine/weights.js";
import type {DeviceWeights} from "../../src/engine/weights.js";
import {readModel} from "../../src/importers/model-file.js";
import {useBackend} from "../backend.js";
import {largestDifference} from "../exactness/difference.js";
import {tiny} from "../exactness/tiny.js";
import {complete, quantisable, randomWeights} from "./networks.js";

const POOLING = ["aspp/image_pooling"];

function noise(height: number, width: number, seed = 5): tf.Tensor4D {
  const next = pseudoRandom(seed);
  return tf.tensor4d(
    Float32Array.from({length: height * width * 3}, () => next() * 2 - 1),
    [1, height, width, 3]
  );
}

/** The gradient of one value of an end point, row by row. */
async function gradientOf(
  planned: Plan,
  weights: DeviceWeights,
  input: tf.Tensor4D,
  endPoint: string,
  at: {channel: number; row: number; column: number},
  without: readonly string[] = []
): Promise<Float32Array> {
  const seed = pointSeed(stepNamed(planned, endPoint), at);
  const gradient = inputGradient(planned.steps, weights, input, endPoint, seed, {without});
  const values = (await gradient.data()) as Float32Array;
  tf.dispose([seed, gradient]);
  return values;
}

const largest = (values: ArrayLike<number>) => Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe("against TensorFlow.js, which can where no rate is above 1", () => {
  beforeAll(() => useBackend("cpu"));

  const middle = ({height, width}: Step) => ({row: (height - 1) / 2 + (height > 1 ? 0.25 : 0), column: (width - 1) / 2});
  /** At output stride 32 the backbone has no rates, and these rates of ASPP round to 1. */
  const undilated = (network: Network, height: number, width: number) =>
    plan(network, {height, width, outputStride: 32, ...(ownRates(network).length === 2 && {rates: [1, 1]})});

  it.each([
    ["odd", complete, 65, 65, "logits"],
    ["even, padded on one side only", complete, 66, 66, "logits"],
    // Not square: TensorFlow.js confuses the sides in its gradient of bilinear upsampling on the cpu backend, so up to ASPP only.
    ["uneven", complete, 49, 78, "aspp/projection"],
    ["odd, nothing after depthwise convolutions", quantisable, 65, 65, "logits"],
    ["odd, without a decoder", released(0.35), 65, 49, "logits"],
    ["even, before ASPP", released(0.35), 40, 36, "backbone/block_16/depthwise"],
    ["odd, behind the global mean", complete, 33, 33, "aspp/image_pooling"]
  ] as const)("sizes %s", async (_, network, height, width, endPoint) => {
    const weights = loadWeights({network, weights: randomWeights(network)});
    const planned = undilated(network, height, width);
    expect(Math.max(...planned.steps.map((step) => convolutionOf(step)?.rate ?? 1))).toBe(1);
    const input = noise(height, width);
    const step = stepNamed(planned, endPoint);
    const seed = tf.addN(
      Array.from({length: step.channels}, (_, channel) => tf.mul(pointSeed(step, {channel, ...middle(step)}), 1 + channel / 3))
    );
    const before = tf.memory().numTensors;
    const own = inputGradient(planned.steps, weights, input, endPoint, seed as tf.Tensor4D);
    expect(tf.memory().numTensors).toBe(before + 1);
    const theirs = tf.grad((x) => tf.sum(tf.mul(execute(planned.steps, weights, x as tf.Tensor4D, [endPoint])[endPoint]!, seed)))(input);
    const expected = await theirs.data();
    expect(largest(expected)).toBeGreaterThan(1e-3);
    expect(largestDifference(await own.data(), expected)).toBeLessThan(1e-5 * largest(expected));
  });

  it("batch norm before its convolution, and a sum read twice", async () => {
    const steps = new StepList({height: 20, width: 23, channels: 3});
    const stem = steps.conv("stem", "input", {kernel: 7, channels: 6, stride: 2, activation: "linear"});
    const norm = steps.batchNorm("norm", stem, "relu");
    const conv = steps.conv("conv", norm, {kernel: 3, channels: 6, activation: "relu6"});
    const sum = steps.add("sum", [stem, conv], "relu");
    const again = steps.add("again", [sum, norm]);
    const {list} = steps;
    const tensors = Object.fromEntries(
      Object.entries(weightsOfSteps(list, 3)).map(([name, {shape, values}]) => [name, tf.tensor(values, [...shape])])
    );
    const weights = {tensors};
    const input = noise(20, 23);
    const seed = pointSeed(steps.get(again), {channel: 2, row: 4.5, column: 11});
    const own = await inputGradient(list, weights, input, again, seed).data();
    const expected = await tf
      .grad((x) => tf.sum(tf.mul(execute(list, weights, x as tf.Tensor4D, [again])[again]!, seed)))(input)
      .data();
    expect(largest(expected)).toBeGreaterThan(1e-3);
    expect(largestDifference(own, expected)).toBeLessThan(1e-5 * largest(expected));
  });
});

describe("nano", () => {
  const SIDE = 129;
  /** Where many gradients are computed, or one on the cpu backend. */
  const SMALL = 65;
  const planned = (outputStride: number, network: Network, side = SIDE) => plan(network, {height: side, width: side, outputStride});
  let network: Network;
  let weights: DeviceWeights;
  let input: tf.Tensor4D;
  let small: tf.Tensor4D;
  const AT = {channel: 15, row: 14.5, column: 17.25};
  const AT_SMALL = {channel: 15, row: 7.5, column: 8.25};

  async function start(backend: "wasm" | "cpu"): Promise<void> {
    await useBackend(backend);
    const model = readModel(await readFile(path.join(import.meta.dirname, "../../data/models/nano.safetensors")));
    network = model.network;
    weights = loadWeights(model);
    input = await photo(SIDE);
    small = await photo(SMALL);
  }
  async function photo(side: number): Promise<tf.Tensor4D> {
    const pixels = await sharp(path.join(import.meta.dirname, "../fixtures/nano/reference_input.png"))
      .resize(side, side, {fit: "fill"})
      .removeAlpha()
      .raw()
      .toBuffer();
    return tf.tensor4d(
      Float32Array.from(pixels, (value) => value / 127.5 - 1),
      [1, side, side, 3]
    );
  }
  beforeAll(() => start("wasm"));

  /**
   * In float32 a step has to be wide to stand out of the rounding (about 1e-6 of a logit), and then it crosses kinks of
   * ReLUs, at which the gradient jumps. The slope over a step is the mean of the gradient along it, kinks and all: that
   * is what is compared, at five of the pixels that count most.
   */
  it("has the gradient that central differences find at five input pixels, to 1 %", async () => {
    const run = planned(16, network, SMALL);
    const values = await small.data();
    const gradient = await gradientOf(run, weights, small, "logits", AT_SMALL);
    const strongest = [...gradient.keys()].sort((a, b) => Math.abs(gradient[b]!) - Math.abs(gradient[a]!));
    /** A batch of the photo with one of its values changed, each time by another amount. */
    const changedAt = (index: number, changes: readonly number[]) => {
      const changed = new Float32Array(changes.length * values.length);
      changes.forEach((change, n) => {
        changed.set(values, n * values.length);
        changed[n * values.length + index]! += change;
      });
      return tf.tensor4d(changed, [changes.length, SMALL, SMALL, 3]);
    };
    const seed = pointSeed(stepNamed(run, "logits"), AT_SMALL);
    const logits = (photos: tf.Tensor4D) =>
      tf.tidy(() => tf.sum(tf.mul(execute(run.steps, weights, photos, ["logits"])["logits"]!, seed), [1, 2, 3]).dataSync());
    const reach = 8e-3;
    const points = 20;
    const along = Array.from({length: points}, (_, i) => reach * ((2 * i + 1) / points - 1));
    const seeds = tf.tile(seed, [points, 1, 1, 1]);
    for (const index of [0, 4, 12, 40, 120].map((rank) => strongest[rank]!)) {
      const [before, after] = logits(changedAt(index, [-reach, reach]));
      const slope = (after! - before!) / (2 * reach);
      const moved = changedAt(index, along);
      const gradients = inputGradient(run.steps, weights, moved, "logits", seeds);
      const found = await gradients.data();
      tf.dispose([moved, gradients]);
      const mean = along.reduce((sum, _, n) => sum + found[n * values.length + index]! / points, 0);
      expect(Math.abs(mean - slope)).toBeLessThan(0.01 * Math.abs(slope));
    }
  });

  it.each([
    ["backbone/block_03/project", 5, 8.5, 8.5],
    ["backbone/block_02/project", 2, 15, 16.75],
    ["backbone/block_05/project", 3, 1, 7]
  ] as const)("sees nothing outside the theoretical box of %s, and something inside", async (endPoint, channel, row, column) => {
    const run = planned(16, network);
    const gradient = await gradientOf(run, weights, input, endPoint, {channel, row, column});
    expectInside(gradient, fieldBox(run.steps, endPoint, {row, column})!, SIDE);
  });

  it("looks at the whole photo through image pooling", async () => {
    const run = planned(16, network);
    expect(fieldBox(run.steps, "logits", AT)).toEqual({top: 0, bottom: SIDE - 1, left: 0, right: SIDE - 1});
    const whole = await gradientOf(run, weights, input, "logits", AT);
    const local = await gradientOf(run, weights, input, "logits", AT, POOLING);
    const pooled = await gradientOf(
      run,
      weights,
      input,
      "logits",
      AT,
      run.steps.filter(({name}) => /^aspp\/(atrous|conv)|^decoder\/low_level/.test(name)).map(({name}) => name)
    );
    expect(largestDifference(whole, local)).toBeGreaterThan(1e-3 * largest(whole));
    // What comes by way of pooling and what comes past it are the whole.
    expect(
      largestDifference(
        whole,
        local.map((value, i) => value + pooled[i]!)
      )
    ).toBeLessThan(1e-5 * largest(whole));
  });

  it("is the same on cpu and WASM", async () => {
    const onWasm = await gradientOf(planned(8, network, SMALL), weights, small, "logits", AT_SMALL);
    await start("cpu");
    const onCpu = await gradientOf(planned(8, network, SMALL), weights, small, "logits", AT_SMALL);
    // Rounding may put an activation on the other side of a kink, and its whole share with it.
    expect(largestDifference(onWasm, onCpu)).toBeLessThan(0.02 * largest(onCpu));
  });
});

it("says what does not fit", async () => {
  await useBackend("cpu");
  const weights = loadWeights({network: complete, weights: randomWeights(complete)});
  const {steps} = plan(complete, {height: 33, width: 33});
  const logits = steps.at(-1)!;
  const input = noise(33, 33);
  expect(() => inputGradient(steps, weights, input, "logits", tf.zeros([1, 1, 1, 5]))).toThrow("takes weights of shape [1, 9, 9, 5]");
  expect(() => pointSeed(logits, {channel: 5, row: 0, column: 0})).toThrow("no channel 5");
  expect(() => pointSeed(logits, {channel: 0, row: 8.5, column: 0})).toThrow("row 8.5");
  // Nothing is left to come through.
  const zeros = inputGradient(steps, weights, input, "logits", pointSeed(logits, {channel: 0, row: 4, column: 4}), {without: ["logits"]});
  expect(largest(await zeros.data())).toBe(0);
});

it("has logits that see nothing outside the branches' boxes without image pooling, and all with it", async () => {
  await useBackend("wasm");
  const network: Network = {
    ...tiny,
    head: {
      ...tiny.head,
      aspp: {...tiny.head.aspp, branches: [{kind: "image_pooling", name: "image_pooling", channels: 4}, ...tiny.head.aspp.branches]}
    }
  };
  const weights = loadWeights({network, weights: randomWeights(network)});
  const planned = plan(network, {height: 65, width: 65, rates: [2, 4]});
  const input = noise(65, 65);
  const at = {channel: 1, row: 15.5, column: 17};
  const local = await gradientOf(planned, weights, input, "logits", at, POOLING);
  const box = fieldBox(planned.steps, "logits", at, POOLING)!;
  // Features of 33 cells; the larger rate reaches 4 cells of 2 pixels beyond the 3x3 layers before it, of 1 and of 2 pixels.
  expect(box).toEqual({top: 15 * 2 - 8 - 2 - 1, bottom: 16 * 2 + 8 + 2 + 1, left: 17 * 2 - 8 - 2 - 1, right: 17 * 2 + 8 + 2 + 1});
  expectInside(local, box, 65);
  // Every pixel that an open ReLU leads to; some are closed.
  const whole = await gradientOf(planned, weights, input, "logits", at);
  const outside = whole.filter((value, index) => value !== 0 && !isIn(box, Math.floor(index / 195), Math.floor(index / 3) % 65));
  expect(outside.length).toBeGreaterThan(whole.length / 2);
});

/** Checks that a gradient is zero outside a box smaller than the photo, and not everywhere inside. */
function expectInside(gradient: Float32Array, box: Box, side: number): void {
  expect((box.bottom - box.top + 1) * (box.right - box.left + 1)).toBeLessThan(side * side);
  let inside = 0;
  gradient.forEach((value, index) => {
    const pixel = Math.floor(index / 3);
    if (isIn(box, Math.floor(pixel / side), pixel % side)) inside = Math.max(inside, Math.abs(value));
    else if (value !== 0) expect.fail(`${value} at pixel ${pixel}, outside of ${JSON.stringify(box)}`);
  });
  expect(inside).toBeGreaterThan(0);
}

function isIn({top, bottom, left, right}: Box, row: number, column: number): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}
