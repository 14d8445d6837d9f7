import {Float16Array} from "@petamoriken/float16";

export const NPY_TYPES = ["float32", "float16"] as const;
export type NpyType = (typeof NPY_TYPES)[number];

const DESCRIPTIONS: Readonly<Record<NpyType, string>> = {float32: "<f4", float16: "<f2"};

/** The head of a .npy file is a multiple of this many bytes, so that its numbers are aligned. */
const ALIGNMENT = 64;

/**
 * Numbers as a file of NumPy's .npy format, version 1.0 (NEP 1): little-endian, row by row.
 *
 * @param type what they are rounded to
 * @throws RangeError where the shape does not hold as many numbers
 */
export function npyFile(values: Float32Array, shape: readonly number[], type: NpyType = "float32"): Uint8Array {
  const size = shape.reduce((product, side) => product * side, 1);
  if (size !== values.length) throw new RangeError(`${values.length} numbers do not have the shape [${shape.join(", ")}].`);
  // A tuple of one has a comma after it.
  const description = `{'descr': '${DESCRIPTIONS[type]}', 'fortran_order': False, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`;
  const numbers = type === "float16" ? new Float16Array(values) : values;
  const magic = [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0];
  const head = Math.ceil((magic.length + 2 + description.length + 1) / ALIGNMENT) * ALIGNMENT;
  const text = `${description.padEnd(head - magic.length - 2 - 1)}\n`;
  const file = new Uint8Array(head + numbers.byteLength);
  file.set(magic);
  new DataView(file.buffer).setUint16(magic.length, text.length, true);
  file.set(new TextEncoder().encode(text), magic.length + 2);
  // Every platform with a browser is little-endian.
  file.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), head);
  return file;
}
