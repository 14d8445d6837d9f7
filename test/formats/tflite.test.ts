import {describe, expect, test} from "vitest";
import {readTflite, tfliteValues} from "../../src/formats/tflite.js";
import type {TfliteTensor} from "../../src/formats/tflite.js";
import {tinyTflite} from "./tiny-tflite.js";

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
