import {describe, expect, test} from "vitest";
import {readOnnx} from "../../src/formats/onnx.js";
import {findNetwork} from "../../src/importers/find-network.js";
import {foldLayers} from "../../src/importers/fold.js";
import {onnxOperations} from "../../src/importers/onnx-operations.js";
import {complete, randomWeights} from "../engine/networks.js";
import {PHOTO, floats, onnxFile, wholes} from "../formats/tiny-onnx.js";
import type {TinyNode, TinyOnnx, TinyTensor} from "../formats/tiny-onnx.js";
import {operationsOf} from "./operations-of.js";
import {onnxOf} from "./written-onnx.js";

/** The operation that a node is, which reads the photo of 65 x 65. */
function operation(
  {op, inputs = [], attributes = {}}: Partial<TinyNode> & {readonly op: string},
  tensors: readonly TinyTensor[] = [],
  file: Partial<TinyOnnx> = {}
) {
  const nodes = [{op, inputs: [PHOTO, ...inputs], output: "out", attributes}];
  return operationsIn({nodes, tensors, ...file}).get("out");
}
const operationsIn = (file: TinyOnnx) => onnxOperations(readOnnx(onnxFile(file)));
const upTo = (name: string, dims: readonly number[]) =>
  floats(
    name,
    dims,
    Array.from({length: dims.reduce((a, b) => a * b, 1)}, (_, i) => i)
  );

describe("kernels come in our layout", () => {
  test("from output x input x height x width", () => {
    const found = operation({op: "Conv", inputs: ["w"]}, [upTo("w", [4, 3, 1, 2])]);
    expect(found).toMatchObject({op: "conv", input: PHOTO, stride: 1, rate: 1, padding: "valid", kernel: {shape: [1, 2, 3, 4]}});
    // Of the third output (6 values an output), second input, second column.
    expect((found as {kernel: {values: Float32Array}}).kernel.values[(1 * 3 + 1) * 4 + 2]).toBe(2 * 6 + 1 * 2 + 1);
  });
  test("depthwise", () => {
    const found = operation({op: "Conv", inputs: ["w"], attributes: {group: 3, dilations: [2, 2], pads: [2, 2, 2, 2]}}, [
      upTo("w", [3, 1, 3, 3])
    ]);
    expect(found).toMatchObject({op: "depthwise", rate: 2, padding: {before: [2, 2], after: [2, 2]}, kernel: {shape: [3, 3, 3, 1]}});
    expect((found as {kernel: {values: Float32Array}}).kernel.values[4 * 3 + 1]).toBe(9 + 4);
  });
  test("from bytes with a scale a channel, or one for all", () => {
    const bytes: TinyTensor = {name: "bytes", dims: [2, 3, 1, 1], dataType: 2, int32Data: [1, 2, 3, 4, 5, 6]};
    const values = (scale: TinyTensor, zeroPoint: TinyTensor) => {
      const nodes = [
        {op: "DequantizeLinear", inputs: ["bytes", "scale", "zero"], output: "w", attributes: {axis: 0}},
        {op: "Conv", inputs: [PHOTO, "w"], output: "out"}
      ];
      const found = operationsIn({nodes, tensors: [bytes, scale, zeroPoint]}).get("out");
      return Array.from((found as {kernel: {values: Float32Array}}).kernel.values);
    };
    const zero = {name: "zero", dataType: 2};
    expect(values(floats("scale", [2], [0.5, 2]), {...zero, dims: [2], int32Data: [1, 4]})).toEqual([0, 0, 0.5, 2, 1, 4]);
    expect(values(floats("scale", [], [0.5]), {...zero, dims: [], int32Data: [1]})).toEqual([0, 1.5, 0.5, 2, 1, 2.5]);
  });
});

