import {byName} from "./by-name.js";
import {ELEMENT_TYPES, elementBytes, elementValues} from "./element-types.js";
import type {ElementTypeName, WrittenType} from "./element-types.js";
import {FormatError} from "./format-error.js";
import {isObject} from "./json.js";

/** Ten times what any network takes, and far below the format's own limit: a header becomes many times as much in memory. */
const MAXIMUM_HEADER_BYTES = 2 ** 22;
const LENGTH_BYTES = 8;
const ALIGNMENT = 8;

export interface SafetensorsEntry {
  readonly type: ElementTypeName;
  readonly shape: readonly number[];
  /** A view of the file, little endian, not aligned. */
  readonly data: Uint8Array;
}

export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, SafetensorsEntry>>;
}

/**
 * Reads the header of a safetensors file and checks every promise that it makes about the rest: types, shapes and
 * offsets that fill the file without gap or overlap. Values are decoded by `safetensorsValues`.
 *
 * @throws FormatError on anything else than a whole, well-formed file
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const {header, data} = split(bytes);
  const metadata = byName<string>();
  const tensors = byName<SafetensorsEntry>();
  const extents: {name: string; begin: number; end: number}[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === "__metadata__") {
      if (!isObject(value)) throw new FormatError("The safetensors header is corrupt: its metadata is not a set of texts.");
      for (const [key, text] of Object.entries(value)) {
        if (typeof text !== "string") throw new FormatError(`The safetensors header is corrupt: metadata "${key}" is not a text.`);
        metadata[key] = text;
      }
      continue;
    }
    const {type, shape, begin, end} = entryOf(name, value, data.length);
    extents.push({name, begin, end});
    tensors[name] = {type, shape, data: data.subarray(begin, end)};
  }
  checkExtents(extents, data.length);
  return {metadata, tensors};
}

/**
 * The values of a tensor as float32; integers and float64 are rounded to it where it cannot hold them.
 */
export function safetensorsValues({type, data}: SafetensorsEntry): Float32Array {
  return elementValues(type, data);
}

export interface SafetensorsContent {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, {readonly shape: readonly number[]; readonly values: Float32Array}>>;
  /** Type of all tensors of the file. */
  readonly type: WrittenType;
}

/**
 * Writes a safetensors file. The same content gives the same bytes: names and metadata keys are sorted, the header is
 * padded with spaces so that the data begin at a multiple of eight bytes.
 *
 * @throws FormatError where a shape does not fit its values, or a value does not fit float16
 */
export function writeSafetensors({metadata = {}, tensors, type}: SafetensorsContent): Uint8Array {
  const header: Record<string, unknown> = {};
  const keys = Object.keys(metadata).sort();
  if (keys.length > 0) header["__metadata__"] = Object.fromEntries(keys.map((key) => [key, metadata[key]]));
  const names = Object.keys(tensors).sort();
  let length = 0;
  for (const name of names) {
    const {shape, values} = tensors[name]!;
    if (elements(shape) !== values.length) {
      throw new FormatError(`Tensor "${name}" has ${values.length} values, which do not fill its shape [${shape.join(", ")}].`);
    }
    const end = length + values.length * ELEMENT_TYPES[type].bytes;
    header[name] = {dtype: type, shape, data_offsets: [length, end]};
    length = end;
  }

  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(" ".charCodeAt(0), LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  bytes.set(json, LENGTH_BYTES);
  let offset = LENGTH_BYTES + headerBytes;
  for (const name of names) {
    const data = elementBytes(type, tensors[name]!.values, name);
    bytes.set(data, offset);
    offset += data.length;
  }
  return bytes;
}

function split(bytes: Uint8Array): {header: Record<string, unknown>; data: Uint8Array} {
  if (bytes.length < LENGTH_BYTES) {
    throw new FormatError(`This is not a safetensors file: it has ${bytes.length} bytes, fewer than the length of a header takes.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Beyond 2^53 a number is inexact, but still far over the limit.
  const headerBytes = Number(view.getBigUint64(0, true));
  if (headerBytes > MAXIMUM_HEADER_BYTES) {
    throw new FormatError(`This is not a safetensors file: it announces a header of ${headerBytes} bytes.`);
  }
  const dataStart = LENGTH_BYTES + headerBytes;
  if (dataStart > bytes.length) {
    throw new FormatError(
      `The safetensors file is cut off: its header takes ${headerBytes} bytes, ${bytes.length - LENGTH_BYTES} are there.`
    );
  }
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", {fatal: true}).decode(bytes.subarray(LENGTH_BYTES, dataStart)));
  } catch {
    throw new FormatError("This is not a safetensors file, or its header is corrupt: it is not JSON.");
  }
  if (!isObject(header)) throw new FormatError("The safetensors header is corrupt: it is not a table of tensors.");
  return {header, data: bytes.subarray(dataStart)};
}

function entryOf(name: string, value: unknown, dataBytes: number) {
  const corrupt = (what: string) => new FormatError(`The safetensors header is corrupt: tensor "${name}" ${what}.`);
  if (!isObject(value)) throw corrupt("is not described");
  const {dtype, shape, data_offsets: offsets} = value;
  if (typeof dtype !== "string") throw corrupt("has no type");
  if (!Object.hasOwn(ELEMENT_TYPES, dtype)) {
    throw new FormatError(`Tensor "${name}" has the type ${dtype}; the ones read here are ${Object.keys(ELEMENT_TYPES).join(", ")}.`);
  }
  const type = dtype as ElementTypeName;
  if (!isIndexList(shape)) throw corrupt("has no shape of whole numbers");
  if (!isIndexList(offsets) || offsets.length !== 2) throw corrupt("has no pair of offsets");
  const [begin, end] = offsets as [number, number];
  if (begin > end) throw corrupt(`ends at ${end}, before it begins at ${begin}`);
  if (end > dataBytes) {
    throw new FormatError(`The safetensors file is cut off: tensor "${name}" ends at byte ${end} of the data, ${dataBytes} are there.`);
  }
  const needed = elements(shape) * ELEMENT_TYPES[type].bytes;
  if (needed !== end - begin) {
    throw corrupt(`has ${end - begin} bytes where ${type} of shape [${shape.join(", ")}] takes ${needed}`);
  }
  return {type, shape, begin, end};
}

/** Tensors follow each other without gap or overlap, and nothing comes after the last. */
function checkExtents(extents: {name: string; begin: number; end: number}[], dataBytes: number): void {
  let reached = 0;
  let last = "";
  for (const {name, begin, end} of extents.sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < reached) throw new FormatError(`The safetensors header is corrupt: tensors "${last}" and "${name}" overlap.`);
    if (begin > reached)
      throw new FormatError(`The safetensors header is corrupt: ${begin - reached} bytes before tensor "${name}" belong to none.`);
    reached = end;
    last = name;
  }
  if (reached !== dataBytes) {
    throw new FormatError(`The safetensors file is corrupt: ${dataBytes - reached} bytes after its last tensor belong to none.`);
  }
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

function isIndexList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}
