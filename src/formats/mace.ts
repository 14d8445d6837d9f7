import protobuf from "protobufjs/light.js";
import {weightsBudget} from "./budget.js";
import {getFloat16} from "./float16.js";
import {FormatError} from "./format-error.js";
import {readMessage} from "./messages.js";
import {attributesOf, elementCount, readWhenAsked} from "./node-graph.js";
import type {Attribute, GraphConstant} from "./node-graph.js";

/**
 * Graphs of MACE, Xiaomi's inference library for phones: a protobuf `NetDef` (.pb), and the weights one after another in a file of
 * raw bytes beside it (.data).
 */

/** The part of MACE's mace.proto that a graph needs. */
const SCHEMA = protobuf.Root.fromJSON({
  nested: {
    NetDef: {
      fields: {
        op: {rule: "repeated", type: "OperatorDef", id: 1},
        arg: {rule: "repeated", type: "Argument", id: 2},
        tensors: {rule: "repeated", type: "ConstTensor", id: 3},
        inputInfo: {rule: "repeated", type: "InputInfo", id: 100}
      }
    },
    OperatorDef: {
      fields: {
        input: {rule: "repeated", type: "string", id: 1},
        output: {rule: "repeated", type: "string", id: 2},
        name: {type: "string", id: 3},
        type: {type: "string", id: 4},
        arg: {rule: "repeated", type: "Argument", id: 6},
        outputShape: {rule: "repeated", type: "OutputShape", id: 7},
        quantizeInfo: {rule: "repeated", type: "QuantizeInfo", id: 9}
      }
    },
    Argument: {
      // In mace.proto they stand alone; so the decoder tells a zero that was written from none.
      oneofs: {value: {oneof: ["f", "i", "s"]}},
      fields: {
        name: {type: "string", id: 1},
        f: {type: "float", id: 2},
        i: {type: "int64", id: 3},
        s: {type: "bytes", id: 4},
        floats: {rule: "repeated", type: "float", id: 5},
        ints: {rule: "repeated", type: "int64", id: 6}
      }
    },
    ConstTensor: {
      fields: {
        dims: {rule: "repeated", type: "int64", id: 1},
        dataType: {type: "int32", id: 2},
        name: {type: "string", id: 5},
        offset: {type: "int64", id: 6},
        dataSize: {type: "int64", id: 7},
        scale: {type: "float", id: 8},
        zeroPoint: {type: "int32", id: 9},
        quantized: {type: "bool", id: 12}
      }
    },
    OutputShape: {fields: {dims: {rule: "repeated", type: "int64", id: 1}}},
    QuantizeInfo: {fields: {scale: {type: "float", id: 1}, zeroPoint: {type: "int32", id: 2}}},
    InputInfo: {fields: {name: {type: "string", id: 1}}}
  }
});
const NET_DEF = SCHEMA.resolveAll().lookupType("NetDef");

/** What the decoder gives for the schema above, defaults left out, 64-bit integers as numbers. */
interface NetDefMessage {
  op?: OperatorMessage[];
  arg?: ArgumentMessage[];
  tensors?: TensorMessage[];
  inputInfo?: {name?: string}[];
}
interface OperatorMessage {
  input?: string[];
  output?: string[];
  name?: string;
  type?: string;
  arg?: ArgumentMessage[];
  outputShape?: {dims?: number[]}[];
  quantizeInfo?: {scale?: number; zeroPoint?: number}[];
}
interface ArgumentMessage {
  name?: string;
  f?: number;
  i?: number;
  s?: Uint8Array;
  floats?: number[];
  ints?: number[];
}
interface TensorMessage {
  dims?: number[];
  dataType?: number;
  name?: string;
  offset?: number;
  dataSize?: number;
  scale?: number;
  zeroPoint?: number;
  quantized?: boolean;
}

/** An operator of a MACE graph. */
export interface MaceOperator {
  /** Its kind, e.g. "DepthwiseConv2d". */
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Shape of its first output (NHWC); empty where the file does not say. */
  readonly shape: readonly number[];
  /** How its first output is quantised where it is: value = scale * (stored - zero point). */
  readonly quantisation: {readonly scale: number; readonly zeroPoint: number} | null;
}

export interface MaceGraph {
  readonly operators: readonly MaceOperator[];
  /** Arguments of the graph as a whole, e.g. `filter_format`. */
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Weights by name, dequantised: scale * (stored - zero point). */
  readonly constants: ReadonlyMap<string, GraphConstant>;
  /** Names of what the graph is given. */
  readonly inputs: readonly string[];
}

