import {readFile} from "node:fs/promises";
import {describe, expect, it} from "vitest";
import {readCheckpointIndex, variableReader} from "../../src/formats/checkpoint.js";
import {crc32c, maskedCrc32c} from "../../src/formats/crc32c.js";
import {hasShared, shared} from "../shared.js";
import {block, checkpoint, filesOf, footer, handle, header, said, sealed, table, tableOfBlocks, uint32} from "./written-checkpoint.js";
import type {Entry, WrittenVariable} from "./written-checkpoint.js";
import {join, varint} from "./tiny-graphdef.js";

const numbers = (count: number) => Float32Array.from({length: count}, (_, i) => i / 8 - 1);
const VARIABLES: WrittenVariable[] = [
  {name: "conv/weights", shape: [3, 3, 2, 4], values: numbers(72)},
  {name: "conv/biases", shape: [4], values: numbers(4), shard: 1},
  {name: "step", shape: [], type: 9, values: new Uint8Array(8)},
  ...Array.from({length: 100}, (_, i) => ({name: `conv/unit_${i}/weights`, shape: [2], values: Float32Array.of(i, -i)}))
];

/** Reads everything that is float. */
async function readAll({index, data}: {index: Uint8Array; data: readonly Uint8Array[]}): Promise<Map<string, Float32Array>> {
  const found = readCheckpointIndex(index);
  const read = variableReader(found, filesOf(data));
  const values = new Map<string, Float32Array>();
  for (const [name, {type}] of found.variables) if (type !== 9) values.set(name, (await read(name)).values);
  return values;
}

describe("a checkpoint", () => {
  it("gives names, shapes and values", async () => {
    const written = checkpoint(VARIABLES, 2);
    const {variables, shards} = readCheckpointIndex(written.index);
    expect(shards).toBe(2);
    expect([...variables.keys()]).toEqual(VARIABLES.map(({name}) => name).sort());
    for (const {name, shape} of VARIABLES) expect(variables.get(name)!.shape).toEqual(shape);
    const read = variableReader(readCheckpointIndex(written.index), filesOf(written.data));
    for (const {name, shape, values, type} of VARIABLES) if (type === undefined) expect(await read(name)).toEqual({shape, values});
  });

  it("is read for what is asked for alone: other files are not opened, other bytes not read", async () => {
    const {index, data} = checkpoint(VARIABLES, 2);
    const files = filesOf(data);
    const read: [number, number][] = [];
    const open = async (name: string) => {
      const file = await files.open(name);
      const slice = file.slice.bind(file);
      return Object.assign(file, {slice: (start: number, end: number) => (read.push([start, end]), slice(start, end))});
    };
    const reader = variableReader(readCheckpointIndex(index), {name: "model.ckpt.index", open});
    expect(files.opened).toEqual([]);
    await reader("conv/biases");
    await reader("conv/biases");
    expect(files.opened).toEqual(["model.ckpt.data-00001-of-00002"]);
    expect(read).toEqual([
      [0, 16],
      [0, 16]
    ]);
  });

  it.each([
    ["double", 2, new Uint8Array(Float64Array.of(1.5, -2).buffer)],
    ["bfloat16", 14, Uint8Array.of(0xc0, 0x3f, 0x00, 0xc0)],
    ["half", 19, Uint8Array.of(0x00, 0x3e, 0x00, 0xc0)]
  ])("gives values of type %s as float32", async (_, type, values) => {
    const {index, data} = checkpoint([{name: "a", shape: [2], type, values}]);
    expect((await variableReader(readCheckpointIndex(index), filesOf(data))("a")).values).toEqual(Float32Array.of(1.5, -2));
  });

  it("asks for files beside it, whatever its own name says", async () => {
    const {index} = checkpoint([{name: "a", shape: [1], values: numbers(1)}]);
    const asked: string[] = [];
    const open = async (name: string) => (asked.push(name), new Blob([numbers(1) as BlobPart]));
    for (const name of ["../../etc/model.ckpt-3.index", "..\\x\\model.ckpt-3.index", "../.."]) {
      await variableReader(readCheckpointIndex(index), {name, open})("a");
    }
    const file = "model.ckpt-3.data-00000-of-00001";
    expect(asked).toEqual([file, file, "...data-00000-of-00001"]);
  });

  it.skipIf(!hasShared)("that TensorFlow wrote gives names and shapes, and values with their checksums", async () => {
    const index = await readFile(shared("checkpoint/model.ckpt-30000.index"));
    const data = await readFile(shared("checkpoint/model.ckpt-30000.data-00000-of-00001"));
    const found = readCheckpointIndex(index);
    expect([...found.variables].map(([name, {shape}]) => `${name} ${shape.join("x")}`)).toEqual([
      "Variable ",
      "conv1/biases 32",
      "conv1/weights 5x5x1x32",
      "conv3/biases 64",
      "conv3/weights 5x5x32x64",
      "fc1/biases 64",
      "fc1/weights 3136x64",
      "fc2/biases 10",
      "fc2/weights 64x10"
    ]);
    const read = variableReader(found, {name: "model.ckpt-30000.index", open: async () => new Blob([data])});
    for (const name of found.variables.keys()) {
      if (name === "Variable") await expect(read(name)).rejects.toThrow(/type 3, which no weights are kept in/);
      else expect((await read(name)).values.every((value) => Math.abs(value) < 1)).toBe(true);
    }
  });

  it("has the checksum that others agree on", () => {
    // The check value of CRC-32C (RFC 3720, appendix B.4, has others).
    expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    // What LevelDB writes behind an empty block.
    expect(maskedCrc32c(Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0))).toBe(0xb0a1f2c0);
  });
});

