import {loadGraphModel} from "@tensorflow/tfjs-converter";
import type {GraphModel} from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import protobuf from "protobufjs";

/**
 * Runs a frozen graph as it stands, operation by operation, by TensorFlow.js's own converter. Nothing of the importers is in it: the
 * schema is TensorFlow's, its constants become the converter's weights.
 */

const SCHEMA = protobuf.parse(`
  syntax = "proto3";
  enum DataType { DT_INVALID = 0; DT_FLOAT = 1; DT_INT32 = 3; DT_UINT8 = 4; DT_STRING = 7; DT_INT64 = 9; DT_BOOL = 10; }
  message TensorShape { repeated Dim dim = 2; bool unknownRank = 3; message Dim { int64 size = 1; string name = 2; } }
  message Tensor {
    DataType dtype = 1; TensorShape tensorShape = 2; bytes tensorContent = 4;
    repeated float floatVal = 5; repeated int32 intVal = 7; repeated int64 int64Val = 10; repeated bool boolVal = 11;
  }
  message AttrValue {
    message List { repeated bytes s = 2; repeated int64 i = 3; repeated float f = 4; repeated bool b = 5; repeated DataType type = 6; }
    oneof value {
      List list = 1; bytes s = 2; int64 i = 3; float f = 4; bool b = 5; DataType type = 6; TensorShape shape = 7; Tensor tensor = 8;
    }
  }
  message NodeDef { string name = 1; string op = 2; repeated string input = 3; string device = 4; map<string, AttrValue> attr = 5; }
  message GraphDef { repeated NodeDef node = 1; }
`);

interface Message {
  node: {name: string; op: string; input?: string[]; attr: Record<string, {tensor?: TensorMessage}>}[];
}
interface TensorMessage {
  dtype: keyof typeof TYPES | "DT_STRING";
  tensorShape?: {dim?: {size: number}[]};
  /** In base 64. */
  tensorContent?: string;
  floatVal?: number[];
  intVal?: number[];
  int64Val?: number[];
  boolVal?: boolean[];
}

/** How the constants of a type are read; the converter's integers have 32 bits. */
const TYPES = {
  DT_FLOAT: {dtype: "float32", raw: (bytes: ArrayBuffer) => new Float32Array(bytes)},
  DT_INT32: {dtype: "int32", raw: (bytes: ArrayBuffer) => new Int32Array(bytes)},
  DT_INT64: {dtype: "int32", raw: (bytes: ArrayBuffer) => Int32Array.from(new BigInt64Array(bytes), Number)},
  DT_UINT8: {dtype: "int32", raw: (bytes: ArrayBuffer) => Int32Array.from(new Uint8Array(bytes))},
  DT_BOOL: {dtype: "bool", raw: (bytes: ArrayBuffer) => new Uint8Array(bytes)}
} as const;

export async function loadFrozenGraph(bytes: Uint8Array): Promise<GraphModel> {
  const type = SCHEMA.root.lookupType("GraphDef");
  const {node} = type.toObject(type.decode(bytes), {longs: Number, enums: String, bytes: String}) as Message;
  const constants: tf.NamedTensorMap = {};
  for (const {name, op, attr} of node) {
    const tensor = op === "Const" ? attr["value"]?.tensor : undefined;
    // Texts are what assertions say.
    if (tensor && tensor.dtype !== "DT_STRING") constants[name] = constantOf(tensor, tensor.dtype);
  }
  const {data, specs} = await tf.io.encodeWeights(constants);
  tf.dispose(constants);
  // What has to be done before, but is not read, are assertions.
  const nodes = node.map(({input = [], ...rest}) => ({...rest, input: input.filter((name) => !name.startsWith("^"))}));
  return loadGraphModel({
    load: async () => ({modelTopology: {node: nodes, versions: {producer: 1}}, weightSpecs: specs, weightData: data})
  });
}

function constantOf({tensorShape, tensorContent, ...tensor}: TensorMessage, type: keyof typeof TYPES): tf.Tensor {
  const shape = (tensorShape?.dim ?? []).map(({size}) => size);
  const {dtype, raw} = TYPES[type];
  if (tensorContent) return tf.tensor(raw(Uint8Array.from(Buffer.from(tensorContent, "base64")).buffer), shape, dtype);
  const listed = tensor.floatVal ?? tensor.intVal ?? tensor.int64Val ?? tensor.boolVal ?? [];
  const length = shape.reduce((product, side) => product * side, 1);
  // Values at the end that repeat are left out of the list, and zeros are altogether.
  const values = Array.from({length}, (_, i) => Number(listed[Math.min(i, listed.length - 1)] ?? 0));
  return tf.tensor(values, shape, dtype);
}
