import {describe, expect, test} from "vitest";
import {isOnnx, onnxPaths, readOnnx} from "../../src/formats/onnx.js";
import {onnxFixture} from "../importers/onnx-fixture.js";
import {PHOTO, floats, onnxFile, wholes} from "./tiny-onnx.js";
import type {TinyNode, TinyTensor} from "./tiny-onnx.js";

const identity: TinyNode = {op: "Identity", inputs: [PHOTO], output: "out"};
const withTensor = (tensor: TinyTensor) => onnxFile({nodes: [identity], tensors: [tensor]});
const valueOf = (tensor: TinyTensor) => Array.from(readOnnx(withTensor(tensor)).constants.get(tensor.name)!.values);
const bytes = (array: {readonly buffer: ArrayBufferLike}) => new Uint8Array(array.buffer);

describe("numbers are read however a file keeps them", () => {
  const named = {name: "w", dims: [3]};
  test.each<[string, Omit<TinyTensor, "name" | "dims">, number[]]>([
    ["float32 as bytes", {dataType: 1, rawData: bytes(Float32Array.of(1, -0.5, 3))}, [1, -0.5, 3]],
    ["float32 one by one", {dataType: 1, floatData: [1, -0.5, 3]}, [1, -0.5, 3]],
    ["float16 as bytes", {dataType: 10, rawData: bytes(Uint16Array.of(0x3c00, 0xb800, 0x4200))}, [1, -0.5, 3]],
    ["float16 one by one", {dataType: 10, int32Data: [0x3c00, 0xb800, 0x4200]}, [1, -0.5, 3]],
    ["bfloat16 one by one", {dataType: 16, int32Data: [0x3f80, 0xbf00, 0x4040]}, [1, -0.5, 3]],
    ["float64 as bytes", {dataType: 11, rawData: bytes(Float64Array.of(1, -0.5, 3))}, [1, -0.5, 3]],
    ["float64 one by one", {dataType: 11, doubleData: [1, -0.5, 3]}, [1, -0.5, 3]],
    ["int64 as bytes", {dataType: 7, rawData: bytes(BigInt64Array.of(1n, -5n, 3n))}, [1, -5, 3]],
    ["int64 one by one", {dataType: 7, int64Data: [1, -5, 3]}, [1, -5, 3]],
    ["int32 one by one", {dataType: 6, int32Data: [1, -5, 3]}, [1, -5, 3]],
    ["int8 as bytes", {dataType: 3, rawData: bytes(Int8Array.of(1, -5, 3))}, [1, -5, 3]],
    ["uint8 as bytes", {dataType: 2, rawData: bytes(Uint8Array.of(1, 250, 3))}, [1, 250, 3]],
    ["uint8 one by one", {dataType: 2, int32Data: [1, 250, 3]}, [1, 250, 3]],
    ["switches", {dataType: 9, rawData: bytes(Uint8Array.of(1, 0, 1))}, [1, 0, 1]]
  ])("%s", (_, fields, expected) => expect(valueOf({...named, ...fields})).toEqual(expected));

  test("in a file beside it, from one place to another", () => {
    const beside = (offset: number): TinyTensor => ({
      ...named,
      dataLocation: 1,
      externalData: [
        {key: "location", value: "deep/w.bin"},
        {key: "offset", value: String(offset)},
        {key: "length", value: "12"}
      ]
    });
    const file = bytes(Float32Array.of(9, 1, -0.5, 3));
    expect(onnxPaths(withTensor(beside(4)))).toEqual(["deep/w.bin"]);
    const read = (offset: number, files: ReadonlyMap<string, Uint8Array>) => () => readOnnx(withTensor(beside(offset)), files);
    expect(Array.from(read(4, new Map([["deep/w.bin", file]]))().constants.get("w")!.values)).toEqual([1, -0.5, 3]);
    expect(read(8, new Map([["deep/w.bin", file]]))).toThrow(
      /"deep\/w\.bin" does not belong to this ONNX file, or is cut off: "w" ends after it/
    );
    expect(read(4, new Map())).toThrow(/"deep\/w\.bin", which is not there: give both files together/);
  });

  test("as an attribute of a node", () => {
    const nodes = [{op: "Constant", inputs: [], output: "c", attributes: {value: wholes("", [4, 5])}}, identity];
    expect(Array.from(readOnnx(onnxFile({nodes})).constants.get("c")!.values)).toEqual([4, 5]);
  });
});

