import protobuf from "protobufjs/light.js";
import {weightsBudget} from "./budget.js";
import type {Budget} from "./budget.js";
import {ELEMENT_TYPES, elementValues} from "./element-types.js";
import type {ElementTypeName} from "./element-types.js";
import {FormatError} from "./format-error.js";
import {getFloat16} from "./float16.js";
import {readMessage} from "./messages.js";
import {attributesOf, dataInputs, elementCount, readWhenAsked} from "./node-graph.js";
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
const GRAPH_DEF = SCHEMA.resolveAll().lookupType("GraphDef");

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

interface ConstantType {
  readonly name: ElementTypeName;
  /** Values that are listed one by one instead of as raw bytes. */
  readonly listed: (tensor: TensorMessage) => readonly number[];
}

/** Element types by their number in types.proto; others (texts, switches) are no weights. */
const CONSTANT_TYPES: Readonly<Record<number, ConstantType>> = {
  1: {name: "F32", listed: ({floatVal = []}) => floatVal},
  2: {name: "F64", listed: ({doubleVal = []}) => doubleVal},
  3: {name: "I32", listed: ({intVal = []}) => intVal},
  9: {name: "I64", listed: ({int64Val = []}) => int64Val},
  19: {name: "F16", listed: ({halfVal = []}) => halfVal.map(halfFromBits)}
};

/**
 * Reads a frozen TensorFlow graph (`frozen_inference_graph.pb`): its nodes and the values of its constants.
 *
 * @throws FormatError where the bytes are not such a graph, cut off or damaged
 */
export function readGraphDef(bytes: Uint8Array): NodeGraph {
  let message: GraphDefMessage;
  try {
    message = readMessage(GRAPH_DEF, bytes);
  } catch (error) {
    throw new FormatError("This is not a frozen TensorFlow graph, or it is cut off or damaged.", {cause: error});
  }
  const nodes: GraphNode[] = [];
  const constants = new Map<string, GraphConstant>();
  const budget = weightsBudget(bytes.length);
  for (const {name, op, input = [], attr = {}} of message.node ?? []) {
    if (!name || !op) throw new FormatError("This is not a frozen TensorFlow graph: it has nodes without name or operation.");
    nodes.push({name, op, inputs: dataInputs(input), attributes: attributesOf(Object.entries(attr), attributeOf)});
    const tensor = op === "Const" ? attr["value"]?.tensor : undefined;
    const constant = tensor && constantOf(name, tensor, budget);
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

function constantOf(name: string, tensor: TensorMessage, budget: Budget): GraphConstant | undefined {
  const type = CONSTANT_TYPES[tensor.dtype ?? 0];
  if (!type) return undefined;
  const shape = (tensor.tensorShape?.dim ?? []).map(({size = 0}) => size);
  const count = elementCount(name, shape);
  budget.take(name, Float32Array.BYTES_PER_ELEMENT * count);
  const content = tensor.tensorContent ?? new Uint8Array();
  if (content.length > 0) {
    if (content.length !== count * ELEMENT_TYPES[type.name].bytes) {
      throw new FormatError(`The graph is damaged: "${name}" has ${content.length} bytes for ${count} values.`);
    }
    return readWhenAsked(shape, () => elementValues(type.name, content));
  }
  const listed = Float32Array.from(type.listed(tensor));
  if (listed.length > count) throw new FormatError(`The graph is damaged: "${name}" lists ${listed.length} values for ${count}.`);
  return readWhenAsked(shape, () => {
    if (listed.length === count) return listed;
    // Trailing values equal to the last one are left out of the list; none at all means zeros.
    const values = new Float32Array(count).fill(listed.at(-1) ?? 0);
    values.set(listed);
    return values;
  });
}

const SCRATCH = new DataView(new ArrayBuffer(2));

function halfFromBits(bits: number): number {
  SCRATCH.setUint16(0, bits);
  return getFloat16(SCRATCH, 0);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
