import protobuf from "protobufjs/light.js";
import {FormatError} from "./format-error.js";
import {getFloat16} from "./float16.js";
import {dataInputs, elementCount} from "./node-graph.js";
import type {Attribute, GraphConstant, GraphNode, NodeGraph} from "./node-graph.js";

/** The part of TensorFlow's graph.proto, attr_value.proto and tensor.proto that a frozen graph needs. */
const SCHEMA = protobuf.Root.fromJSON({
  nested: {
    GraphDef: {fields: {node: {rule: "repeated", type: "NodeDef", id: 1}}},
    NodeDef: {
      fields: {
        name: {type: "string", id: 1},
        op: {type: "string", id: 2},
        input: {rule: "repeated", type: "string", id: 3},
        attr: {keyType: "string", type: "AttrValue", id: 5} as protobuf.IMapField
      }
    },
    AttrValue: {
      oneofs: {value: {oneof: ["list", "s", "i", "f", "b", "type", "tensor"]}},
      fields: {
        list: {type: "ListValue", id: 1},
        s: {type: "bytes", id: 2},
        i: {type: "int64", id: 3},
        f: {type: "float", id: 4},
        b: {type: "bool", id: 5},
        type: {type: "int32", id: 6},
        tensor: {type: "TensorProto", id: 8}
      }
    },
    ListValue: {
      fields: {
        s: {rule: "repeated", type: "bytes", id: 2},
        i: {rule: "repeated", type: "int64", id: 3},
        f: {rule: "repeated", type: "float", id: 4}
      }
    },
    TensorProto: {
      fields: {
        dtype: {type: "int32", id: 1},
        tensorShape: {type: "TensorShape", id: 2},
        tensorContent: {type: "bytes", id: 4},
        floatVal: {rule: "repeated", type: "float", id: 5},
        doubleVal: {rule: "repeated", type: "double", id: 6},
        intVal: {rule: "repeated", type: "int32", id: 7},
        int64Val: {rule: "repeated", type: "int64", id: 10},
        halfVal: {rule: "repeated", type: "int32", id: 13}
      }
    },
    TensorShape: {fields: {dim: {rule: "repeated", type: "Dimension", id: 2}}},
    Dimension: {fields: {size: {type: "int64", id: 1}}}
  }
});
const GRAPH_DEF = SCHEMA.lookupType("GraphDef");

/** What the decoder gives for the schema above, defaults left out, 64-bit integers as numbers. */
interface GraphDefMessage {
  node?: {name?: string; op?: string; input?: string[]; attr?: Record<string, AttrValueMessage>}[];
}
interface AttrValueMessage {
  list?: {s?: Uint8Array[]; i?: number[]; f?: number[]};
  s?: Uint8Array;
  i?: number;
  f?: number;
  b?: boolean;
  tensor?: TensorMessage;
}
interface TensorMessage {
  dtype?: number;
  tensorShape?: {dim?: {size?: number}[]};
  tensorContent?: Uint8Array;
  floatVal?: number[];
  doubleVal?: number[];
  intVal?: number[];
  int64Val?: number[];
  halfVal?: number[];
}

interface ElementType {
  readonly bytes: number;
  readonly read: (view: DataView, offset: number) => number;
  /** Values that are listed one by one instead of as raw bytes. */
  readonly listed: (tensor: TensorMessage) => readonly number[];
}

/** Element types by their number in types.proto; others (texts, switches) are no weights. */
const ELEMENT_TYPES: Readonly<Record<number, ElementType>> = {
  1: {bytes: 4, read: (view, at) => view.getFloat32(at, true), listed: ({floatVal = []}) => floatVal},
  2: {bytes: 8, read: (view, at) => view.getFloat64(at, true), listed: ({doubleVal = []}) => doubleVal},
  3: {bytes: 4, read: (view, at) => view.getInt32(at, true), listed: ({intVal = []}) => intVal},
  9: {bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)), listed: ({int64Val = []}) => int64Val},
  19: {bytes: 2, read: (view, at) => getFloat16(view, at, true), listed: ({halfVal = []}) => halfVal.map(halfFromBits)}
};

/**
 * Reads a frozen TensorFlow graph (`frozen_inference_graph.pb`): its nodes and the values of its constants.
 *
 * @throws FormatError where the bytes are not such a graph, cut off or damaged
 */
export function readGraphDef(bytes: Uint8Array): NodeGraph {
  let message: GraphDefMessage;
  try {
    message = GRAPH_DEF.toObject(GRAPH_DEF.decode(bytes), {longs: Number});
  } catch (error) {
    throw new FormatError("This is not a frozen TensorFlow graph, or it is cut off or damaged.", {cause: error});
  }
  const nodes: GraphNode[] = [];
  const constants = new Map<string, GraphConstant>();
  for (const {name, op, input = [], attr = {}} of message.node ?? []) {
    if (!name || !op) throw new FormatError("This is not a frozen TensorFlow graph: it has nodes without name or operation.");
    const attributes: Record<string, Attribute> = {};
    for (const [key, value] of Object.entries(attr)) {
      const attribute = attributeOf(value);
      if (attribute !== undefined) attributes[key] = attribute;
    }
    nodes.push({name, op, inputs: dataInputs(input), attributes});
    const tensor = op === "Const" ? attr["value"]?.tensor : undefined;
    const constant = tensor && constantOf(name, tensor);
    if (constant) constants.set(name, constant);
  }
  if (nodes.length === 0) throw new FormatError("This is not a frozen TensorFlow graph: it has no nodes.");
  return {nodes, constants};
}

function attributeOf({s, i, f, b, list}: AttrValueMessage): Attribute | undefined {
  if (s) return text(s);
  if (list) return list.s ? list.s.map(text) : (list.i ?? list.f ?? []);
  return i ?? f ?? b;
}

function constantOf(name: string, tensor: TensorMessage): GraphConstant | undefined {
  const type = ELEMENT_TYPES[tensor.dtype ?? 0];
  if (!type) return undefined;
  const shape = (tensor.tensorShape?.dim ?? []).map(({size = 0}) => size);
  const count = elementCount(name, shape);
  const values = new Float32Array(count);
  const content = tensor.tensorContent ?? new Uint8Array();
  if (content.length > 0) {
    if (content.length !== count * type.bytes) {
      throw new FormatError(`The graph is damaged: "${name}" has ${content.length} bytes for ${count} values.`);
    }
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    for (let i = 0; i < count; i++) values[i] = type.read(view, i * type.bytes);
    return {shape, values};
  }
  const listed = type.listed(tensor);
  if (listed.length > count) throw new FormatError(`The graph is damaged: "${name}" lists ${listed.length} values for ${count}.`);
  // Trailing values equal to the last one are left out of the list; none at all means zeros.
  values.set(listed);
  values.fill(listed.at(-1) ?? 0, listed.length);
  return {shape, values};
}

const SCRATCH = new DataView(new ArrayBuffer(2));

function halfFromBits(bits: number): number {
  SCRATCH.setUint16(0, bits);
  return getFloat16(SCRATCH, 0);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
