import {describe, expect, test} from "vitest";
import {isLayersModel, readLayersModel} from "../../src/formats/layers-model.js";
import type {KerasCall} from "../../src/formats/keras-calls.js";
import {tinyLayers} from "./tiny-layers.js";

const bytes = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));
const weightsManifest = [{paths: [], weights: []}];
const model = (config: object, kind = "Functional") => bytes({modelTopology: {model_config: {class_name: kind, config}}, weightsManifest});
const layer = (name: string, inbound: unknown, more: object = {}) => ({
  class_name: "ReLU",
  name,
  config: {name},
  inbound_nodes: inbound,
  ...more
});
const input = (name = "in") => layer(name, [], {class_name: "InputLayer"});
const functional = (layers: object[], outputs: unknown = [["out", 0, 0]], inputs: unknown = [["in", 0, 0]]) => ({
  name: "m",
  layers,
  input_layers: inputs,
  output_layers: outputs
});
const callsOf = (json: Uint8Array) => readLayersModel(json, []).calls;
const edges = (calls: readonly KerasCall[]) => calls.map(({name, inputs}) => `${name} < ${inputs.join(", ")}`);

test("is told from a graph model and from other JSON", () => {
  expect(isLayersModel(tinyLayers([])[0])).toBe(true);
  expect(isLayersModel(bytes({modelTopology: {node: []}, weightsManifest: []}))).toBe(false);
  expect(isLayersModel(bytes({model_type: "mobilenet_v2"}))).toBe(false);
  expect(isLayersModel(new TextEncoder().encode("{"))).toBe(false);
});

test("is the same whether the converter wrote it or TensorFlow.js itself", () => {
  const config = functional([input(), layer("out", [[["in", 0, 0, {}]]])]);
  const own = bytes({modelTopology: {class_name: "Model", config, keras_version: "tfjs-layers 4.22.0"}, weightsManifest});
  expect(callsOf(own)).toEqual(callsOf(model(config)));
  expect(readLayersModel(own, []).version).toBe("tfjs-layers 4.22.0");
});

test("weights are found by layer and role, in a nested model, by number, and dequantised", () => {
  const [json] = tinyLayers([]);
  const weights = [
    {name: "conv/kernel:0", shape: [1], dtype: "float32", quantization: {dtype: "uint8", scale: 0.5, min: -1}},
    {name: "inner/conv_1/kernel", shape: [1], dtype: "float32", quantization: {dtype: "float16"}},
    {name: "_layers/norm/vars/1", shape: [1], dtype: "float32", quantization: {dtype: "uint16", scale: 0.25, min: 2}}
  ];
  const parsed = {...(JSON.parse(new TextDecoder().decode(json)) as object), weightsManifest: [{paths: ["a", "b"], weights}]};
  const read = readLayersModel(bytes(parsed), [Uint8Array.of(4, 0), Uint8Array.of(0xc1, 0xe8, 0x03)]).weights;
  expect(read.get("conv", ["kernel"], 0).values).toEqual(Float32Array.of(1));
  expect(read.get("conv_1", ["depthwise_kernel", "kernel"], 0, ["inner"]).values).toEqual(Float32Array.of(-2.5));
  expect(read.get("norm", ["beta"], 1).values).toEqual(Float32Array.of(252));
  expect(() => read.get("norm", ["gamma"], 0)).toThrow('the weight "norm/gamma" is missing');
});

test("of two weights of one end the one in the layer's own model is taken", () => {
  const [json] = tinyLayers([]);
  const weights = ["a", "b/a", "c/a"].map((at) => ({name: `${at}/kernel`, shape: [1], dtype: "uint8"}));
  const parsed = {...(JSON.parse(new TextDecoder().decode(json)) as object), weightsManifest: [{paths: ["w"], weights}]};
  const read = readLayersModel(bytes(parsed), [Uint8Array.of(1, 2, 3)]).weights;
  expect([[], ["b"], ["c"]].map((models) => read.get("a", ["kernel"], 0, models).values[0])).toEqual([1, 2, 3]);
  expect(() => read.get("a", ["kernel"], 0, ["d"])).toThrow(/3 weights that could be "a\/kernel"/);
});

