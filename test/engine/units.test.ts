import * as tf from "@tensorflow/tfjs-core";
import {describe, expect, it} from "vitest";
import {dilation} from "../../src/engine/dilation.js";
import {execute} from "../../src/engine/execute.js";
import type {Network, Unit} from "../../src/engine/network.js";
import {plan, stepNamed, weightShapes} from "../../src/engine/plan.js";
import {convolutionOf} from "../../src/engine/steps/convolution.js";
import {useBackend} from "../backend.js";
import {complete, quantisable} from "./networks.js";

const relu = "relu" as const;
/** One unit of each kind, with every stride that there is: 2 x 2 x 2 x 2 x 2. */
const units: readonly Unit[] = [
  {kind: "conv", name: "root", kernel: 7, channels: 8, stride: 2, activation: relu},
  {kind: "pool", name: "pool", pool: "max", window: 3, channels: 8, stride: 2},
  {kind: "basic", name: "basic", channels: 12, stride: 2, shortcut: "projection", activation: relu},
  {
    kind: "separable",
    name: "exit",
    channels: 16,
    parts: [12, 12, 16],
    stride: 2,
    activationAt: "before",
    activation: relu,
    shortcut: "conv"
  },
  {kind: "bottleneck", name: "last", order: "post", channels: 16, reducedChannels: 4, stride: 2, shortcut: "identity", activation: relu},
  {
    kind: "bottleneck",
    name: "grid",
    order: "post",
    channels: 16,
    reducedChannels: 4,
    stride: 1,
    rateFactor: 4,
    shortcut: "identity",
    activation: relu
  }
];
const network: Network = {
  ...complete,
  backbone: {family: "each", options: {}, units, skips: {4: "pool"}},
  head: {...complete.head, decoder: []},
  padding: "fixed"
};

describe("strides and rates", () => {
  const at = (outputStride: number) =>
    plan(network, {height: 129, width: 129, outputStride}).units.map(({name, stride, rate}) => `${name} ${stride}/${rate}`);
  it("become what the rule says, multi-grid on top", () => {
    expect(at(32)).toEqual(["root 2/1", "pool 2/1", "basic 2/1", "exit 2/1", "last 2/1", "grid 1/4"]);
    expect(at(16)).toEqual(["root 2/1", "pool 2/1", "basic 2/1", "exit 2/1", "last 1/1", "grid 1/8"]);
    expect(at(8)).toEqual(["root 2/1", "pool 2/1", "basic 2/1", "exit 1/1", "last 1/2", "grid 1/16"]);
  });
  it("are those of the layer that each unit names as its carrier", () => {
    const planned = plan(network, {height: 129, width: 129, outputStride: 8});
    for (const {carrier, stride, rate} of planned.units) {
      const layer = convolutionOf(stepNamed(planned, carrier));
      if (layer) expect([layer.stride, layer.rate], carrier).toEqual([stride, rate]);
    }
    expect(planned.features).toBe("backbone/grid");
  });
  it("keep strides that were taken before the first layer", () => {
    expect(dilation(16, {reached: 4})(2)).toEqual({stride: 2, rate: 1});
    expect(dilation(16, {reached: 16})(2)).toEqual({stride: 1, rate: 1});
  });
});

it("fixed padding is that of strided kernels above 1x1, not of pools, and gives way where the stride became a rate", () => {
  const paddings = (outputStride: number) =>
    Object.fromEntries(
      plan(network, {height: 129, width: 129, outputStride})
        .steps.flatMap((step) => convolutionOf(step) ?? [])
        .filter(({name, kernel}) => name.startsWith("backbone/") && kernel[0] > 1)
        .map(({name, padding}) => [name.slice("backbone/".length), padding])
    );
  expect(paddings(32)).toMatchObject({
    root: "fixed",
    "basic/conv_1": "fixed",
    "basic/conv_2": "same",
    "exit/separable_1/depthwise": "same",
    "exit/separable_3/depthwise": "fixed",
    "last/conv": "fixed"
  });
  expect(paddings(8)).toMatchObject({"exit/separable_3/depthwise": "same", "last/conv": "same"});
  expect(stepNamed(plan(network, {height: 129, width: 129}), "backbone/pool")).toMatchObject({op: "pool", padding: "same"});
});

