import {describe, expect, test} from "vitest";
import {readMace} from "../../src/formats/mace.js";
import {findNetwork} from "../../src/importers/find-network.js";
import {foldLayers} from "../../src/importers/fold.js";
import {maceOperations} from "../../src/importers/mace-operations.js";
import {preparationIn} from "../../src/importers/surroundings.js";
import {FoldedGraph} from "../../src/importers/folded-graph.js";
import {floats} from "../formats/tiny-graphdef.js";
import {maceFiles} from "../formats/tiny-mace.js";
import type {TinyMaceOperator, TinyMaceTensor} from "../formats/tiny-mace.js";

const OHWI = 103;
const OIHW = 101;
const upTo = (count: number) => floats(Array.from({length: count}, (_, i) => i));
const tensor = (name: string, shape: readonly number[]): TinyMaceTensor => ({
  name,
  shape,
  type: 1,
  data: upTo(shape.reduce((count, side) => count * side, 1))
});

/** The operations of an operator that reads a map of 9 x 9 cells, and what the file has as tensors. */
function operationsOf(
  {attributes = {}, inputs = ["map:0"], ...operator}: Partial<TinyMaceOperator> & {readonly type: string},
  tensors: readonly TinyMaceTensor[] = [],
  layout = OHWI
) {
  const map: TinyMaceOperator = {type: "Identity", inputs: ["photo"], output: "map:0", shape: [1, 9, 9, 2]};
  const {graph, data} = maceFiles([map, {output: "out:0", inputs, attributes, ...operator}], tensors, {filter_format: layout});
  return maceOperations(readMace(graph, data));
}
const operation = (...given: Parameters<typeof operationsOf>) => operationsOf(...given).get("out:0");

const WINDOW = {padding: 1, strides: [2, 2], dilations: [1, 1]};
const CONV = {type: "Conv2D", inputs: ["map:0", "w"], attributes: WINDOW};
const DEPTHWISE = {type: "DepthwiseConv2d", inputs: ["map:0", "w"], attributes: {...WINDOW, padding: 0}};

describe("kernels come in our layout", () => {
  test("from output x height x width x input", () => {
    const found = operation(CONV, [tensor("w", [4, 1, 3, 2])]);
    expect(found).toMatchObject({op: "conv", input: "map:0", stride: 2, rate: 1, padding: "same", kernel: {shape: [1, 3, 2, 4]}});
    // Of the third output (12 values on from 6 x 2), second column, second input.
    expect((found as {kernel: {values: Float32Array}}).kernel.values[(1 * 2 + 1) * 4 + 2]).toBe(2 * 6 + 1 * 2 + 1);
  });
  test("from output x input x height x width", () => {
    const found = operation(CONV, [tensor("w", [4, 2, 1, 3])], OIHW);
    expect(found).toMatchObject({kernel: {shape: [1, 3, 2, 4]}});
    expect((found as {kernel: {values: Float32Array}}).kernel.values[(1 * 2 + 1) * 4 + 2]).toBe(2 * 6 + 1 * 3 + 1);
  });
  test("depthwise, as both layouts have them", () => {
    const plain = operation(DEPTHWISE, [tensor("w", [3, 3, 2, 1])]);
    expect(plain).toMatchObject({op: "depthwise", padding: "valid", kernel: {shape: [3, 3, 2, 1]}});
    const first = operation(DEPTHWISE, [tensor("w", [1, 2, 3, 3])], OIHW);
    expect(first).toMatchObject({op: "depthwise", kernel: {shape: [3, 3, 2, 1]}});
    expect((first as {kernel: {values: Float32Array}}).kernel.values[4 * 2 + 1]).toBe(9 + 4);
  });
  test("or not at all, where the layout is not known or channels are multiplied", () => {
    expect(operation(CONV, [tensor("w", [4, 1, 3, 2])], 102)).toMatchObject({op: "other", what: "Conv2D"});
    expect(operation(DEPTHWISE, [tensor("w", [3, 3, 2, 2])])).toMatchObject({op: "other", what: "DepthwiseConv2d"});
    expect(() => operation(CONV, [tensor("w", [4, 6])])).toThrow(/a kernel has the shape \[4, 6\]/);
  });
});

test("a convolution with bias and activation is three steps", () => {
  const found = operationsOf({...CONV, inputs: ["map:0", "w", "b"], attributes: {...WINDOW, activation: "RELU"}}, [
    tensor("w", [4, 1, 1, 2]),
    tensor("b", [4])
  ]);
  expect([...found].slice(1)).toEqual([
    ["out:0/0", expect.objectContaining({op: "conv", input: "map:0"})],
    ["out:0/1", {op: "affine", input: "out:0/0", shift: new Float32Array([0, 1, 2, 3])}],
    ["out:0", {op: "activation", input: "out:0/1", activation: "relu"}]
  ]);
});