describe("margins are TensorFlow's, the same on both sides, or either", () => {
  const padding = (attributes: NonNullable<TinyNode["attributes"]>, side: number, producer = "test") =>
    operation({op: "Conv", inputs: ["w"], attributes: {strides: [2, 2], ...attributes}}, [upTo("w", [4, 3, 3, 3])], {
      input: [1, 3, side, side],
      producer
    });
  test.each<[string, ReturnType<typeof padding>, unknown]>([
    ["said so", padding({auto_pad: "SAME_UPPER"}, 65), "same"],
    ["none", padding({auto_pad: "VALID"}, 65), "valid"],
    ["behind alone, where a map is even", padding({pads: [0, 0, 1, 1]}, 64), "same"],
    ["behind alone, where it is not", padding({pads: [0, 0, 1, 1]}, 65), {before: [0, 0], after: [1, 1]}],
    ["on both sides, where a map is even", padding({pads: [1, 1, 1, 1]}, 64), {before: [1, 1], after: [1, 1]}],
    ["on both sides, where TensorFlow would pad so", padding({pads: [1, 1, 1, 1]}, 65), "same_or_fixed"],
    ["by PyTorch, which pads so at any size", padding({pads: [1, 1, 1, 1]}, 65, "pytorch"), {before: [1, 1], after: [1, 1]}],
    ["where any size is even", padding({pads: [0, 0, 1, 1]}, 0), "same"]
  ])("%s", (_, found, expected) => expect(found).toMatchObject({op: "conv", padding: expected}));

  test("in a node of their own, as TensorFlow's size asks for, they are those of PyTorch's copies of it", () => {
    const nodes = [
      {op: "Pad", inputs: [PHOTO, "pads"], output: "padded"},
      {op: "Conv", inputs: ["padded", "w"], output: "out", attributes: {strides: [2, 2]}}
    ];
    const found = (side: number, pads: readonly number[]) =>
      operationsIn({nodes, tensors: [upTo("w", [4, 3, 3, 3]), wholes("pads", pads)], input: [1, 3, side, side], producer: "pytorch"}).get(
        "out"
      );
    expect(found(64, [0, 0, 0, 0, 0, 0, 1, 1])).toMatchObject({input: PHOTO, padding: "same"});
    expect(found(65, [0, 0, 1, 1, 0, 0, 1, 1])).toMatchObject({input: PHOTO, padding: "same"});
    expect(found(64, [0, 0, 1, 1, 0, 0, 1, 1])).toMatchObject({input: "padded", padding: "valid"});
  });
});

const three = (name: string, value: number) => floats(name, [], [value]);
const resized = (
  attributes: object,
  opset: number,
  inputs: readonly string[],
  tensors: readonly TinyTensor[],
  file: Partial<TinyOnnx> = {}
) => operation({op: opset < 10 ? "Upsample" : "Resize", inputs, attributes: {mode: "linear", ...attributes}}, tensors, {opset, ...file});
const scales = floats("scales", [4], [1, 1, 2, 2]);
const sizes = wholes("sizes", [1, 3, 129, 97]);