it("weights of every unit, by hand", () => {
  expect(weightShapes(network)).toMatchObject({
    "backbone/root/kernel": [7, 7, 3, 8],
    "backbone/basic/shortcut/kernel": [1, 1, 8, 12],
    "backbone/basic/conv_2/kernel": [3, 3, 12, 12],
    "backbone/exit/separable_2/depthwise/kernel": [3, 3, 12, 1],
    "backbone/exit/separable_3/pointwise/kernel": [1, 1, 12, 16],
    "backbone/last/reduce/kernel": [1, 1, 16, 4],
    "backbone/last/restore/bias": [16]
  });
  // An identity that strides takes every second cell, without weights.
  expect(Object.keys(weightShapes(network)).filter((name) => name.startsWith("backbone/last/shortcut"))).toEqual([]);
});

it("what follows depthwise convolutions is said once for units, branches and decoder; their neighbours keep their own", () => {
  const planned = plan(quantisable, {height: 65, width: 65});
  const depthwise = planned.steps.filter(({op}) => op === "depthwise");
  expect(depthwise.map(({name}) => name.split("/")[0])).toEqual([...Array.from({length: 17}, () => "backbone"), "aspp", "decoder"]);
  for (const step of depthwise) expect(step).toMatchObject({bias: false, activation: "linear"});
  for (const name of ["backbone/conv", "backbone/block_03/expand", "aspp/atrous_0/pointwise", "decoder/conv_0/pointwise"]) {
    expect(stepNamed(planned, name)).toMatchObject({bias: true, activation: "relu"});
  }
  // Separable units have theirs, too.
  const biases = (of: Network) => Object.keys(weightShapes(of)).filter((name) => name.endsWith("/depthwise/bias"));
  expect(biases(network)).not.toEqual([]);
  expect(biases({...network, depthwise: {activation: "linear", bias: false}})).toEqual([]);
});

it("a mean and a deviation of a network's own are its first unit: what the photo becomes is what the papers' formula says", async () => {
  await useBackend("cpu");
  const mean = [0.485, 0.456, 0.406];
  const deviation = [0.229, 0.224, 0.225];
  const normalise: Unit = {kind: "affine", name: "normalise", channels: 3, stride: 1, activation: "linear"};
  const normalised: Network = {...network, backbone: {...network.backbone, units: [normalise, ...units]}};
  const bytes = [0, 64, 255];
  const photo = tf.tensor4d(
    Array.from({length: 33 * 33}, () => bytes)
      .flat()
      .map((byte) => byte / 127.5 - 1),
    [1, 33, 33, 3]
  );
  const tensors = {
    "backbone/normalise/scale": tf.tensor1d(deviation.map((value) => 1 / (2 * value))),
    "backbone/normalise/shift": tf.tensor1d(mean.map((value, channel) => (0.5 - value) / deviation[channel]!))
  };
  const {steps} = plan(normalised, {height: 33, width: 33});
  const name = "backbone/normalise";
  const given = await execute(steps, {tensors}, photo, [name])[name]!.data();
  const expected = bytes.map((byte, channel) => (byte / 255 - mean[channel]!) / deviation[channel]!);
  expected.forEach((value, channel) => expect(given[channel]).toBeCloseTo(value, 5));
});

it("refuses a network whose layers do not fit", () => {
  const bad: Unit = {
    kind: "inverted",
    name: "bad",
    kernel: 3,
    inputChannels: 16,
    expandedChannels: 32,
    channels: 20,
    stride: 1,
    activation: relu,
    residual: true
  };
  expect(() => plan({...network, backbone: {...network.backbone, units: [...units, bad]}}, {height: 65, width: 65})).toThrow(
    "cannot be joined cell by cell"
  );
  expect(() => plan({...network, backbone: {...network.backbone, units: [units[0]!, units[0]!]}}, {height: 65, width: 65})).toThrow(
    'two layers "backbone/root"'
  );
});