describe("calls", () => {
  test("of a layer that has several places share its name and weights", () => {
    const calls = callsOf(model(functional([input(), layer("out", [[["in", 0, 0, {}]], [["out", 0, 0, {}]]])], [["out", 1, 0]])));
    expect(edges(calls)).toEqual(["in < ", "out < in", "out:1 < out"]);
    expect(calls.map((call) => call.layer)).toEqual(["in", "out", "out"]);
  });

  test("of nested models stand in their places, whether their own are counted from 0 or from 1", () => {
    const nested = functional([input("a"), layer("b", [[["a", 0, 0, {}]]])], [["b", 0, 0], ["a", 0, 0]], [["a", 0, 0]]); // prettier-ignore
    for (const first of [0, 1]) {
      const layers = [input(), layer("n", [[["in", 0, 0, {}]]], {class_name: "Functional", config: nested}), layer("out", [[["n", first, 0, {}], ["n", first, 1, {}]]])]; // prettier-ignore
      expect(edges(callsOf(model(functional(layers))))).toEqual(["in < ", "n/a < in", "n/b < n/a", "n < n/b", "n#1 < n/a", "out < n, n#1"]);
    }
  });

  test("of a sequence follow each other", () => {
    const layers = [
      {class_name: "ReLU", config: {name: "a", batch_input_shape: [null, 9, 9, 3]}},
      {class_name: "ReLU", config: {name: "b"}}
    ];
    const expected = ["input < ", "a < input", "b < a"];
    expect(edges(callsOf(model({name: "s", layers}, "Sequential")))).toEqual(expected);
    expect(edges(callsOf(bytes({modelTopology: {class_name: "Sequential", config: layers}, weightsManifest})))).toEqual(expected);
  });

  test("of Keras 3 have their tensors anywhere in their arguments", () => {
    const tensor = (name: string) => ({class_name: "__keras_tensor__", config: {keras_history: [name, 0, 0]}});
    const layers = [
      input(),
      layer("a", [{args: [tensor("in")], kwargs: {training: false}}]),
      layer("out", [{args: [[tensor("a"), tensor("in")], 7], kwargs: {axis: -1}}])
    ];
    const calls = callsOf(model(functional(layers, ["out", 0, 0], ["in", 0, 0])));
    expect(edges(calls)).toEqual(["in < ", "a < in", "out < a, in"]);
    expect(calls.at(-1)).toMatchObject({values: [[null, null], 7], options: {axis: -1}});
  });
});

describe("a damaged layers model is refused with a sentence", () => {
  const nestedIn = (depth: number): object =>
    functional([
      input(),
      depth === 0 ? layer("out", [[["in", 0, 0, {}]]]) : layer("out", [[["in", 0, 0, {}]]], {config: nestedIn(depth - 1)})
    ]);
  const wide = (depth: number): object =>
    functional([
      input(),
      layer(
        "out",
        Array.from({length: 30}, (_, i) => [[i === 0 ? "in" : "out", Math.max(0, i - 1), 0, {}]]),
        depth === 0 ? {} : {config: wide(depth - 1)}
      )
    ]);
  test.each<[string, Uint8Array, RegExp]>([
    ["cut off", model({}).subarray(0, 30), /not JSON/],
    ["no model", bytes({modelTopology: {model_config: {}}, weightsManifest}), /no modelTopology with a model_config/],
    ["no list of layers", model({layers: "none"}), /no modelTopology/],
    ["a layer without a class", model({layers: [{config: {}}]}), /no modelTopology/],
    [
      "no weights",
      bytes({modelTopology: {model_config: {class_name: "Functional", config: functional([input("out")])}}}),
      /weightsManifest/
    ],
    ["no outputs", model({layers: [input()], input_layers: [["in", 0, 0]]}), /inputs or outputs are not listed/],
    ["a name that nothing has", model(functional([input(), layer("out", [[["gone", 0, 0, {}]]])])), /"gone" is read, but no layer/],
    ["a place that a layer has not", model(functional([input(), layer("out", [[["in", 3, 0, {}]]])])), /"in" is read, but no layer/],
    ["two layers of a name", model(functional([input("out"), input("out")])), /two layers are called "out"/],
    ["what is read no list", model(functional([input(), layer("out", 7)])), /what "out" reads is not a list/],
    ["a reference that is none", model(functional([input(), layer("out", [[[7, 0, 0]]])])), /names no output/],
    ["models nested without end", model(nestedIn(12)), /nested more than 8 deep/],
    ["layers without end", model(wide(3)), /more than 20000 layers/]
  ])("%s", (_, json, message) => {
    expect(() => readLayersModel(json, [])).toThrow(message);
  });
});