const cases: [string, ReturnType<typeof operation>, object][] = [
  ["ReLU6 with its bounds as inputs", operation({op: "Clip", inputs: ["a", "b"]}, [three("a", 0), three("b", 6)]), {activation: "relu6"}],
  ["ReLU6 with its bounds as attributes", operation({op: "Clip", attributes: {min: 0, max: 6}}, [], {opset: 9}), {activation: "relu6"}],
  ["ReLU as a bound below", operation({op: "Max", inputs: ["a"]}, [three("a", 0)]), {activation: "relu"}],
  ["other bounds", operation({op: "Clip", attributes: {min: -1, max: 1}}, [], {opset: 9}), {op: "other", what: "ONNX's Clip to -1 and 1"}],
  ["a hard sigmoid", operation({op: "HardSigmoid", attributes: {alpha: 1 / 6}}), {activation: "hard_sigmoid"}],
  ["a steeper one", operation({op: "HardSigmoid"}), {op: "other", what: "ONNX's HardSigmoid of slope 0.2 and height 0.5"}],
  ["a number less", operation({op: "Sub", inputs: ["a"]}, [three("a", 2)]), {op: "affine", shift: Float32Array.of(-2)}],
  [
    "a quotient a channel",
    operation({op: "Div", inputs: ["a"]}, [floats("a", [3, 1, 1], [2, 4, 8])]),
    {scale: Float32Array.of(0.5, 0.25, 0.125)}
  ],
  ["a constant along rows", operation({op: "Mul", inputs: ["a"]}, [floats("a", [1, 65], new Float32Array(65))]), {op: "other"}],
  ["a sum of maps", operation({op: "Sum", inputs: [PHOTO]}), {op: "add", inputs: [PHOTO, PHOTO]}],
  ["channels joined", operation({op: "Concat", inputs: [PHOTO], attributes: {axis: -3}}), {op: "concat"}],
  [
    "rows joined",
    operation({op: "Concat", inputs: [PHOTO], attributes: {axis: 2}}),
    {op: "other", what: "ONNX's Concat along other than channels"}
  ],
  ["the mean of a map", operation({op: "GlobalAveragePool"}), {op: "mean"}],
  ["over axes that are an attribute", operation({op: "ReduceMean", attributes: {axes: [-1, -2]}}), {op: "mean"}],
  ["over axes that are an input", operation({op: "ReduceMean", inputs: ["a"]}, [wholes("a", [2, 3])], {opset: 18}), {op: "mean"}],
  ["in a window as large as the map", operation({op: "AveragePool", attributes: {kernel_shape: [65, 65]}}), {op: "mean"}],
  [
    "a maximum in windows",
    operation({op: "MaxPool", attributes: {kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1]}}),
    {op: "pool", kind: "max", window: [3, 3], stride: [2, 2], padding: "same_or_fixed"}
  ],
  [
    "rounded up",
    operation({op: "MaxPool", attributes: {kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1}}),
    {what: "ONNX's MaxPool with ceil_mode"}
  ],
  ["a resize by scales", resized({}, 13, ["", "scales"], [scales]), {op: "resize", mode: "half_pixel", size: [130, 130]}],
  [
    "to sizes",
    resized({coordinate_transformation_mode: "align_corners"}, 17, ["", "", "sizes"], [sizes]),
    {mode: "corners", size: [129, 97]}
  ],
  ["to sizes of two axes", resized({axes: [2, 3]}, 18, ["", "", "sizes"], [wholes("sizes", [129, 97])]), {size: [129, 97]}],
  ["from corners", resized({coordinate_transformation_mode: "asymmetric"}, 11, ["", "scales"], [scales]), {mode: "neither"}],
  ["before version 10", resized({}, 9, ["scales"], [scales]), {mode: "neither", size: [130, 130]}],
  ["by PyTorch then, which meant half pixels", resized({}, 10, ["scales"], [scales], {producer: "pytorch"}), {mode: "half_pixel"}],
  ["to the nearest", resized({mode: "nearest"}, 13, ["", "scales"], [scales]), {op: "other", what: "ONNX's Resize (nearest)"}],
  [
    "by what is no whole number",
    resized({}, 13, ["", "scales"], [floats("scales", [4], [1, 1, 1.5, 1.5])]),
    {what: "ONNX's Resize by 1.5 and 1.5, which gives no whole number of cells"}
  ],
  [
    "zeros around",
    operation({op: "Pad", inputs: ["p"]}, [wholes("p", [0, 0, 1, 2, 0, 0, 3, 4])]),
    {margins: {before: [1, 2], after: [3, 4]}}
  ],
  [
    "zeros as an attribute",
    operation({op: "Pad", attributes: {pads: [0, 0, 1, 2, 0, 0, 3, 4]}}, [], {opset: 9}),
    {margins: {before: [1, 2]}}
  ],
  [
    "mirrored margins",
    operation({op: "Pad", inputs: ["p"], attributes: {mode: "reflect"}}, [wholes("p", [0, 0, 1, 1, 0, 0, 1, 1])]),
    {what: "ONNX's Pad (reflect)"}
  ],
  ["what hands on", operation({op: "Dropout"}), {op: "same", input: PHOTO}],
  ["what is not known", operation({op: "GridSample"}), {op: "other", what: "ONNX's GridSample"}],
  ["what decides in a run", operation({op: "If"}), {what: "ONNX's If which decides in the run: export the model by tracing it"}],
  [
    "another's operators",
    operationsIn({nodes: [{op: "Gelu", inputs: [PHOTO], output: "out", domain: "com.microsoft"}]}).get("out"),
    {what: "ONNX's com.microsoft.Gelu"}
  ]
];
test.each(cases)("a node is read: %s", (_, found, expected) => expect(found).toMatchObject(expected));

