import {deflateRawSync, deflateSync} from "node:zlib";
import {encode} from "fast-png";
import {Builder} from "flatbuffers";
import {describe, expect, it} from "vitest";
import {decodeMaskPicture} from "../../src/formats/mask-picture.js";
import {checkedPng} from "../../src/formats/png-size.js";
import {pictureSize} from "../../src/formats/picture-size.js";
import {readGraphDef} from "../../src/formats/graphdef.js";
import {readGraphModel} from "../../src/formats/graph-model.js";
import {readOnnx} from "../../src/formats/onnx.js";
import {readSafetensors} from "../../src/formats/safetensors.js";
import {readTflite} from "../../src/formats/tflite.js";
import {convert} from "../../src/importers/convert.js";
import {readMaskFile} from "../../src/labelling/mask-file.js";
import {fromFragment} from "../../src/notebook/address.js";
import {crc32} from "../../src/formats/crc.js";
import {constant, field, float, join, node} from "../formats/tiny-graphdef.js";
import {onnxFile} from "../formats/tiny-onnx.js";

/** Small files that ask for what they do not hold: memory, time, or something that is not beside them. */

const CARD = {name: "", license: "", source: "", measured: ""};
const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

describe("one budget for all that a file may become", () => {
  it("a frozen graph whose constants list one value each of 2^24", () => {
    const graph = (count: number) =>
      join(Array.from({length: count}, (_, i) => node(`c${i}`, "Const", [], constant(1, [2 ** 24], float(5, 1)))));
    expect(readGraphDef(graph(1)).constants.get("c0")!.values).toHaveLength(2 ** 24);
    expect(() => readGraphDef(graph(2))).toThrow(/^The file is damaged: with "c1", its \d+ bytes would become more than \d+\.$/);
  });

  it("tables of a FlatBuffer that are one and the same, or share their values", () => {
    expect(readTflite(tfliteOf(10, 10_000)).tensors).toHaveLength(10);
    expect(() => readTflite(tfliteOf(2000, 10_000))).toThrow("its tables share lists, which together are far more than it holds");
    const heavy = tfliteOf(300, 1, new Uint8Array(2 ** 18));
    expect(heavy.length).toBeLessThan(2 ** 19);
    expect(() => readTflite(heavy)).toThrow(/with "t", its \d+ bytes would become more than/);
  });

  it("tensors of an ONNX file that all name the same place in another", () => {
    const externalData = [
      {key: "location", value: "values.bin"},
      {key: "length", value: String(2 ** 22)}
    ];
    const file = (count: number) =>
      onnxFile({
        nodes: [{op: "Relu", inputs: ["photo"], output: "y"}],
        tensors: Array.from({length: count}, (_, i) => ({name: `t${i}`, dims: [2 ** 20], dataLocation: 1, externalData}))
      });
    const files = new Map([["values.bin", new Uint8Array(2 ** 22)]]);
    expect(readOnnx(file(10), files).constants.size).toBe(10);
    expect(() => readOnnx(file(30), files)).toThrow(/with "t\d+", its \d+ bytes would become more than/);
  });

  it("an ONNX file of a million fields that take two bytes each", () => {
    const nodes = new Uint8Array(2 ** 21).map((_, i) => (i % 2 ? 0 : 0x0a));
    expect(() => readOnnx(field(7, nodes))).toThrow("This is not an ONNX file, or it is cut off or damaged.");
  });

  it("weights that name one shard a hundred thousand times", async () => {
    let reads = 0;
    const json = {modelTopology: {node: []}, weightsManifest: [{paths: Array<string>(100_000).fill("shard.bin"), weights: []}]};
    const beside = async () => (reads++, new Uint8Array(2 ** 16));
    await expect(convert({name: "model.json", bytes: bytesOf(json), beside}, CARD)).rejects.toThrow("it names 100000 files of weights");
    expect(reads).toBe(0);
  });

  it("cells in an address that stand for any number of bytes", async () => {
    const fragment = (text: string) => `cells=${deflateRawSync(text).toString("base64url")}`;
    expect((await fromFragment(fragment(JSON.stringify(["Mine", ["js", "1"]])))).cells).toHaveLength(1);
    const long = JSON.stringify(["Mine", ["js", "a".repeat(2 ** 23)]]);
    expect(fragment(long).length).toBeLessThan(20_000);
    await expect(fromFragment(fragment(long))).rejects.toThrow("The address holds cells that cannot be read");
  });
});

