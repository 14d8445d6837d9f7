import protobuf from "protobufjs/light.js";
import {maskedCrc32c} from "./crc32c.js";
import {ELEMENT_TYPES, elementValues} from "./element-types.js";
import type {ElementTypeName} from "./element-types.js";
import {FormatError} from "./format-error.js";
import {readMessage} from "./messages.js";
import type {GraphConstant} from "./node-graph.js";
import {elementCount} from "./node-graph.js";
import {tableEntries} from "./sorted-table.js";

export {isSortedTable as isCheckpointIndex} from "./sorted-table.js";

/**
 * Checkpoints of TensorFlow (a "tensor bundle"): `<name>.index`, a sorted table of what every variable is called and where its values
 * stand, and the values in `<name>.data-00000-of-00001` and its like.
 */

/** The part of TensorFlow's tensor_bundle.proto that is read. */
const SCHEMA = protobuf.Root.fromJSON({
  nested: {
    Header: {fields: {numShards: {type: "int32", id: 1}, endianness: {type: "int32", id: 2}}},
    Entry: {
      fields: {
        dtype: {type: "int32", id: 1},
        shape: {type: "Shape", id: 2},
        shardId: {type: "int32", id: 3},
        offset: {type: "int64", id: 4},
        size: {type: "int64", id: 5},
        crc32c: {type: "fixed32", id: 6},
        slices: {rule: "repeated", type: "bytes", id: 7}
      }
    },
    Shape: {fields: {dim: {rule: "repeated", type: "Dimension", id: 2}}},
    Dimension: {fields: {size: {type: "int64", id: 1}}}
  }
});
const MESSAGES = SCHEMA.resolveAll();

interface HeaderMessage {
  numShards?: number;
  endianness?: number;
}
interface EntryMessage {
  dtype?: number;
  shape?: {dim?: {size?: number}[]};
  shardId?: number;
  offset?: number;
  size?: number;
  crc32c?: number;
  slices?: Uint8Array[];
}

/** Types by their number in types.proto, as far as weights are kept in them. */
const TYPES: Readonly<Record<number, ElementTypeName>> = {1: "F32", 2: "F64", 14: "BF16", 19: "F16"};
/** Sides of the largest tensor that TensorFlow's own operations take. */
const MAXIMUM_SIDES = 8;
/** Bytes of a description; one is thirty or so. */
const MAXIMUM_ENTRY_BYTES = 4096;

/** What the index says of a variable. */
export interface CheckpointVariable {
  /** Its type's number in TensorFlow's types.proto. */
  readonly type: number;
  readonly shape: readonly number[];
  /** In how many parts it is kept (a partitioned variable); 0 where it is whole. */
  readonly parts: number;
  /** The data file that holds it, where in it and in how many bytes. */
  readonly shard: number;
  readonly offset: number;
  readonly bytes: number;
  /** Masked CRC-32C of those bytes. */
  readonly checksum: number;
}

export interface Checkpoint {
  readonly variables: ReadonlyMap<string, CheckpointVariable>;
  /** In how many files the values are. */
  readonly shards: number;
}

/**
 * Reads the .index of a checkpoint: names, types, shapes and places of all variables. No two may share bytes, so that what is read of
 * all of them together is never more than the files.
 *
 * @throws FormatError where it is none, cut off or damaged
 */
export function readCheckpointIndex(index: Uint8Array): Checkpoint {
  const [first, ...others] = tableEntries(index);
  if (first?.key !== "") {
    throw new FormatError(
      "The .index of the checkpoint is damaged, or from before TensorFlow 0.12: it does not say in how many files it is."
    );
  }
  const {numShards: shards = 0, endianness = 0} = decode<HeaderMessage>("Header", first.value, "");
  if (endianness !== 0) throw new FormatError("The checkpoint was written on a big-endian machine, which is not read here.");
  if (shards < 1) throw new FormatError(`The .index of the checkpoint is damaged: it says that there are ${shards} files of values.`);
  const variables = new Map<string, CheckpointVariable>();
  // A name that begins with a zero byte is that of a part of a partitioned variable.
  for (const {key, value} of others) if (!key.startsWith("\0")) variables.set(key, variableOf(key, value, shards));
  checkPlaces(variables);
  return {variables, shards};
}

function decode<Message>(type: "Header" | "Entry", value: Uint8Array, name: string): Message {
  try {
    if (value.length > MAXIMUM_ENTRY_BYTES) throw new Error(`${value.length} bytes`);
    return readMessage(MESSAGES.lookupType(type), value) as Message;
  } catch (error) {
    throw new FormatError(`The .index of the checkpoint is damaged: what it says of "${name}" cannot be read.`, {cause: error});
  }
}