describe("a damaged checkpoint is refused with a sentence:", () => {
  const small = [{name: "a", shape: [2], values: numbers(2)}];
  const one = (what: Parameters<typeof said>[0]): Entry[] => [header(), ["a", said(what)]];
  const fit = {shape: [2], bytes: 8};
  const blocks = (...contents: Uint8Array[]) => tableOfBlocks(contents.map((content, i) => [`k${i}`, sealed(content)]));
  const entry = (shared: number, own: number, length: number, ...rest: number[]) =>
    join([varint(shared), varint(own), varint(length), Uint8Array.from(rest), uint32(0), uint32(1)]);
  const longName = "n".repeat(600);
  /** An empty block and a list of blocks. */
  const listed = (...entries: Entry[]) => {
    const list = block(entries, {every: 1});
    return join([sealed(block([])), sealed(list), footer(handle(13, list.length))]);
  };
  const many = Uint8Array.from({length: 6 * 20_001}, (_, i) => [0, 3, 0, (i / 6) >> 16, (i / 6) >> 8, i / 6][i % 6]!);

  const INDEXES: [what: string, index: Uint8Array, sentence: RegExp][] = [
    ["nothing", new Uint8Array(), /not the \.index of a TensorFlow checkpoint, or it is cut off/],
    ["text", new TextEncoder().encode("hello".repeat(20)), /not the \.index of a TensorFlow checkpoint, or it is cut off/],
    ["another mark", table([header()]).map((byte, i, {length}) => (i === length - 1 ? byte ^ 1 : byte)), /not the \.index/],
    ["no entries", table([]), /does not say in how many files it is/],
    ["no header", table([["a", said(fit)]]), /does not say in how many files it is/],
    ["no shards", table([header(0), ["a", said(fit)]]), /there are 0 files of values/],
    [
      "fewer shards than none",
      table([["", join([varint(8), join([new Uint8Array(9).fill(255), Uint8Array.of(1)])])]]),
      /there are -1 files/
    ],
    ["a shard beyond", table([header(2), ["a", said({...fit, shard: 2})]]), /"a" is said to be in file 3 of 2/],
    ["upper bytes first", table([header(1, true)]), /big-endian machine/],
    ["a list outside the file", footer(handle(1000, 10)), /a block of it ends at byte 1010, and 48 are there/],
    ["a list of 2^60 bytes", footer(handle(0, 2 ** 60)), /a number in it is too large/],
    ["a list without end", footer(new Uint8Array(38).fill(0x80)), /a number in it is too large/],
    ["a block outside the file", listed(["a", handle(2 ** 40, 4)]), /a block of it ends at byte 1099511627780, and \d+ are there/],
    ["a block twice", listed(["a", handle(0, 8)], ["b", handle(0, 8)]), /two of its blocks overlap/],
    ["20,001 names", tableOfBlocks([["z", sealed(join([many, uint32(0), uint32(1)]))]]), /lists more than 20000 values/],
    ["a wrong checksum", table(one(fit)).map((byte, i) => (i === 3 ? byte ^ 4 : byte)), /does not have the checksum that it states/],
    ["a packed block", tableOfBlocks([["a", sealed(block(one(fit)), 1)]]), /is compressed, .* save it again/],
    ["a restart outside", blocks(block(one(fit), {restarts: [0, 9999]})), /a restart lies/],
    ["a restart inside an entry", blocks(block(one(fit), {restarts: [0, 1]})), /a restart lies where no entry begins/],
    ["2^30 restarts", blocks(join([block(one(fit)), uint32(2 ** 30)])), /shorter than its list of restarts/],
    ["no room for restarts", blocks(new Uint8Array(2)), /shorter than its list of restarts/],
    ["a name that takes over too much", blocks(block([header()]), entry(5, 1, 0, 65)), /takes over more of the one before than there is/],
    ["an entry that is too long", blocks(entry(0, 1, 99, 65)), /reaches beyond its block/],
    ["a name that is too long", table([header(), [longName, said(fit)]]), /a name in it has 600 characters/],
    ["a name twice", table([header(), ["a", said(fit)], ["a", said(fit)]]), /it holds "a" twice/],
    ["names out of order", table([header(), ["b", said(fit)], ["a", said(fit)]], 2), /"a" stands after "b"/],
    ["a description that is none", table([header(), ["a", Uint8Array.of(0xff, 0xff)]]), /what it says of "a" cannot be read/],
    ["a description of 5 kB", table([header(), ["a", new Uint8Array(5000)]]), /what it says of "a" cannot be read/],
    ["nine sides", table(one({shape: new Array<number>(9).fill(1), bytes: 4})), /"a" has 9 sides/],
    ["a place that is no number", table(one({...fit, offset: 2 ** 53 - 2})), /is said to be 8 bytes from byte 9007199254740990 on/],
    [
      "two at one place",
      table([header(), ["a", said(fit)], ["b", said({...fit, offset: 4})]]),
      /"a" and "b" are said to be at the same place/
    ]
  ];
  it.each(INDEXES)("an .index with %s", (_, index, sentence) => {
    expect(() => readCheckpointIndex(index)).toThrow(
      expect.objectContaining({name: "FormatError", message: expect.stringMatching(sentence)})
    );
  });

  it.each([
    ["the file is missing", table(one(fit)), [], /^There is no model\.ckpt\.data-00000-of-00001\.$/],
    [
      "the file is shorter",
      table(one({...fit, offset: 100})),
      [numbers(2)],
      /-00000-of-00001 is cut off: it has 8 bytes, and the .index says 108/
    ],
    ["sides that are huge", table(one({shape: [2 ** 20, 2 ** 20], bytes: 8})), [numbers(2)], /has the shape \[1048576, 1048576\]/],
    ["fewer bytes than values", table(one({shape: [3], bytes: 8})), [numbers(2)], /"a" has 8 bytes for the shape \[3\]/],
    ["values that changed", checkpoint(small).index, [Float32Array.of(1, 2)], /values of "a" do not have the checksum/],
    ["a type that is none", table(one({...fit, type: 7})), [numbers(2)], /"a" of the checkpoint is of TensorFlow's type 7/],
    ["parts", table(one({shape: [2], parts: 3})), [numbers(2)], /"a" was saved in 3 parts, .* without partitions/]
  ] as const)("values: %s", async (_, index, data, sentence) => {
    const bytes = data.map(({buffer}) => new Uint8Array(buffer));
    await expect(variableReader(readCheckpointIndex(index), filesOf(bytes))("a")).rejects.toThrow(sentence);
  });

  it("cut off at every tenth of index and data", async () => {
    const whole = checkpoint(VARIABLES.filter(({shard}) => !shard));
    for (let tenth = 0; tenth < 10; tenth++) {
      const cut = (bytes: Uint8Array) => bytes.subarray(0, Math.floor((bytes.length * tenth) / 10));
      await expect(readAll({...whole, index: cut(whole.index)})).rejects.toThrow(/or it is cut off/);
      await expect(readAll({...whole, data: whole.data.map(cut)})).rejects.toThrow(/is cut off: it has \d+ bytes/);
    }
  });

  it("with any one byte changed, or else reads as before", async () => {
    const whole = checkpoint(VARIABLES.slice(0, 3), 2);
    const values = await readAll(whole);
    let refused = 0;
    for (let at = 0; at < whole.index.length; at++) {
      const index = whole.index.slice();
      index[at]! ^= 1 << (at % 8);
      const found = await readAll({...whole, index}).catch((error: Error) => error.name);
      if (found === "FormatError") refused++;
      else expect(found).toEqual(values);
    }
    // What may change are the fillings of the footer and a list that is not read.
    expect(refused).toBeGreaterThan(whole.index.length - 60);
  });
});
