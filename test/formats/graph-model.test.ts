import {describe, expect, test} from "vitest";
import {readGraphModel} from "../../src/formats/graph-model.js";
import {shardPaths} from "../../src/formats/tfjs-weights.js";

interface Entry {
  name: string;
  shape: number[];
  dtype: string;
  quantization?: {dtype: string; scale?: number; min?: number};
}

function modelJson(weights: Entry[], paths = ["group1-shard1of1.bin"], nodes: unknown[] = []): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({modelTopology: {node: nodes}, weightsManifest: [{paths, weights}]}));
}

test("weights of every storage are read as value * scale + min", () => {
  const json = modelJson([
    {name: "plain", shape: [1], dtype: "float32"},
    {name: "sizes", shape: [2], dtype: "int32"},
    {name: "bytes", shape: [2], dtype: "float32", quantization: {dtype: "uint8", scale: 0.5, min: -1}},
    {name: "words", shape: [1], dtype: "float32", quantization: {dtype: "uint16", scale: 0.25, min: 2}},
    {name: "half", shape: [1], dtype: "float32", quantization: {dtype: "float16"}}
  ]);
  const data = new Uint8Array(4 + 8 + 2 + 2 + 2);
  const view = new DataView(data.buffer);
  view.setFloat32(0, 1.25, true);
  view.setInt32(4, -7, true);
  view.setInt32(8, 65, true);
  data.set([0, 255], 12);
  view.setUint16(14, 1000, true);
  view.setUint16(16, 0xc100, true);
  const {constants} = readGraphModel(json, [data]);
  expect(Object.fromEntries([...constants].map(([name, {values}]) => [name, [...values]]))).toEqual({
    plain: [1.25],
    sizes: [-7, 65],
    bytes: [-1, 126.5],
    words: [252],
    half: [-2.5]
  });
});

test("shards are joined, also in the middle of a weight", () => {
  const json = modelJson([{name: "a", shape: [2], dtype: "float32"}], ["one.bin", "two.bin"]);
  const data = new Uint8Array(new Float32Array([1, 2]).buffer);
  expect(shardPaths(json)).toEqual(["one.bin", "two.bin"]);
  expect(readGraphModel(json, [data.subarray(0, 3), data.subarray(3)]).constants.get("a")!.values).toEqual(new Float32Array([1, 2]));
});

test("nodes have their inputs and attributes, texts out of base64 and integers out of texts", () => {
  const attr = {
    padding: {s: btoa("SAME")},
    strides: {list: {i: ["1", "2"]}},
    fused_ops: {list: {s: [btoa("BiasAdd")]}},
    epsilon: {f: 0.001},
    num_args: {i: "1"},
    on: {b: true},
    T: {type: "DT_FLOAT"}
  };
  const {nodes} = readGraphModel(modelJson([], [], [{name: "n", op: "_FusedConv2D", input: ["x:0", "^y"], attr}]), []);
  expect(nodes).toEqual([
    {
      name: "n",
      op: "_FusedConv2D",
      inputs: ["x"],
      attributes: {padding: "SAME", strides: [1, 2], fused_ops: ["BiasAdd"], epsilon: 0.001, num_args: 1, on: true}
    }
  ]);
});

describe("a damaged graph model is refused with a sentence", () => {
  const one: Entry = {name: "a", shape: [2], dtype: "float32"};
  const cases: [string, Uint8Array, Uint8Array[], RegExp][] = [
    ["JSON that is cut off", modelJson([one]).subarray(0, 50), [], /not JSON/],
    ["another JSON", new TextEncoder().encode("{}"), [], /not a TensorFlow.js graph model/],
    [
      "a layers model",
      new TextEncoder().encode('{"modelTopology": {"model_config": {}}, "weightsManifest": []}'),
      [],
      /not a TensorFlow.js graph model/
    ],
    ["an attribute that is none", modelJson([], [], [{name: "n", op: "Add", attr: {T: null}}]), [], /not a TensorFlow.js graph model/],
    ["a list that is none", modelJson([], [], [{name: "n", op: "Add", attr: {T: {list: {s: 1}}}}]), [], /not a TensorFlow.js graph model/],
    ["a text that is not base64", modelJson([], [], [{name: "n", op: "Add", attr: {T: {s: "*"}}}]), [], /not base64/],
    ["weights that are cut off", modelJson([one]), [new Uint8Array(7)], /cut off: "a" ends at byte 8, 7 are there/],
    ["weights that are too long", modelJson([one]), [new Uint8Array(9)], /9 bytes are there, 8 are described/],
    ["an unknown storage", modelJson([{...one, dtype: "string"}]), [new Uint8Array(8)], /stored as string/],
    ["a side that is not a number", modelJson([{...one, shape: [-2]}]), [new Uint8Array(8)], /"a" has the shape \[-2\]/]
  ];
  test.each(cases)("%s", (_, json, shards, message) => expect(() => readGraphModel(json, shards)).toThrow(message));
});
