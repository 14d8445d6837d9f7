import {describe, expect, test} from "vitest";
import {readGraphDef} from "../../src/formats/graphdef.js";
import {constant, field, float, floats, integer, join, node, varint} from "./tiny-graphdef.js";

const FLOAT = 1;
const INT32 = 3;
const HALF = 19;

describe("constants", () => {
  const valuesOf = (attributes: Record<string, Uint8Array>) => readGraphDef(node("c", "Const", [], attributes)).constants.get("c");

  test("given as raw bytes", () => {
    expect(valuesOf(constant(FLOAT, [1, 2], field(4, floats([1.5, -2]))))).toEqual({shape: [1, 2], values: new Float32Array([1.5, -2])});
  });
  test("given one by one, packed or not", () => {
    expect(valuesOf(constant(FLOAT, [2], field(5, floats([3, 4]))))!.values).toEqual(new Float32Array([3, 4]));
    expect(valuesOf(constant(FLOAT, [2], float(5, 3), float(5, 4)))!.values).toEqual(new Float32Array([3, 4]));
    expect(valuesOf(constant(INT32, [2], field(7, join([varint(7), varint(8)]))))!.values).toEqual(new Float32Array([7, 8]));
  });
  test("that are one value repeated, or zeros", () => {
    expect(valuesOf(constant(FLOAT, [4], float(5, 2.5)))!.values).toEqual(new Float32Array([2.5, 2.5, 2.5, 2.5]));
    expect(valuesOf(constant(FLOAT, [2]))!.values).toEqual(new Float32Array(2));
  });
  test("of half precision, as bytes or as bits", () => {
    expect(valuesOf(constant(HALF, [2], field(4, new Uint8Array([0x00, 0x3c, 0x00, 0xc1]))))!.values).toEqual(new Float32Array([1, -2.5]));
    expect(valuesOf(constant(HALF, [3], integer(13, 0x3c00)))!.values).toEqual(new Float32Array([1, 1, 1]));
  });
  test("that are texts are left out", () => {
    expect(valuesOf(constant(7, [1]))).toBeUndefined();
  });
});

test("nodes have their inputs without control and output numbers, and their attributes", () => {
  const {nodes} = readGraphDef(
    node("bn", "FusedBatchNormV3", ["x:1", "gamma", "^wait"], {
      epsilon: float(4, 0.5),
      strides: field(1, integer(3, 2)),
      padding: field(2, "SAME"),
      is_training: integer(5, 0)
    })
  );
  expect(nodes).toEqual([
    {
      name: "bn",
      op: "FusedBatchNormV3",
      inputs: ["x", "gamma"],
      attributes: {epsilon: 0.5, strides: [2], padding: "SAME", is_training: false}
    }
  ]);
});

describe("a damaged graph is refused with a sentence", () => {
  const cases: [string, Uint8Array, RegExp][] = [
    ["empty", new Uint8Array(), /not a frozen TensorFlow graph/],
    ["cut off", node("c", "Const", [], constant(FLOAT, [2], field(4, floats([1, 2])))).subarray(0, 20), /not a frozen TensorFlow graph/],
    ["text", new TextEncoder().encode("hello, this is not a graph"), /not a frozen TensorFlow graph/],
    [
      "bytes that do not fill the shape",
      node("c", "Const", [], constant(FLOAT, [3], field(4, floats([1, 2])))),
      /"c" has 8 bytes for 3 values/
    ],
    ["more values than the shape has", node("c", "Const", [], constant(FLOAT, [1], field(5, floats([1, 2])))), /lists 2 values for 1/],
    ["a shape beyond any memory", node("c", "Const", [], constant(FLOAT, [2 ** 30, 2 ** 30])), /"c" has the shape/]
  ];
  test.each(cases)("%s", (_, bytes, message) => expect(() => readGraphDef(bytes)).toThrow(message));
});
