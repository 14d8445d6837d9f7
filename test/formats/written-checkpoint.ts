import {maskedCrc32c} from "../../src/formats/crc32c.js";
import {field, integer, join, varint} from "./tiny-graphdef.js";

/** Checkpoints of TensorFlow by hand, from the format's description: whole ones, and parts to make damaged ones of. */

export function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

/** A key, a character a byte, and its value. */
export type Entry = readonly [key: string, value: Uint8Array];

/**
 * A block of a table.
 *
 * @param options.every how many entries there are from one whole key to the next
 * @param options.restarts where whole keys are said to be, instead of where they are
 */
export function block(entries: readonly Entry[], {every = 16, restarts}: {every?: number; restarts?: readonly number[]} = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  const starts: number[] = [];
  let length = 0;
  let before = "";
  entries.forEach(([key, value], index) => {
    let shared = 0;
    if (index % every === 0) starts.push(length);
    else while (shared < Math.min(key.length, before.length) && key[shared] === before[shared]) shared++;
    const own = Uint8Array.from(key.slice(shared), (character) => character.charCodeAt(0));
    const entry = join([varint(shared), varint(own.length), varint(value.length), own, value]);
    parts.push(entry);
    length += entry.length;
    before = key;
  });
  if (starts.length === 0) starts.push(0);
  const said = restarts ?? starts;
  return join([...parts, ...said.map(uint32), uint32(said.length)]);
}

/** A block as it stands in a file. */
export function sealed(content: Uint8Array, kind = 0): Uint8Array {
  const sealing = join([content, Uint8Array.of(kind)]);
  return join([sealing, uint32(maskedCrc32c(sealing))]);
}

export function handle(offset: number, size: number): Uint8Array {
  return join([varint(offset), varint(size)]);
}

/** The end of a table, which says where the list of its blocks is. */
export function footer(list: Uint8Array): Uint8Array {
  const handles = join([handle(0, 8), list]);
  return join([handles, new Uint8Array(40 - handles.length), Uint8Array.of(0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb)]);
}

/** A table of blocks, each under the last of its keys. */
export function tableOfBlocks(blocks: readonly (readonly [lastKey: string, sealed: Uint8Array])[]): Uint8Array {
  let offset = 0;
  const list: Entry[] = blocks.map(([key, bytes]) => {
    const place = handle(offset, bytes.length - 5);
    offset += bytes.length;
    return [key, place];
  });
  const meta = sealed(block([]));
  const index = block(list, {every: 1});
  return join([...blocks.map(([, bytes]) => bytes), meta, sealed(index), footer(handle(offset + meta.length, index.length))]);
}

/** A table of entries in this order, some to a block. */
export function table(entries: readonly Entry[], perBlock = 40): Uint8Array {
  const blocks: [string, Uint8Array][] = [];
  for (let at = 0; at < entries.length; at += perBlock) {
    const some = entries.slice(at, at + perBlock);
    blocks.push([some.at(-1)![0], sealed(block(some))]);
  }
  return tableOfBlocks(blocks);
}

/** What the index says before anything else: in how many files the values are, and whether the upper bytes come first. */
export function header(shards = 1, bigEndian = false): Entry {
  return ["", join([integer(1, shards), ...(bigEndian ? [integer(2, 1)] : []), field(3, [integer(1, 1)])])];
}

/** What the index says of a variable. */
export interface SaidOfVariable {
  readonly type?: number;
  readonly shape: readonly number[];
  readonly shard?: number;
  readonly offset?: number;
  readonly bytes?: number;
  readonly checksum?: number;
  /** In how many parts it is said to be. */
  readonly parts?: number;
}

export function said({type = 1, shape, shard = 0, offset = 0, bytes = 0, checksum = 0, parts = 0}: SaidOfVariable): Uint8Array {
  return join([
    integer(1, type),
    field(
      2,
      shape.map((side) => field(2, integer(1, side)))
    ),
    ...(shard ? [integer(3, shard)] : []),
    ...(offset ? [integer(4, offset)] : []),
    integer(5, bytes),
    join([varint((6 << 3) | 5), uint32(checksum)]),
    ...Array.from({length: parts}, (_, part) => field(7, [field(1, integer(1, part))]))
  ]);
}

/** A variable and its values, in bytes of its type (1, float32, by default). */
export interface WrittenVariable {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Uint8Array;
  readonly type?: number;
  /** The file that it is in. */
  readonly shard?: number;
}

export interface WrittenCheckpoint {
  readonly index: Uint8Array;
  /** One a shard. */
  readonly data: readonly Uint8Array[];
}

/** A checkpoint of these variables, in the order of their names. */
export function checkpoint(variables: readonly WrittenVariable[], shards = 1): WrittenCheckpoint {
  const data: Uint8Array[][] = Array.from({length: shards}, () => []);
  const sorted = variables.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const offsets = data.map(() => 0);
  const entries = sorted.map(({name, shape, values, type = 1, shard = 0}): Entry => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const offset = offsets[shard]!;
    data[shard]!.push(bytes);
    offsets[shard]! += bytes.length;
    return [name, said({type, shape, shard, offset, bytes: bytes.length, checksum: maskedCrc32c(bytes)})];
  });
  return {index: table([header(shards), ...entries]), data: data.map(join)};
}

/** A way to the files of values of a checkpoint that is called "model.ckpt", and the names of those that were opened. */
export function filesOf(data: readonly Uint8Array[]): {name: string; open: (name: string) => Promise<Blob>; opened: string[]} {
  const opened: string[] = [];
  const names = data.map((_, shard) => `model.ckpt.data-${String(shard).padStart(5, "0")}-of-${String(data.length).padStart(5, "0")}`);
  return {
    name: "model.ckpt.index",
    opened,
    async open(name) {
      opened.push(name);
      const found = data[names.indexOf(name)];
      if (!found) throw new Error(`There is no ${name}.`);
      return new Blob([found as BlobPart]);
    }
  };
}
