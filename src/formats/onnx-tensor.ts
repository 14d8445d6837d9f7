import type {Budget} from "./budget.js";
import {ELEMENT_TYPES, elementValues} from "./element-types.js";
import type {ElementTypeName} from "./element-types.js";
import {leadsOut} from "./file-tree.js";
import {FormatError} from "./format-error.js";
import {elementCount, readWhenAsked} from "./node-graph.js";
import type {GraphConstant} from "./node-graph.js";

/** A tensor of an ONNX file. */
export interface OnnxTensor extends GraphConstant {
  /** Of whole numbers, which are divided as such. */
  readonly isWhole: boolean;
}

/** What the decoder gives for a tensor, defaults left out, 64-bit integers as numbers. */
export interface TensorMessage {
  dims?: number[];
  dataType?: number;
  floatData?: number[];
  int32Data?: number[];
  int64Data?: number[];
  name?: string;
  rawData?: Uint8Array;
  doubleData?: number[];
  externalData?: {key?: string; value?: string}[];
  dataLocation?: number;
}

/** Files beside an ONNX file that hold values of it, by the paths that it gives. */
export type OnnxFiles = ReadonlyMap<string, Uint8Array>;

interface TensorType {
  readonly name: ElementTypeName;
  /** Values that are listed one by one instead of as bytes. */
  readonly listed: (tensor: TensorMessage) => readonly number[];
  /** Half-precision numbers are listed by their bits. */
  readonly asBits?: true;
}

const int32 = ({int32Data = []}: TensorMessage) => int32Data;

/** Element types by their number in `TensorProto.DataType`. */
const TENSOR_TYPES: Readonly<Record<number, TensorType>> = {
  1: {name: "F32", listed: ({floatData = []}) => floatData},
  2: {name: "U8", listed: int32},
  3: {name: "I8", listed: int32},
  4: {name: "U16", listed: int32},
  5: {name: "I16", listed: int32},
  6: {name: "I32", listed: int32},
  7: {name: "I64", listed: ({int64Data = []}) => int64Data},
  9: {name: "BOOL", listed: int32},
  10: {name: "F16", listed: int32, asBits: true},
  11: {name: "F64", listed: ({doubleData = []}) => doubleData},
  16: {name: "BF16", listed: int32, asBits: true}
};
const TEXT = 8;
const FRACTIONS: readonly ElementTypeName[] = ["F32", "F16", "F64", "BF16"];

/** Whether numbers of this type are whole, by its number in the file. */
export function isWholeType(dataType: number): boolean {
  const name = TENSOR_TYPES[dataType]?.name;
  return name !== undefined && !FRACTIONS.includes(name);
}

/**
 * The values of a tensor.
 *
 * @param name as sentences call it
 * @param files beside the model
 * @param budget of what the file may make of itself
 * @returns undefined for texts, which are no numbers
 * @throws FormatError where its values are not there, are more or fewer than its shape says, or of a type that is not read
 */
export function tensorOf(name: string, tensor: TensorMessage, files: OnnxFiles, budget: Budget): OnnxTensor | undefined {
  const {dims: shape = [], dataType = 0, rawData} = tensor;
  if (dataType === TEXT) return undefined;
  const type = TENSOR_TYPES[dataType];
  if (!type) {
    throw new FormatError(
      `The tensor "${name}" of the ONNX file is of the type ${dataType}, which is not read: give it as float32 or int8.`
    );
  }
  const count = elementCount(name, shape);
  budget.take(name, Float32Array.BYTES_PER_ELEMENT * count);
  const isWhole = isWholeType(dataType);
  const bytes = isExternal(tensor) ? externalBytes(name, tensor, files) : rawData;
  if (bytes && (bytes.length > 0 || count === 0)) {
    if (bytes.length !== count * ELEMENT_TYPES[type.name].bytes) {
      throw new FormatError(`The ONNX file is damaged: "${name}" has ${bytes.length} bytes for ${count} values.`);
    }
    return Object.assign(
      readWhenAsked(shape, () => elementValues(type.name, bytes)),
      {isWhole}
    );
  }
  const listed = type.listed(tensor);
  if (listed.length !== count) {
    throw new FormatError(`The ONNX file is damaged: "${name}" lists ${listed.length} values for ${count}.`);
  }
  const values = type.asBits ? elementValues(type.name, new Uint8Array(Uint16Array.from(listed).buffer)) : Float32Array.from(listed);
  return {shape, values, isWhole};
}

const EXTERNAL = 1;

function isExternal({dataLocation}: TensorMessage): boolean {
  return dataLocation === EXTERNAL;
}

/**
 * The path of the file that a tensor's values stand in, relative to the model's folder; undefined where they stand in the model itself.
 *
 * @throws FormatError where it has none, or one that leads out of the folder
 */
export function externalPath(name: string, tensor: TensorMessage): string | undefined {
  if (!isExternal(tensor)) return undefined;
  const path = entryOf(tensor, "location");
  if (!path) throw new FormatError(`The ONNX file is damaged: "${name}" stands in another file, but not in which.`);
  if (leadsOut(path)) {
    throw new FormatError(
      `The ONNX file has "${name}" in "${path}", outside of its own folder, where nothing is read. Save it anew with its values in one file.`
    );
  }
  return path;
}

function externalBytes(name: string, tensor: TensorMessage, files: OnnxFiles): Uint8Array {
  const path = externalPath(name, tensor)!;
  const file = files.get(path);
  if (!file) throw new FormatError(`The ONNX file has its values in "${path}", which is not there: give both files together.`);
  const offset = wholeEntry(name, tensor, "offset") ?? 0;
  const length = wholeEntry(name, tensor, "length") ?? file.length - offset;
  if (length < 0 || offset + length > file.length) {
    throw new FormatError(
      `"${path}" does not belong to this ONNX file, or is cut off: "${name}" ends after it, which has ${file.length} bytes.`
    );
  }
  return file.subarray(offset, offset + length);
}

function wholeEntry(name: string, tensor: TensorMessage, key: string): number | undefined {
  const text = entryOf(tensor, key);
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new FormatError(`The ONNX file is damaged: "${name}" has the ${key} "${text}".`);
  return Number(text);
}

function entryOf({externalData = []}: TensorMessage, wanted: string): string | undefined {
  return externalData.find(({key}) => key === wanted)?.value;
}