const cases: [string, ReturnType<typeof operation>, object][] = [
  ["an activation", operation({type: "Activation", attributes: {activation: "SIGMOID"}}), {op: "activation", activation: "sigmoid"}],
  ["one that is not known", operation({type: "Activation", attributes: {activation: "TANH"}}), {op: "other", what: "Activation"}],
  ["a sum", operation({type: "Eltwise", inputs: ["map:0", "photo"], attributes: {type: 0}}), {op: "add", inputs: ["map:0", "photo"]}],
  ["a product", operation({type: "Eltwise", inputs: ["map:0", "photo"], attributes: {type: 2}}), {op: "multiply"}],
  ["a difference", operation({type: "Eltwise", inputs: ["map:0", "photo"], attributes: {type: 1}}), {op: "other", what: "Eltwise"}],
  ["channels joined", operation({type: "Concat", inputs: ["map:0", "photo"], attributes: {axis: 3}}), {op: "concat"}],
  ["rows joined", operation({type: "Concat", inputs: ["map:0", "photo"], attributes: {axis: 1}}), {op: "other", what: "Concat"}],
  [
    "a mean in windows",
    operation({type: "Pooling", attributes: {pooling_type: 1, padding: 0, strides: [1, 1], kernels: [9, 9]}}),
    {op: "pool", kind: "mean", window: [9, 9], stride: [1, 1], padding: "valid"}
  ],
  [
    "corners aligned",
    operation({type: "ResizeBilinear", attributes: {size: [17, 33], align_corners: 1}}),
    {op: "resize", mode: "corners", size: [17, 33]}
  ],
  ["corners not aligned", operation({type: "ResizeBilinear", attributes: {size: [17, 33], align_corners: 0}}), {mode: "neither"}],
  ["a resize to the size that is there", operation({type: "ResizeBilinear", attributes: {size: [9, 9], align_corners: 0}}), {op: "same"}],
  [
    "cells gathered into batches",
    operation({type: "SpaceToBatchND", attributes: {block_shape: [2, 2], paddings: [2, 3, 2, 3]}}),
    {op: "atrous", rate: 2, margins: {before: [2, 2], after: [3, 3]}}
  ],
  [
    "and back",
    operation({type: "BatchToSpaceND", attributes: {block_shape: [2, 2], crops: [0, 1, 0, 1]}}),
    {op: "gather", crops: {before: [0, 0], after: [1, 1]}}
  ],
  ["numbers made into bytes within the graph", operation({type: "Quantize", quantisation: {scale: 9, zeroPoint: 1}}), {op: "same"}],
  ["bytes made into numbers", operation({type: "Dequantize"}), {op: "same", input: "map:0"}],
  ["what is not known", operation({type: "ChannelShuffle"}), {op: "other", what: "ChannelShuffle", inputs: ["map:0"]}]
];
test.each(cases)("an operator's arguments are kept: %s", (_, found, expected) => expect(found).toMatchObject(expected));

describe("the range of a photo says how it was prepared", () => {
  const photo = (scale: number, zeroPoint: number) => {
    const operations = operationsOf({type: "Quantize", inputs: ["photo"], quantisation: {scale, zeroPoint}});
    return preparationIn(new FoldedGraph(foldLayers(operations)), "out:0");
  };
  const near = (value: number) => Array<unknown>(3).fill(expect.closeTo(value, 3));
  test("x / 127.5 - 1, zero on a whole byte and a step that is a power of two", () => {
    for (const scale of [1 / 127.5, 1 / 128]) expect(photo(scale, 128)).toEqual({mean: near(127.5), deviation: near(127.5)});
  });
  test("x / 255", () => expect(photo(1 / 255, 0)).toEqual({mean: near(0), deviation: near(255)}));
  test("a range that was measured says nothing", () => expect(photo(0.0187, 114)).toBeNull());
});

test("a network that is none of ours is refused by its operator's name", () => {
  const operations = operationsOf({type: "ChannelShuffle", inputs: ["stem:0"]}, [tensor("w", [32, 3, 3, 3])]);
  const stem = operationsOf({...CONV, output: "stem:0", inputs: ["photo", "w"], attributes: {...WINDOW, activation: "RELU"}}, [
    tensor("w", [32, 3, 3, 3])
  ]);
  expect(() => findNetwork(foldLayers(new Map([...stem, ...operations])))).toThrow(
    /not MobileNetV2: only 0 of 17 .* at "backbone\/block_00\/depthwise" it should have a 3x3 depthwise .*and has ChannelShuffle/
  );
});
