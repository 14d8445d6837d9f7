import {expect, test} from "vitest";
import type {Weight} from "../../src/engine/model.js";
import {foldLayers} from "../../src/importers/fold.js";
import type {Operation} from "../../src/importers/operations.js";

/** One 1x1 convolution from two channels to two, and what follows it. */
const kernel: Weight = {shape: [1, 1, 2, 2], values: new Float32Array([1, 2, 3, 4])};
const conv: Operation = {op: "conv", input: "x", kernel, stride: 2, rate: 1};
const fold = (entries: [string, Operation][]) => foldLayers(new Map(entries));

test("scale and shift of output channels go into kernel and bias", () => {
  const parts = fold([
    ["c", conv],
    ["bias", {op: "affine", input: "c", shift: new Float32Array([1, -1])}],
    ["norm", {op: "affine", input: "bias", scale: new Float32Array([2, 10]), shift: new Float32Array([0.5, 0])}],
    ["relu", {op: "activation", input: "norm", activation: "relu"}],
    ["end", {op: "mean", input: "relu"}]
  ]);
  expect(parts.get("c")).toMatchObject({
    kernel: {values: new Float32Array([2, 20, 6, 40])},
    bias: new Float32Array([2.5, -10]),
    activation: "relu",
    stride: 2
  });
  expect(parts.get("end")).toMatchObject({op: "mean", inputs: ["c"]});
  expect(parts.size).toBe(2);
});

test("one factor may hold for all channels", () => {
  const parts = fold([
    ["c", conv],
    ["s", {op: "affine", input: "c", scale: new Float32Array([3])}]
  ]);
  expect(parts.get("c")).toMatchObject({kernel: {values: new Float32Array([3, 6, 9, 12])}});
});

test("the rate of SpaceToBatchND goes to the convolution inside", () => {
  const parts = fold([
    ["space", {op: "atrous", input: "x", rate: 4}],
    ["c", {...conv, input: "space", stride: 1}],
    ["batch", {op: "same", input: "c"}],
    ["norm", {op: "affine", input: "batch", shift: new Float32Array([7])}]
  ]);
  expect(parts.get("c")).toMatchObject({rate: 4, inputs: ["x"], bias: new Float32Array([7, 7])});
});

test("a map is not folded where something else reads the bare convolution, or after an activation", () => {
  const shared = fold([
    ["c", conv],
    ["s", {op: "affine", input: "c", scale: new Float32Array([3])}],
    ["end", {op: "add", inputs: ["c", "s"]}]
  ]);
  expect(shared.get("s")).toMatchObject({op: "affine", inputs: ["c"], scale: new Float32Array([3])});
  const late = fold([
    ["c", conv],
    ["r", {op: "activation", input: "c", activation: "relu"}],
    ["s", {op: "affine", input: "r", shift: new Float32Array([3])}]
  ]);
  expect(late.get("s")).toMatchObject({op: "affine", inputs: ["c"], shift: new Float32Array([3])});
});

test("a graph that reads itself, or a list of the wrong length, is refused", () => {
  expect(() =>
    fold([
      ["a", {op: "same", input: "b"}],
      ["b", {op: "same", input: "a"}]
    ])
  ).toThrow(/depends on itself/);
  expect(() =>
    fold([
      ["c", conv],
      ["s", {op: "affine", input: "c", shift: new Float32Array(3)}]
    ])
  ).toThrow(/2 channels, but 3 values/);
});