test("what leads to no output is left out, and what a graph computes of sizes is no operation", () => {
  const nodes: TinyNode[] = [
    {op: "Shape", inputs: [PHOTO], output: "shape"},
    {op: "Gather", inputs: ["shape", "two"], output: "height"},
    {op: "Unsqueeze", inputs: ["height"], output: "heights", attributes: {axes: [0]}},
    {op: "Concat", inputs: ["one", "heights", "heights"], output: "sizes", attributes: {axis: 0}},
    {op: "Sigmoid", inputs: [PHOTO], output: "unread"},
    {op: "Resize", inputs: [PHOTO, "", "", "sizes"], output: "out", attributes: {mode: "linear"}}
  ];
  const tensors = [{...wholes("two", [2]), dims: []}, wholes("one", [1, 3])];
  expect([...operationsIn({nodes, tensors, opset: 11})]).toEqual([
    ["out", {op: "resize", input: PHOTO, mode: "half_pixel", size: [65, 65]}]
  ]);
});

describe("what cannot be read is refused at once", () => {
  test("a graph that computes in whole numbers, with what to do", () => {
    expect(() => operation({op: "QLinearConv"})).toThrow(/computes in whole numbers \("QLinearConv"\).*quantise it with QuantFormat.QDQ/);
  });
  test("a batch normalisation of training", () => {
    expect(() => operation({op: "BatchNormalization", attributes: {training_mode: 1}})).toThrow(
      /"node out" is that of training: export the model in eval mode/
    );
  });
  test("lists that grow without end", () => {
    const nodes = Array.from({length: 60}, (_, i) => ({
      op: "Concat",
      inputs: [`c${i}`, `c${i}`],
      output: `c${i + 1}`,
      attributes: {axis: 0}
    }));
    const started = performance.now();
    expect(() => operationsIn({nodes, tensors: [wholes("c0", [1, 2, 3])]})).toThrow(
      /it computes a list of the shape|it computes \d+ numbers of constants/
    );
    expect(performance.now() - started).toBeLessThan(2000);
    const huge = [{op: "ConstantOfShape", inputs: ["c"], output: "out"}];
    expect(() => operationsIn({nodes: huge, tensors: [wholes("c", [2 ** 40, 2 ** 40])]})).toThrow(/it computes a list of the shape/);
  });
});

describe("a TensorFlow graph as tf2onnx writes it", () => {
  const weights = randomWeights(complete);
  const found = (options: Parameters<typeof onnxOf>[1] = {}) =>
    findNetwork(foldLayers(onnxOperations(readOnnx(onnxOf(operationsOf(complete, weights), options)))));

  test("is the network that was written, with its weights", () => {
    const {network, weights: read} = found();
    expect(network).toEqual(complete);
    expect(read).toEqual(weights);
  });

  test("in bytes, too, within half a step of each", () => {
    const {weights: read} = found({quantised: true});
    const far = Object.entries(weights).filter(([name, {values}]) => {
      const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 127 / 2;
      const {values: own} = read[name]!;
      return !values.every((value, i) => Math.abs(value - own[i]!) <= 1.001 * most);
    });
    expect(far.map(([name]) => name)).toEqual([]);
  });
});