test("what stands around the graph is read, too", () => {
  const graph = readOnnx(onnxFile({nodes: [identity], input: [0, 3, 65, 97], opset: 9, producer: "pytorch", metadata: {classes: "[]"}}));
  expect(graph).toMatchObject({opset: 9, producer: "pytorch", metadata: {classes: "[]"}, outputs: ["out"]});
  expect(graph.inputs).toEqual(new Map([[PHOTO, [NaN, 3, 65, 97]]]));
});

describe("a damaged file is refused with a sentence", () => {
  const refused = (file: Uint8Array) => expect(() => readOnnx(file));
  const {graph} = onnxFixture("deeplabv3_resnet50-13");

  test("cut off anywhere", () => {
    for (const whole of [graph, withTensor(floats("w", [64], new Float32Array(64)))]) {
      for (let tenth = 0; tenth < 10; tenth++) {
        refused(whole.subarray(0, Math.floor((whole.length * tenth) / 10))).toThrow(expect.objectContaining({name: "FormatError"}));
      }
    }
  });

  test.each<[string, TinyTensor, RegExp]>([
    ["fewer values than the shape says", floats("w", [3, 2], [1, 2]), /"w" lists 2 values for 6/],
    ["fewer bytes", {name: "w", dims: [3], rawData: new Uint8Array(8)}, /"w" has 8 bytes for 3 values/],
    ["sides beyond all reason", floats("w", [2 ** 30, 2 ** 30], []), /"w" has the shape \[1073741824, 1073741824\]/],
    ["a negative side", floats("w", [-3], []), /"w" has the shape \[-3\]/],
    ["numbers of four bits", {name: "w", dims: [2], dataType: 22, rawData: new Uint8Array(1)}, /"w" .* of the type 22, which is not read/]
  ])("with %s", (_, tensor, message) => refused(withTensor(tensor)).toThrow(message));

  test.each([
    "../weights.bin",
    "a/../../weights.bin",
    "/etc/passwd",
    "C:\\weights.bin",
    "..\\weights.bin",
    "https://example.org/w",
    "",
    "a\0b"
  ])("with values in %j", (value) => {
    const file = withTensor({name: "w", dims: [1], dataLocation: 1, externalData: [{key: "location", value}]});
    expect(() => onnxPaths(file)).toThrow(/outside of its own folder, where nothing is read|but not in which/);
  });

  test.each<[string, readonly TinyNode[], RegExp]>([
    [
      "a weight that is not there",
      [{op: "Conv", inputs: [PHOTO, "w"], output: "out"}],
      /"node out" reads "w", which is neither in the file nor/
    ],
    [
      "nodes in a circle",
      [
        {op: "Relu", inputs: ["b"], output: "a"},
        {op: "Relu", inputs: ["a"], output: "b"}
      ],
      /"node a" reads "b", which is neither in the file nor computed before/
    ],
    ["a name twice", [identity, identity], /"out" is there twice/],
    ["a node without operator", [{...identity, op: ""}], /"node out" is no operation/]
  ])("with %s", (_, nodes, message) => refused(onnxFile({nodes})).toThrow(message));

  test("without what it should give", () => {
    refused(onnxFile({nodes: [identity], outputs: ["mask"]})).toThrow(/nothing gives its output "mask"/);
    refused(onnxFile({nodes: [identity], outputs: []})).toThrow(/its graph has no output/);
    refused(onnxFile({nodes: [], outputs: ["photo"]})).toThrow(/holds no graph/);
  });

  test("or none at all", () => {
    const page = new TextEncoder().encode("<!doctype html><title>Not found</title>");
    refused(page).toThrow(/not an ONNX file/);
    expect(isOnnx(page)).toBe(false);
    expect(isOnnx(graph)).toBe(true);
  });
});
