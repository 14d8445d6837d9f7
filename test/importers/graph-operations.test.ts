import {describe, expect, test} from "vitest";
import type {GraphConstant, GraphNode} from "../../src/formats/node-graph.js";
import {foldLayers} from "../../src/importers/fold.js";
import {graphOperations} from "../../src/importers/graph-operations.js";

/** A graph in which "c" is a 1x1 convolution of "x" from one channel to two, with kernel [2, 3]. */
function layerAfter(nodes: readonly Partial<GraphNode>[], constants: Readonly<Record<string, number[]>>) {
  const all = new Map<string, GraphConstant>([["w", {shape: [1, 1, 1, 2], values: new Float32Array([2, 3])}]]);
  for (const [name, values] of Object.entries(constants)) all.set(name, {shape: [values.length], values: new Float32Array(values)});
  const whole = nodes.map((node): GraphNode => ({name: "", op: "", inputs: [], attributes: {}, ...node}));
  return foldLayers(graphOperations({nodes: whole, constants: all})).get("c");
}

const attributes = {strides: [1, 1, 1, 1]};
const conv: Partial<GraphNode> = {name: "c", op: "Conv2D", inputs: ["x", "w"], attributes};
const statistics = {gamma: [1, 2], beta: [0, 1], mean: [0.5, -1], variance: [3, 0]};
/** By hand, epsilon 1: scales 1 / sqrt(4) and 2 / sqrt(1). */
const normalised = {kernel: {values: new Float32Array([1, 6])}, bias: new Float32Array([-0.25, 3])};

test("an unfolded batch normalisation is folded with its own epsilon", () => {
  const bn = {name: "bn", op: "FusedBatchNormV3", inputs: ["c", "gamma", "beta", "mean", "variance"], attributes: {epsilon: 1}};
  expect(layerAfter([conv, bn], statistics)).toMatchObject({...normalised, activation: "linear"});
});

test("one that is an argument of a fused convolution, too", () => {
  const fused = {...attributes, fused_ops: ["FusedBatchNorm", "Relu6"], epsilon: 1};
  const node = {name: "f", op: "_FusedConv2D", inputs: ["x", "w", "gamma", "beta", "mean", "variance"], attributes: fused};
  const all = new Map<string, GraphConstant>([["w", {shape: [1, 1, 1, 2], values: new Float32Array([2, 3])}]]);
  for (const [name, values] of Object.entries(statistics)) all.set(name, {shape: [2], values: new Float32Array(values)});
  const parts = foldLayers(graphOperations({nodes: [node], constants: all}));
  expect([...parts.values()]).toMatchObject([{...normalised, activation: "relu6"}]);
});

test("epsilon is TensorFlow's default where it is not said", () => {
  const bn = {name: "bn", op: "FusedBatchNorm", inputs: ["c", "gamma", "beta", "mean", "variance"]};
  const layer = layerAfter([conv, bn], {gamma: [1, 1], beta: [0, 0], mean: [0, 0], variance: [0, 0]});
  expect(layer).toMatchObject({kernel: {values: new Float32Array([200, 300])}});
});

test("what the TensorFlow.js converter leaves of one, a product and a sum, is folded", () => {
  const layer = layerAfter(
    [conv, {name: "m", op: "Mul", inputs: ["c", "s"]}, {name: "a", op: "Add", inputs: ["m", "o"]}, {name: "r", op: "Relu6", inputs: ["a"]}],
    {s: [10, 100], o: [1, -1]}
  );
  expect(layer).toMatchObject({kernel: {values: new Float32Array([20, 300])}, bias: new Float32Array([1, -1]), activation: "relu6"});
});

test("a frozen variable is read through its identity, on either side of a product", () => {
  const layer = layerAfter([conv, {name: "read", op: "Identity", inputs: ["s"]}, {name: "m", op: "Mul", inputs: ["read", "c"]}], {
    s: [10, 100]
  });
  expect(layer).toMatchObject({kernel: {values: new Float32Array([20, 300])}});
});

test("a batch normalisation in training form, and simulated quantisation, are refused", () => {
  const bn = {name: "bn", op: "FusedBatchNormV3", inputs: ["c", "gamma", "beta", "mean", "variance"]};
  expect(() => layerAfter([conv, bn], {...statistics, mean: []})).toThrow(
    /"bn" lacks its four lists of constants: export the graph for inference/
  );
  expect(() => layerAfter([{name: "q", op: "FakeQuantWithMinMaxVars"}], {})).toThrow(/simulates quantisation .* give the .tflite/);
});