/** A file of TensorFlow Lite whose list of tensors names one so many times, which has so many sides, and these bytes. */
function tfliteOf(times: number, sides: number, bytes = new Uint8Array(4)): Uint8Array {
  const builder = new Builder(1024);
  const list = (offsets: readonly number[]) => {
    builder.startVector(4, offsets.length, 4);
    for (const offset of offsets) builder.addOffset(offset);
    return builder.endVector();
  };
  const table = (fields: Readonly<Record<number, number>>) => {
    builder.startObject(5);
    for (const [field, offset] of Object.entries(fields)) builder.addFieldOffset(Number(field), offset, 0);
    return builder.endObject();
  };
  builder.startVector(4, sides, 4);
  for (let i = 0; i < sides; i++) builder.addInt32(1);
  const shape = builder.endVector();
  const [name, data] = [builder.createString("t"), builder.createByteVector(bytes)];
  builder.startObject(5);
  builder.addFieldOffset(0, shape, 0);
  builder.addFieldInt8(1, 3, 0);
  builder.addFieldOffset(3, name, 0);
  const tensor = builder.endObject();
  const tensors = list(Array<number>(times).fill(tensor));
  const graphs = list([table({0: tensors})]);
  const buffers = list([table({0: data})]);
  builder.finish(table({2: graphs, 4: buffers}), "TFL3");
  return builder.asUint8Array().slice();
}

describe("what a file names is beside it", () => {
  const names = [
    "../shard.bin",
    "a/../../b.bin",
    "/etc/shard.bin",
    "\\\\host\\shard.bin",
    "https://other.example/shard.bin",
    "//other.example/s",
    "%2e%2e/s",
    "data:,a",
    ""
  ];
  it.each(names)("and %j is not", async (name) => {
    const asked: string[] = [];
    const json = {modelTopology: {node: []}, weightsManifest: [{paths: [name], weights: []}]};
    const beside = async (relative: string) => (asked.push(relative), new Uint8Array(4));
    const wrong = convert({name: "model.json", bytes: bytesOf(json), beside}, CARD);
    await expect(wrong).rejects.toThrow(`The file names "${name}" as a part of it, which is not beside it`);
    expect(asked).toEqual([]);
  });

  it("and what lies in a folder within is", async () => {
    const asked: string[] = [];
    const json = {modelTopology: {node: []}, weightsManifest: [{paths: ["weights/group1-shard1of1.bin", "a..b.bin"], weights: []}]};
    const beside = async (relative: string) => (asked.push(relative), new Uint8Array(0));
    await expect(convert({name: "model.json", bytes: bytesOf(json), beside}, CARD)).rejects.toThrow();
    expect(asked).toEqual(["weights/group1-shard1of1.bin", "a..b.bin"]);
  });
});

describe("a name that every object of JavaScript has", () => {
  const NAMES = ["constructor", "__proto__", "toString", "hasOwnProperty"];
  it.each(NAMES)("%s is no type of weights", (dtype) => {
    const json = {modelTopology: {node: []}, weightsManifest: [{paths: ["s"], weights: [{name: "w", shape: [1], dtype}]}]};
    expect(() => readGraphModel(bytesOf(json), [new Uint8Array(4)])).toThrow(
      `The weight "w" is stored as ${dtype}, which is not read here.`
    );
  });

  it.each(NAMES)("%s is an attribute, a tensor and a text of a file's like any other", (name) => {
    const text = `{"modelTopology":{"node":[{"name":"n","op":"Relu","attr":{${JSON.stringify(name)}:{"list":{"i":[1]}}}}]},"weightsManifest":[]}`;
    const {attributes} = readGraphModel(bytesOf(text), []).nodes[0]!;
    expect(Object.keys(attributes)).toEqual([name]);
    expect(attributes["isPrototypeOf"]).toBeUndefined();
    const header = bytesOf(
      `{${JSON.stringify(name)}:{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"__metadata__":{${JSON.stringify(name)}:"a"}}`
    );
    const file = new Uint8Array([...new Uint8Array(BigUint64Array.of(BigInt(header.length)).buffer), ...header, 7]);
    const {tensors, metadata} = readSafetensors(file);
    expect(Object.keys(tensors)).toEqual([name]);
    expect(Object.entries(metadata)).toEqual([[name, "a"]]);
  });

  it.each(NAMES)("%s is no operation that is known", async (op) => {
    const graph = {
      modelTopology: {
        node: [
          {name: "x", op: "Placeholder"},
          {name: "y", op, input: ["x"]}
        ]
      },
      weightsManifest: [{paths: ["s"], weights: []}]
    };
    const read = (name: string, bytes: Uint8Array) => convert({name, bytes, beside: async () => new Uint8Array(0)}, CARD);
    await expect(read("model.json", bytesOf(graph))).rejects.toThrow(/^This file holds|^The graph|without a convolution/);
    await expect(read("a.onnx", onnxFile({nodes: [{op, inputs: ["photo"], output: "y"}]}))).rejects.toThrow(
      /ONNX's \w+|without a convolution/
    );
  });
});

