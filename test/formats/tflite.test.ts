import {describe, expect, test} from "vitest";
import {readTflite, tfliteValues} from "../../src/formats/tflite.js";
import type {TfliteTensor} from "../../src/formats/tflite.js";
import {tfliteFile, tinyTflite} from "./tiny-tflite.js";
import type {TinyOperator} from "./tiny-tflite.js";

const FLOAT32 = 0;
const UINT8 = 3;
const INT8 = 9;

const bytes = tinyTflite([
  {name: "photo", shape: [1, 5, 5, 3], type: FLOAT32},
  {name: "kernel", shape: [2, 1, 1, 3], type: UINT8, data: new Uint8Array([0, 1, 2, 3, 4, 255]), scales: [0.5], zeroPoints: [2]},
  {name: "bias", shape: [2], type: FLOAT32, data: new Uint8Array(new Float32Array([1.5, -2]).buffer)},
  {name: "out", shape: [1, 3, 3, 2], type: FLOAT32}
]);

test("tensors, operators and their options are read", () => {
  const {description, tensors, operators, inputs, outputs} = readTflite(bytes);
  expect(description).toBe("by hand");
  expect(tensors.map(({name, shape, type}) => ({name, shape, type}))).toEqual([
    {name: "photo", shape: [1, 5, 5, 3], type: "float32"},
    {name: "kernel", shape: [2, 1, 1, 3], type: "uint8"},
    {name: "bias", shape: [2], type: "float32"},
    {name: "out", shape: [1, 3, 3, 2], type: "float32"}
  ]);
  expect(tensors[1]!.quantisation).toEqual({scales: [0.5], zeroPoints: [2], dimension: 0});
  expect(tensors[0]!.quantisation).toBeNull();
  expect([...inputs, ...outputs]).toEqual([0, 3]);
  expect(operators).toEqual([
    {
      op: "CONV_2D",
      inputs: [0, 1, 2],
      outputs: [3],
      activation: "RELU6",
      alignCorners: false,
      window: {padding: "VALID", strideHeight: 2, strideWidth: 2, dilationHeight: 3, dilationWidth: 3, depthMultiplier: 1}
    }
  ]);
});

test("values are scale * (stored - zero point)", () => {
  const {tensors} = readTflite(bytes);
  expect([...tfliteValues(tensors[1]!)]).toEqual([-1, -0.5, 0, 0.5, 1, 126.5]);
  expect([...tfliteValues(tensors[2]!)]).toEqual([1.5, -2]);
});

test("scales may differ by channel, along any axis", () => {
  const along = (dimension: number, shape: number[]): TfliteTensor => ({
    name: "kernel",
    shape,
    type: "int8",
    data: new Uint8Array([1, 2, 255, 4]),
    quantisation: {scales: [1, 10], zeroPoints: [0, 1], dimension}
  });
  expect([...tfliteValues(along(0, [2, 2]))]).toEqual([1, 2, -20, 30]);
  expect([...tfliteValues(along(1, [2, 2]))]).toEqual([1, 10, -1, 30]);
  expect(() => tfliteValues(along(0, [4]))).toThrow(/2 scales for 4 channels/);
});

test("a tensor whose bytes do not fill its shape is refused", () => {
  const {tensors} = readTflite(
    tinyTflite([
      {name: "a", shape: [3], type: INT8, data: new Uint8Array(2)},
      ...["b", "c", "d"].map((name) => ({name, shape: [1], type: INT8}))
    ])
  );
  expect(() => tfliteValues(tensors[0]!)).toThrow(/"a" has 2 bytes where int8 of shape \[3\] takes 3/);
});

test("the options of poolings, resizes, means and concatenations are read", () => {
  const operators: Pick<TinyOperator, "code" | "options">[] = [
    {code: 1, options: {type: 5, fields: {0: {byte: 1}, 1: 8, 2: 4, 3: 25, 4: 5, 5: {byte: 1}}}},
    {code: 23, options: {type: 15, fields: {2: {byte: 0}, 3: {byte: 1}}}},
    {code: 2, options: {type: 10, fields: {0: 3, 1: {byte: 3}}}},
    {code: 40, options: {type: 27, fields: {0: {byte: 1}}}}
  ];
  const map = {name: "map", shape: [1], type: FLOAT32};
  expect(
    readTflite(
      tfliteFile(
        [map, map],
        operators.map((each) => ({...each, inputs: [0], output: 1}))
      )
    ).operators
  ).toMatchObject([
    {
      op: "AVERAGE_POOL_2D",
      activation: "RELU",
      window: {padding: "VALID", strideWidth: 8, strideHeight: 4, filterWidth: 25, filterHeight: 5, dilationHeight: 1, depthMultiplier: 1}
    },
    {op: "RESIZE_BILINEAR", alignCorners: false, halfPixelCenters: true},
    {op: "CONCATENATION", axis: 3, activation: "RELU6"},
    {op: "MEAN", keepsAxes: true}
  ]);
});

test.each([
  ["activation", {0: {byte: 0}, 5: {byte: 9}}, /AVERAGE_POOL_2D has the activation 9, which is none/],
  ["padding", {0: {byte: 2}}, /AVERAGE_POOL_2D has the padding 2, which is none/]
])("an unknown %s is not taken for the default", (_, fields, message) => {
  const map = {name: "map", shape: [1], type: FLOAT32};
  const file = tfliteFile([map, map], [{code: 1, inputs: [0], output: 1, options: {type: 5, fields}}]);
  expect(() => readTflite(file)).toThrow(message);
});

describe("a damaged file", () => {
  test("that is something else is refused", () => {
    expect(() => readTflite(new Uint8Array(100))).toThrow(/not a TensorFlow Lite file/);
    expect(() => readTflite(new Uint8Array())).toThrow(/not a TensorFlow Lite file/);
  });

  test("cut off anywhere gives a sentence or less data, never another error", () => {
    for (let length = 0; length < bytes.length; length++) expectSentence(() => decodeAll(bytes.subarray(0, length)));
  });

  test("with any byte changed gives a sentence or other data, never another error", () => {
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0, 0x7f, 0xff]) {
        const changed = bytes.slice();
        changed[at] = value;
        expectSentence(() => decodeAll(changed));
      }
    }
  });
});

function decodeAll(file: Uint8Array): void {
  for (const tensor of readTflite(file).tensors) {
    if (tensor.data.length > 0) tfliteValues(tensor);
  }
}

function expectSentence(run: () => void): void {
  try {
    run();
  } catch (error) {
    expect(error).toHaveProperty("name", "FormatError");
  }
}