describe("what a node says is kept", () => {
  const operation = (node: Partial<GraphNode>, constants: Readonly<Record<string, number[]>> = {}) => {
    const all = new Map(
      Object.entries(constants).map(([name, values]) => [name, {shape: [values.length], values: new Float32Array(values)}])
    );
    all.set("w", {shape: [3, 3, 1, 1], values: new Float32Array(9)});
    return graphOperations({nodes: [{name: "n", op: "", inputs: ["x"], attributes: {}, ...node}], constants: all}).get("n");
  };
  const sides = {strides: [1, 2, 2, 1]};
  const nhwc = (top: number, bottom: number, left: number, right: number) => [0, 0, top, bottom, left, right, 0, 0];
  const cases: [string, Partial<GraphNode>, Record<string, number[]>, object][] = [
    [
      "corners aligned",
      {op: "ResizeBilinear", inputs: ["x", "s"], attributes: {align_corners: true}},
      {s: [33, 65]},
      {mode: "corners", size: [33, 65]}
    ],
    ["half-pixel centres", {op: "ResizeBilinear", attributes: {half_pixel_centers: true}}, {}, {mode: "half_pixel", size: null}],
    ["neither of them", {op: "ResizeBilinear"}, {}, {mode: "neither"}],
    [
      "a pool's window, stride and padding",
      {op: "MaxPool", attributes: {ksize: [1, 3, 2, 1], padding: "SAME", ...sides}},
      {},
      {op: "pool", kind: "max", window: [3, 2], stride: [2, 2], padding: "same"}
    ],
    [
      "a mean in windows",
      {op: "AvgPool", attributes: {ksize: [1, 9, 9, 1], padding: "VALID", ...sides}},
      {},
      {op: "pool", kind: "mean", padding: "valid"}
    ],
    ["a mean over the map", {op: "Mean", inputs: ["x", "a"], attributes: {keep_dims: true}}, {a: [-2, 1]}, {op: "mean"}],
    ["a mean over something else", {op: "Mean", inputs: ["x", "a"], attributes: {keep_dims: true}}, {a: [3]}, {op: "other", what: "Mean"}],
    ["a mean that is no map any more", {op: "Mean", inputs: ["x", "a"]}, {a: [1, 2]}, {op: "other"}],
    ["VALID", {op: "Conv2D", inputs: ["x", "w"], attributes: {padding: "VALID", ...sides}}, {}, {op: "conv", padding: "valid"}],
    [
      "EXPLICIT",
      {op: "Conv2D", inputs: ["x", "w"], attributes: {padding: "EXPLICIT", explicit_paddings: nhwc(1, 2, 3, 4), ...sides}},
      {},
      {op: "conv", padding: {before: [1, 3], after: [2, 4]}}
    ],
    [
      "zeros before a convolution",
      {op: "Pad", inputs: ["x", "p"]},
      {p: nhwc(1, 1, 1, 1)},
      {op: "pad", margins: {before: [1, 1], after: [1, 1]}}
    ],
    ["zeros that a run counts", {op: "Pad", inputs: ["x", "computed"]}, {}, {op: "pad", margins: null}],
    ["a product of two", {op: "Mul", inputs: ["x", "y"]}, {}, {op: "multiply", inputs: ["x", "y"]}],
    ["a quotient", {op: "RealDiv", inputs: ["x", "six"]}, {six: [4]}, {op: "affine", scale: new Float32Array([0.25])}],
    ["a sigmoid", {op: "Sigmoid"}, {}, {op: "activation", activation: "sigmoid"}],
    ["channels joined", {op: "ConcatV2", inputs: ["x", "y", "axis"]}, {axis: [3]}, {op: "concat", inputs: ["x", "y"]}],
    ["rows joined", {op: "ConcatV2", inputs: ["x", "y", "axis"]}, {axis: [1]}, {op: "other", what: "ConcatV2"}]
  ];
  test.each(cases)("%s", (_, node, constants, expected) => expect(operation(node, constants)).toMatchObject(expected));
});
