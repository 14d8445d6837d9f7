import {describe, expect, test} from "vitest";
import {isMaceGraph, readMace} from "../../src/formats/mace.js";
import {floats, node} from "./tiny-graphdef.js";
import {maceFiles} from "./tiny-mace.js";
import type {TinyMaceTensor} from "./tiny-mace.js";

const RELU = {type: "Activation", inputs: ["photo"], output: "out:0"};
const FLOATS: TinyMaceTensor = {name: "w", shape: [1, 2], type: 1, data: floats([1.5, -2])};
const read = ({graph, data}: {graph: Uint8Array; data: Uint8Array}) => readMace(graph, data);
const valuesOf = (tensor: TinyMaceTensor) => read(maceFiles([RELU], [tensor])).constants.get(tensor.name);

test("operators have their kinds, what they read and give, attributes, shapes and ranges", () => {
  const {operators, attributes, inputs} = read(
    maceFiles([
      {
        type: "Conv2D",
        inputs: ["photo", "w"],
        output: "out:0",
        attributes: {padding: 0, strides: [2, 2], activation: "RELU"},
        shape: [1, 5, 5, 8],
        quantisation: {scale: 0.5, zeroPoint: 128}
      }
    ])
  );
  expect(operators).toEqual([
    {
      type: "Conv2D",
      inputs: ["photo", "w"],
      outputs: ["out:0"],
      attributes: {padding: 0, strides: [2, 2], activation: "RELU"},
      shape: [1, 5, 5, 8],
      quantisation: {scale: 0.5, zeroPoint: 128}
    }
  ]);
  expect(attributes).toEqual({filter_format: 103});
  expect(inputs).toEqual(["photo"]);
});

describe("weights", () => {
  test("of single precision", () => expect(valuesOf(FLOATS)).toEqual({shape: [1, 2], values: new Float32Array([1.5, -2])}));
  test.each([3, 5])("of half precision, type %i", (type) => {
    const data = new Uint8Array([0x00, 0x3c, 0x00, 0xc1]);
    expect(valuesOf({...FLOATS, type, data})!.values).toEqual(new Float32Array([1, -2.5]));
  });
  test("of bytes and whole numbers, dequantised: scale * (stored - zero point)", () => {
    const bytes = {...FLOATS, type: 2, data: new Uint8Array([0, 255]), quantisation: {scale: 0.5, zeroPoint: 100}};
    expect(valuesOf(bytes)!.values).toEqual(new Float32Array([-50, 77.5]));
    const wholes = new Uint8Array(new Int32Array([-8, 6]).buffer);
    expect(valuesOf({...FLOATS, type: 4, data: wholes, quantisation: {scale: 0.25, zeroPoint: 0}})!.values).toEqual(
      new Float32Array([-2, 1.5])
    );
  });
  test("of whole numbers that stand for themselves", () => {
    expect(valuesOf({...FLOATS, type: 4, data: new Uint8Array(new Int32Array([3, -4]).buffer)})!.values).toEqual(new Float32Array([3, -4]));
  });
  test("one after another, wherever the graph says", () => {
    const {constants} = read(maceFiles([RELU], [FLOATS, {...FLOATS, name: "v", data: floats([7, 8])}]));
    expect([...constants].map(([name, {values}]) => [name, [...values]])).toEqual([
      ["w", [1.5, -2]],
      ["v", [7, 8]]
    ]);
  });
});

describe("what is damaged is refused with a sentence", () => {
  const {graph, data} = maceFiles([RELU], [FLOATS]);
  const cases: [string, () => unknown, RegExp][] = [
    ["a graph that is cut off", () => readMace(graph.subarray(0, 30), data), /not a graph of MACE, or it is cut off or damaged/],
    ["text", () => readMace(new TextEncoder().encode("hello"), data), /not a graph of MACE/],
    ["nothing", () => readMace(new Uint8Array(), data), /it has no operators/],
    ["an operator without kind", () => read(maceFiles([{...RELU, type: ""}])), /operators without kind or output/],
    ["weights that are cut off", () => readMace(graph, data.subarray(0, 7)), /\.data file .* is cut off: "w" ends at byte 8, 7 are there/],
    ["no weights at all", () => readMace(graph, new Uint8Array()), /is cut off: "w" ends at byte 8, 0 are there/],
    ["weights of another graph", () => readMace(graph, new Uint8Array(9)), /does not belong to this graph of MACE: it has 9 bytes, 8/],
    ["a size that is not the shape's", () => valuesOf({...FLOATS, values: 3}), /"w" has 3 values for the shape \[1, 2\]/],
    ["a shape beyond any memory", () => valuesOf({...FLOATS, shape: [2 ** 30, 2 ** 30]}), /"w" has the shape/],
    ["a type that is not read", () => valuesOf({...FLOATS, type: 6}), /Weight "w" of the graph of MACE is of type 6, which is not read/]
  ];
  test.each(cases)("%s", (_, act, message) =>
    expect(act).toThrow(expect.objectContaining({name: "FormatError", message: expect.stringMatching(message)}))
  );
});

test("a graph of MACE is told from a frozen graph of TensorFlow and from anything else", () => {
  expect(isMaceGraph(maceFiles([RELU], [FLOATS]).graph)).toBe(true);
  expect(isMaceGraph(node("a", "Relu", ["b"]))).toBe(false);
  expect(isMaceGraph(new TextEncoder().encode("hello"))).toBe(false);
  expect(isMaceGraph(new Uint8Array())).toBe(false);
});
