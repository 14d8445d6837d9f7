import {Float16Array} from "@petamoriken/float16";
import {getFloat16} from "./float16.js";
import {FormatError} from "./format-error.js";

/** Numbers as files hold them, little endian, under the names that safetensors gives them. */

interface ElementType {
  readonly bytes: number;
  read(view: DataView, offset: number): number;
}

export const ELEMENT_TYPES = {
  F64: {bytes: 8, read: (view, offset) => view.getFloat64(offset, true)},
  F32: {bytes: 4, read: (view, offset) => view.getFloat32(offset, true)},
  F16: {bytes: 2, read: (view, offset) => getFloat16(view, offset, true)},
  BF16: {bytes: 2, read: (view, offset) => bfloat16(view.getUint16(offset, true))},
  I64: {bytes: 8, read: (view, offset) => Number(view.getBigInt64(offset, true))},
  I32: {bytes: 4, read: (view, offset) => view.getInt32(offset, true)},
  U32: {bytes: 4, read: (view, offset) => view.getUint32(offset, true)},
  I16: {bytes: 2, read: (view, offset) => view.getInt16(offset, true)},
  U16: {bytes: 2, read: (view, offset) => view.getUint16(offset, true)},
  I8: {bytes: 1, read: (view, offset) => view.getInt8(offset)},
  U8: {bytes: 1, read: (view, offset) => view.getUint8(offset)},
  BOOL: {bytes: 1, read: (view, offset) => view.getUint8(offset)}
} as const satisfies Readonly<Record<string, ElementType>>;

export type ElementTypeName = keyof typeof ELEMENT_TYPES;

/** Typed arrays are as the machine is. */
const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Numbers as float32; integers and float64 are rounded to it where it cannot hold them. Where they stand in the data just so, it is a
 * view of them, not to be changed: a large model is not in memory twice.
 *
 * @param data little endian, not aligned, as many bytes as the type takes for whole numbers of elements
 */
export function elementValues(type: ElementTypeName, data: Uint8Array): Float32Array {
  if (type === "F32" && IS_LITTLE_ENDIAN && data.byteOffset % 4 === 0)
    return new Float32Array(data.buffer, data.byteOffset, data.length / 4);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const {bytes, read} = ELEMENT_TYPES[type];
  const values = new Float32Array(data.length / bytes);
  for (let i = 0, offset = 0; i < values.length; i++, offset += bytes) values[i] = read(view, offset);
  return values;
}

/** What weights are written as. */
export type WrittenType = Extract<ElementTypeName, "F32" | "F16">;

/**
 * Numbers as bytes, little endian.
 *
 * @param name of their tensor, for the sentence
 * @throws FormatError where a value does not fit float16
 */
export function elementBytes(type: WrittenType, values: Float32Array, name: string): Uint8Array {
  const data = new Uint8Array(values.length * ELEMENT_TYPES[type].bytes);
  const view = new DataView(data.buffer);
  if (type === "F32") values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  // All at once: one by one, the package checks its view's kind at every value, which takes eighty times as long.
  else
    new Uint16Array(new Float16Array(values).buffer).forEach((half, i) => view.setUint16(2 * i, checkedHalf(half, values[i]!, name), true));
  return data;
}

/** The bits of a value in float16. @throws FormatError where these say infinite, and the value is not */
function checkedHalf(half: number, value: number, name: string): number {
  if ((half & 0x7fff) === 0x7c00 && Number.isFinite(value))
    throw new FormatError(`Tensor "${name}" holds ${value}, which float16 cannot: write it as float32.`);
  return half;
}

const SCRATCH = new DataView(new ArrayBuffer(4));

/** A bfloat16 is the upper half of a float32. */
function bfloat16(bits: number): number {
  SCRATCH.setUint32(0, bits << 16);
  return SCRATCH.getFloat32(0);
}