interface ElementType {
  readonly bytes: number;
  readonly read: (view: DataView, offset: number) => number;
}

const FLOAT16: ElementType = {bytes: 2, read: (view, at) => getFloat16(view, at, true)};

/** Element types by their number in mace.proto; it has two for half precision. */
const ELEMENT_TYPES: Readonly<Record<number, ElementType>> = {
  1: {bytes: 4, read: (view, at) => view.getFloat32(at, true)},
  2: {bytes: 1, read: (view, at) => view.getUint8(at)},
  3: FLOAT16,
  4: {bytes: 4, read: (view, at) => view.getInt32(at, true)},
  5: FLOAT16
};
/** mace.proto's default. */
const FLOAT32 = 1;

/** Whether the bytes are a graph of MACE, which has no mark at its beginning: whether they read as one whose operators all have a kind. */
export function isMaceGraph(bytes: Uint8Array): boolean {
  try {
    const {op = [], tensors = []} = decode(bytes);
    return op.length > 0 && tensors.length > 0 && op.every(({type}) => type);
  } catch {
    return false;
  }
}

/**
 * Reads a graph of MACE with its weights.
 *
 * @param data the .data file that belongs to it
 * @throws FormatError where the graph is cut off or damaged, or the weights do not fill the data exactly
 */
export function readMace(graph: Uint8Array, data: Uint8Array): MaceGraph {
  const {op = [], arg = [], tensors = [], inputInfo = []} = decode(graph);
  const operators = op.map((message): MaceOperator => {
    const {type, input: inputs = [], output: outputs = []} = message;
    if (!type || outputs.length === 0) throw new FormatError("The graph of MACE is damaged: it has operators without kind or output.");
    const [shape] = message.outputShape ?? [];
    const [quantised] = message.quantizeInfo ?? [];
    return {
      type,
      inputs,
      outputs,
      attributes: argumentsOf(message.arg),
      shape: shape?.dims ?? [],
      quantisation: quantised ? {scale: quantised.scale ?? 0, zeroPoint: quantised.zeroPoint ?? 0} : null
    };
  });
  if (operators.length === 0) throw new FormatError("The graph of MACE is damaged: it has no operators.");
  return {
    operators,
    attributes: argumentsOf(arg),
    constants: constantsOf(tensors, data),
    inputs: inputInfo.map(({name = ""}) => name)
  };
}

function decode(bytes: Uint8Array): NetDefMessage {
  try {
    return readMessage(NET_DEF, bytes);
  } catch (error) {
    throw new FormatError("This is not a graph of MACE, or it is cut off or damaged.", {cause: error});
  }
}

function argumentsOf(messages: readonly ArgumentMessage[] = []): Readonly<Record<string, Attribute>> {
  return attributesOf(
    messages.map((message) => [message.name ?? "", message]),
    ({f, i, s, floats, ints}) => ints ?? floats ?? (s ? new TextDecoder().decode(s) : (i ?? f))
  );
}

function constantsOf(tensors: readonly TensorMessage[], data: Uint8Array): Map<string, GraphConstant> {
  const constants = new Map<string, GraphConstant>();
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let reached = 0;
  // Weights may share places in the file.
  const budget = weightsBudget(data.length);
  for (const {name = "", dims: shape = [], dataType = FLOAT32, offset = 0, dataSize = 0, ...stored} of tensors) {
    const type = ELEMENT_TYPES[dataType];
    if (!type) throw new FormatError(`Weight "${name}" of the graph of MACE is of type ${dataType}, which is not read here.`);
    const count = elementCount(name, shape);
    if (dataSize !== count) {
      throw new FormatError(`The graph of MACE is damaged: "${name}" has ${dataSize} values for the shape [${shape.join(", ")}].`);
    }
    budget.take(name, Float32Array.BYTES_PER_ELEMENT * count);
    const end = offset + count * type.bytes;
    if (offset < 0 || end > data.length) {
      throw new FormatError(`The .data file of the graph of MACE is cut off: "${name}" ends at byte ${end}, ${data.length} are there.`);
    }
    reached = Math.max(reached, end);
    const {scale = 1, zeroPoint = 0} = stored.quantized ? stored : {};
    const read = () => Float32Array.from({length: count}, (_, i) => scale * (type.read(view, offset + i * type.bytes) - zeroPoint));
    constants.set(name, readWhenAsked(shape, read));
  }
  if (reached !== data.length) {
    throw new FormatError(`The .data file does not belong to this graph of MACE: it has ${data.length} bytes, ${reached} are described.`);
  }
  return constants;
}