function variableOf(name: string, value: Uint8Array, shards: number): CheckpointVariable {
  const {dtype = 0, shape, slices = [], shardId = 0, offset = 0, size = 0, crc32c = 0} = decode<EntryMessage>("Entry", value, name);
  const sides = (shape?.dim ?? []).map(({size = 0}) => size);
  const parts = slices.length;
  if (sides.length > MAXIMUM_SIDES) throw new FormatError(`The checkpoint is damaged: "${name}" has ${sides.length} sides.`);
  const whole = parts === 0;
  if (whole && !(shardId >= 0 && shardId < shards)) {
    throw new FormatError(`The checkpoint is damaged: "${name}" is said to be in file ${shardId + 1} of ${shards}.`);
  }
  if (whole && !(offset >= 0 && size >= 0 && Number.isSafeInteger(offset + size))) {
    throw new FormatError(`The checkpoint is damaged: "${name}" is said to be ${size} bytes from byte ${offset} on.`);
  }
  return {type: dtype, shape: sides, parts, shard: shardId, offset, bytes: size, checksum: crc32c};
}

function checkPlaces(variables: ReadonlyMap<string, CheckpointVariable>): void {
  const placed = [...variables].filter(([, {parts}]) => parts === 0);
  placed.sort(([, a], [, b]) => a.shard - b.shard || a.offset - b.offset || a.bytes - b.bytes);
  placed.forEach(([name, {shard, offset}], index) => {
    const [other, before] = placed[index - 1] ?? ["", null];
    if (before?.shard === shard && before.offset + before.bytes > offset) {
      throw new FormatError(`The checkpoint is damaged: "${other}" and "${name}" are said to be at the same place.`);
    }
  });
}

/** Where the values of a checkpoint are. */
export interface CheckpointFiles {
  /** Name of the index, without folders. */
  readonly name: string;
  /** Opens a file beside the index by its name, which never holds a folder. */
  readonly open: (name: string) => Promise<Blob>;
}

/**
 * A function that gives the values of a variable by its name: of the data files, only its bytes are read.
 *
 * It throws a FormatError where there is no such variable, where its type, size and shape do not agree, where the file that holds it is
 * cut off, or where the values do not have their checksum.
 */
export function variableReader(
  {variables, shards}: Checkpoint,
  {name: index, open}: CheckpointFiles
): (name: string) => Promise<GraphConstant> {
  const base = index
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.index$/, "");
  const opened = new Map<number, Promise<Blob>>();
  const openShard = async (shard: number): Promise<Blob> => {
    const name = `${base}.data-${fiveDigits(shard)}-of-${fiveDigits(shards)}`;
    const file = await open(name);
    const end = [...variables.values()].reduce(
      (end, at) => (at.parts === 0 && at.shard === shard ? Math.max(end, at.offset + at.bytes) : end),
      0
    );
    if (file.size < end) throw new FormatError(`${name} is cut off: it has ${file.size} bytes, and the .index says ${end}.`);
    return file;
  };
  return async (name) => {
    const variable = variables.get(name);
    if (!variable) throw new FormatError(`The checkpoint holds no "${name}".`);
    const {shape, parts, shard, offset, bytes, checksum} = variable;
    const type = TYPES[variable.type];
    if (parts > 0) throw new FormatError(`"${name}" was saved in ${parts} parts, which is not read here; save it without partitions.`);
    if (!type) throw new FormatError(`"${name}" of the checkpoint is of TensorFlow's type ${variable.type}, which no weights are kept in.`);
    if (elementCount(name, shape) * ELEMENT_TYPES[type].bytes !== bytes) {
      throw new FormatError(`The checkpoint is damaged: "${name}" has ${bytes} bytes for the shape [${shape.join(", ")}].`);
    }
    if (!opened.has(shard)) opened.set(shard, openShard(shard));
    const file = await opened.get(shard)!;
    const data = new Uint8Array(await file.slice(offset, offset + bytes).arrayBuffer());
    if (maskedCrc32c(data) !== checksum) {
      throw new FormatError(`The checkpoint is damaged: the values of "${name}" do not have the checksum that the .index states.`);
    }
    return {shape, values: elementValues(type, data)};
  };
}

function fiveDigits(number: number): string {
  return String(number).padStart(5, "0");
}