it("a description that is nested a hundred thousand deep is a sentence", async () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const layer = `{"class_name":"Conv2D","config":{"name":"a"},"inbound_nodes":[{"args":${deep},"kwargs":{}}]}`;
  const json = `{"modelTopology":{"class_name":"Functional","config":{"layers":[${layer}],"input_layers":[],"output_layers":[]}},"weightsManifest":[]}`;
  const read = convert({name: "model.json", bytes: bytesOf(json), beside: async () => new Uint8Array(0)}, CARD);
  await expect(read).rejects.toThrow("The model.json is damaged: it is nested deeper than any model.");
});

/** A PNG file whose header says one size and whose pixels are others. */
function png(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const chunk = (kind: string, data: Uint8Array) => {
    const body = new Uint8Array([...bytesOf(kind), ...data]);
    const around = new DataView(new ArrayBuffer(8));
    around.setUint32(0, data.length);
    around.setUint32(4, crc32(body));
    return Buffer.concat([new Uint8Array(around.buffer, 0, 4), body, new Uint8Array(around.buffer, 4, 4)]);
  };
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  head.setUint8(8, 8);
  const mark = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const parts = [chunk("IHDR", new Uint8Array(head.buffer)), chunk("IDAT", deflateSync(pixels)), chunk("IEND", new Uint8Array(0))];
  return new Uint8Array(Buffer.concat([mark, ...parts]));
}

describe("a picture's size is looked at before it is unpacked", () => {
  it("a mask of more pixels than are opened, or of none", () => {
    const rows = new Uint8Array(100);
    expect(() => decodeMaskPicture(png(60_000, 60_000, rows), "m.png")).toThrow(
      "The mask m.png is 60000 x 60000 pixels. Pictures of up to 268 million pixels are opened: make it smaller first."
    );
    expect(() => decodeMaskPicture(png(16_000, 16_000, rows), "m.png")).toThrow("too few for 16000 x 16000 pixels");
    expect(() => decodeMaskPicture(png(0, 10, rows), "m.png")).toThrow(
      "The mask m.png says that it is 0 x 10 pixels, which is no picture."
    );
  });

  it("a mask that becomes more than the pixels that it says", () => {
    const small = new Uint8Array(2 * 3);
    expect(decodeMaskPicture(png(2, 2, small), "m.png")).toMatchObject({width: 2, height: 2});
    const bomb = png(2, 2, new Uint8Array(2 ** 27));
    expect(bomb.length).toBeLessThan(2 ** 18);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => decodeMaskPicture(bomb, "m.png")).toThrow("it would become more than the 2 x 2 pixels that it says");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 26);
  });

  it("a large mask that is what it says is opened, and unpacked once", () => {
    const data = new Uint8Array(9e6).map((_, at) => (at * 2654435761) >>> 24);
    const large = encode({width: 3000, height: 3000, channels: 1, depth: 8, data});
    expect(Buffer.compare(decodeMaskPicture(large, "m.png").values as Uint8Array, data)).toBe(0);
    const standsIn = (file: Uint8Array) => Buffer.from(file).includes(Buffer.from(data.subarray(0, 3000)));
    expect([standsIn(large), standsIn(checkedPng(large, "The mask m.png"))]).toEqual([false, true]);
    // Where nothing needed a look, there is nothing to spare.
    const little = png(2, 2, new Uint8Array(2 * 3));
    expect(checkedPng(little, "The mask m.png")).toBe(little);
    for (const end of [large.length - 1e5, 1e5]) {
      const cut = Uint8Array.from(large);
      cut.fill(0, end, end + 5e4);
      expect(() => decodeMaskPicture(cut, "m.png")).toThrow("The mask m.png cannot be decoded");
      expect(() => decodeMaskPicture(large.subarray(0, end), "m.png")).toThrow("The mask m.png cannot be decoded");
    }
  });

  it("labels that were kept", () => {
    expect(() => readMaskFile(new Uint8Array(Uint32Array.of(0x4c424c44, 2 ** 20, 2 ** 20, 2 ** 20, 0).buffer))).toThrow(
      "1048576 x 1048576 pixels"
    );
  });

  it.each([
    ["PNG", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 1, 0, 0, 0, 2, 0]), 256, 512],
    ["GIF", bytesOf("GIF89a\u0001\u0002\u0003\u0004"), 0x0201, 0x0403],
    ["JPEG", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc4, 0, 3, 0, 0xff, 0xc2, 0, 17, 8, 0, 100, 1, 44, 3]), 300, 100],
    ["WebP", Uint8Array.from([..."RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0"].map((c) => c.charCodeAt(0)).concat([99, 0, 0, 49, 0, 0])), 100, 50]
  ])("of %s", (_, head, width, height) => {
    expect(pictureSize(head)).toEqual({width, height});
    for (let end = 0; end < head.length; end++) expect(pictureSize(head.subarray(0, end)) ?? {}).toBeTypeOf("object");
  });
});
