import {elementBytes} from "./element-types.js";
import type {WrittenType} from "./element-types.js";
import {writeMessage} from "./messages.js";
import {MODEL_PROTO} from "./onnx-schema.js";

/** An ONNX file as plain data, and as bytes. */

export interface WrittenNode {
  /** Operator of ONNX's own set. */
  readonly op: string;
  readonly name: string;
  /** Names of tensors; an empty one leaves an optional input out. */
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: readonly WrittenAttribute[];
}

/** Made by `int`, `ints`, `float` and `text`. */
export type WrittenAttribute = Readonly<Record<string, unknown>> & {readonly name: string};

export interface WrittenTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: WrittenType | "I64";
  /** Little endian. */
  readonly data: Uint8Array;
}

/** What goes in or comes out, float32. */
export interface WrittenValue {
  readonly name: string;
  /** A text stands for a size that may be any. */
  readonly shape: readonly (number | string)[];
}

export interface OnnxFile {
  /** Of the set of operators. */
  readonly version: number;
  readonly name: string;
  /** In an order in which each reads only what stands before it. */
  readonly nodes: readonly WrittenNode[];
  readonly tensors: readonly WrittenTensor[];
  readonly input: WrittenValue;
  readonly output: WrittenValue;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What files say that wrote them. */
export const PRODUCER = "deeplab-workbench";
/** Version of the file's own layout: that of ONNX 1.12, the first with version 17 of the operators. */
const IR_VERSION = 8;

/** `TensorProto.DataType`. */
const DATA_TYPES = {F32: 1, I64: 7, F16: 10} as const;
/** `AttributeProto.AttributeType`. */
const ATTRIBUTE_TYPES = {float: 1, int: 2, text: 3, ints: 7} as const;

export const float = (name: string, f: number): WrittenAttribute => ({name, f, type: ATTRIBUTE_TYPES.float});
export const int = (name: string, i: number): WrittenAttribute => ({name, i, type: ATTRIBUTE_TYPES.int});
export const ints = (name: string, values: readonly number[]): WrittenAttribute => ({name, ints: values, type: ATTRIBUTE_TYPES.ints});
export const text = (name: string, value: string): WrittenAttribute => ({
  name,
  s: new TextEncoder().encode(value),
  type: ATTRIBUTE_TYPES.text
});

/** A tensor of floats. @throws FormatError where a value does not fit float16 */
export function floatTensor(name: string, shape: readonly number[], values: Float32Array, type: WrittenType): WrittenTensor {
  return {name, shape, type, data: elementBytes(type, values, name)};
}

/** A list of whole numbers, as operators are told shapes. */
export function wholeTensor(name: string, values: readonly number[]): WrittenTensor {
  const data = new Uint8Array(values.length * BigInt64Array.BYTES_PER_ELEMENT);
  const view = new DataView(data.buffer);
  values.forEach((value, index) => view.setBigInt64(index * BigInt64Array.BYTES_PER_ELEMENT, BigInt(value), true));
  return {name, shape: [values.length], type: "I64", data};
}

/** The attribute of a node that casts to float32. */
export const TO_FLOAT32 = int("to", DATA_TYPES.F32);

/** Writes an ONNX file; the same content gives the same bytes. */
export function writeOnnxFile({version, name, nodes, tensors, input, output, metadata}: OnnxFile): Uint8Array {
  return writeMessage(MODEL_PROTO, {
    irVersion: IR_VERSION,
    producerName: PRODUCER,
    opsetImport: [{domain: "", version}],
    graph: {
      name,
      node: nodes.map(({op, name, inputs, output, attributes = []}) => ({
        opType: op,
        name,
        input: inputs,
        output: [output],
        attribute: attributes
      })),
      initializer: tensors.map(({name, shape, type, data}) => ({name, dims: shape, dataType: DATA_TYPES[type], rawData: data})),
      input: [valueInfo(input)],
      output: [valueInfo(output)]
    },
    metadataProps: Object.entries(metadata).map(([key, value]) => ({key, value}))
  });
}

function valueInfo({name, shape}: WrittenValue): object {
  const dim = shape.map((size) => (typeof size === "number" ? {dimValue: size} : {dimParam: size}));
  return {name, type: {tensorType: {elemType: DATA_TYPES.F32, shape: {dim}}}};
}
