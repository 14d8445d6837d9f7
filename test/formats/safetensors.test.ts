import {describe, expect, test} from "vitest";
import {readSafetensors, safetensorsValues, writeSafetensors} from "../../src/formats/safetensors.js";

/** A file with this header and this many bytes of data, or with this length announced for the header. */
function file(header: unknown, dataBytes = 0, announced?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, announced ?? BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const tensor = (dtype: string, shape: number[], begin: number, end: number) => ({dtype, shape, data_offsets: [begin, end]});

describe("what is written is read back", () => {
  const tensors = {
    b: {shape: [2, 2], values: new Float32Array([1, -0.1, 3e-5, 65504])},
    a: {shape: [3], values: new Float32Array([0, -0, 2 ** -24])},
    empty: {shape: [0, 4], values: new Float32Array()}
  };

  test("float32 exactly, with its metadata", () => {
    const read = readSafetensors(writeSafetensors({tensors, type: "F32", metadata: {z: "last", name: "é"}}));
    expect(read.metadata).toEqual({z: "last", name: "é"});
    for (const [name, {shape, values}] of Object.entries(tensors)) {
      expect(read.tensors[name]!.shape).toEqual(shape);
      expect(safetensorsValues(read.tensors[name]!)).toEqual(values);
    }
  });

  test("float16 rounded to its eleven bits", () => {
    const read = readSafetensors(writeSafetensors({tensors, type: "F16"}));
    expect([...safetensorsValues(read.tensors["b"]!)]).toEqual([1, -0.0999755859375, 503 * 2 ** -24, 65504]);
    expect([...safetensorsValues(read.tensors["a"]!)]).toEqual([0, -0, 2 ** -24]);
  });

  test("whatever the order in which it was given, as the same bytes", () => {
    const {a, b, empty} = tensors;
    const one = writeSafetensors({tensors: {a, b, empty}, type: "F32", metadata: {x: "1", y: "2"}});
    const other = writeSafetensors({tensors: {empty, b, a}, type: "F32", metadata: {y: "2", x: "1"}});
    expect(other).toEqual(one);
  });

  test("with data at a multiple of eight bytes", () => {
    const bytes = writeSafetensors({tensors, type: "F16"});
    expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
  });

  test("not in memory a second time", () => {
    const bytes = writeSafetensors({tensors, type: "F32"});
    expect(safetensorsValues(readSafetensors(bytes).tensors["b"]!).buffer).toBe(bytes.buffer);
  });

  test("also from the middle of a larger buffer", () => {
    const bytes = writeSafetensors({tensors, type: "F32"});
    const larger = new Uint8Array(bytes.length + 5);
    larger.set(bytes, 3);
    const read = readSafetensors(larger.subarray(3, 3 + bytes.length));
    expect(safetensorsValues(read.tensors["b"]!)).toEqual(tensors.b.values);
  });
});

test("the other types are read", () => {
  const bytes = file(
    {bf: tensor("BF16", [1], 0, 2), i8: tensor("I8", [2], 2, 4), u8: tensor("U8", [1], 4, 5), i32: tensor("I32", [1], 5, 9)},
    9
  );
  const data = bytes.subarray(bytes.length - 9);
  data.set([0x40, 0xc0, 0xff, 0x7f, 0xff, 0xfe, 0xff, 0xff, 0xff]);
  const {tensors} = readSafetensors(bytes);
  expect([...safetensorsValues(tensors["bf"]!)]).toEqual([-3]);
  expect([...safetensorsValues(tensors["i8"]!)]).toEqual([-1, 127]);
  expect([...safetensorsValues(tensors["u8"]!)]).toEqual([255]);
  expect([...safetensorsValues(tensors["i32"]!)]).toEqual([-2]);
});

describe("a damaged file is refused with a sentence", () => {
  const cases: [string, Uint8Array, RegExp][] = [
    ["empty", new Uint8Array(), /not a safetensors file: it has 0 bytes/],
    ["a header that ends beyond the file", file({}, 0, 100n), /cut off: its header takes 100 bytes, 2 are there/],
    ["an absurd header length", file({}, 0, 2n ** 60n), /announces a header/],
    ["a header that is not JSON", file("{oops"), /not JSON/],
    ["a header that is a list", file([]), /not a table/],
    [
      "a header that is not UTF-8",
      (() => {
        const bytes = file("{}");
        bytes[8] = 0xff;
        return bytes;
      })(),
      /not JSON/
    ],
    ["an unknown type", file({a: tensor("F8", [1], 0, 1)}, 1), /type F8/],
    ["a type that every object has", file({a: tensor("toString", [1], 0, 1)}, 1), /type toString/],
    ["no shape", file({a: {dtype: "F32", data_offsets: [0, 4]}}, 4), /no shape/],
    ["a negative side", file({a: tensor("F32", [-1], 0, 4)}, 4), /no shape of whole numbers/],
    ["one offset", file({a: {dtype: "F32", shape: [1], data_offsets: [0]}}, 4), /no pair of offsets/],
    ["offsets in the wrong order", file({a: tensor("F32", [1], 4, 0)}, 4), /ends at 0, before it begins at 4/],
    ["data that are cut off", file({a: tensor("F32", [2], 0, 8)}, 7), /cut off: tensor "a" ends at byte 8 of the data, 7 are there/],
    ["a shape that does not fit", file({a: tensor("F32", [3], 0, 8)}, 8), /8 bytes where F32 of shape \[3\] takes 12/],
    ["tensors that overlap", file({a: tensor("F32", [2], 0, 8), b: tensor("F32", [1], 4, 8)}, 8), /"a" and "b" overlap/],
    ["a gap", file({a: tensor("F32", [1], 4, 8)}, 8), /4 bytes before tensor "a" belong to none/],
    ["bytes after the end", file({a: tensor("F32", [1], 0, 4)}, 6), /2 bytes after its last tensor/],
    ["metadata that are no texts", file({__metadata__: {a: 1}}), /metadata "a" is not a text/]
  ];
  test.each(cases)("%s", (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(message);
    expect(() => readSafetensors(bytes)).toThrow(expect.objectContaining({name: "FormatError"}));
  });
});

describe("what cannot be written is refused", () => {
  test("values that do not fill their shape", () => {
    expect(() => writeSafetensors({tensors: {a: {shape: [2], values: new Float32Array(3)}}, type: "F32"})).toThrow(
      /3 values, which do not fill/
    );
  });
  test("values beyond float16", () => {
    expect(() => writeSafetensors({tensors: {a: {shape: [1], values: new Float32Array([1e5])}}, type: "F16"})).toThrow(
      /which float16 cannot/
    );
  });
});
