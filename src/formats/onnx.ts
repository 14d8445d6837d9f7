import {weightsBudget} from "./budget.js";
import type {Budget} from "./budget.js";
import {FormatError} from "./format-error.js";
import {readMessage} from "./messages.js";
import {MODEL_PROTO} from "./onnx-schema.js";
import {attributesOf} from "./node-graph.js";
import type {Attribute} from "./node-graph.js";
import {externalPath, tensorOf} from "./onnx-tensor.js";
import type {OnnxFiles, OnnxTensor, TensorMessage} from "./onnx-tensor.js";

/** An operation of an ONNX graph. */
export interface OnnxNode {
  /** Its operator; one that is not of ONNX's own set with its domain before it, e.g. "com.microsoft.FusedConv". */
  readonly op: string;
  /** As sentences call it. */
  readonly name: string;
  /** Names of tensors; empty where an optional one is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** The tensor among its attributes, under whatever name. */
  readonly tensor?: OnnxTensor;
}

export interface OnnxGraph {
  /** Version of ONNX's own set of operators. */
  readonly opset: number;
  /** What wrote the file, e.g. "pytorch". */
  readonly producer: string;
  /** Texts that the file carries. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Shapes of what the graph is given, by name; NaN for a side of any size. */
  readonly inputs: ReadonlyMap<string, readonly number[]>;
  readonly outputs: readonly string[];
  /** Each reads only what stands before it. */
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, OnnxTensor>;
}

/** What the decoder gives, defaults left out, 64-bit integers as numbers. */
interface ModelMessage {
  producerName?: string;
  graph?: GraphMessage;
  opsetImport?: {domain?: string; version?: number}[];
  metadataProps?: {key?: string; value?: string}[];
}
interface GraphMessage {
  node?: NodeMessage[];
  initializer?: TensorMessage[];
  input?: ValueMessage[];
  output?: ValueMessage[];
}
interface NodeMessage {
  input?: string[];
  output?: string[];
  name?: string;
  opType?: string;
  attribute?: AttributeMessage[];
  domain?: string;
}
interface AttributeMessage {
  name?: string;
  f?: number;
  i?: number;
  s?: Uint8Array;
  t?: TensorMessage;
  floats?: number[];
  ints?: number[];
  strings?: Uint8Array[];
  type?: number;
}
interface ValueMessage {
  name?: string;
  type?: {tensorType?: {shape?: {dim?: {dimValue?: number; dimParam?: string}[]}}};
}

/** Tags of the first two fields: the version of the file's layout, and what may follow that. */
const VERSION_TAG = 0x08;
const NEXT_TAGS: readonly (number | undefined)[] = [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42];
const NEWEST_VERSION = 0x20;

/** Whether bytes begin as an ONNX file does. */
export function isOnnx(bytes: Uint8Array): boolean {
  const [tag, version = 0, next] = bytes;
  return tag === VERSION_TAG && version > 0 && version <= NEWEST_VERSION && NEXT_TAGS.includes(next);
}

const OWN_DOMAINS: readonly string[] = ["", "ai.onnx"];

/**
 * Paths of the files beside an ONNX file that its values stand in, relative to its folder; none where it holds them itself.
 *
 * @throws FormatError where the bytes are no ONNX file, or a path leads out of the folder
 */
export function onnxPaths(bytes: Uint8Array): string[] {
  const {initializer = [], node = []} = graphOf(decoded(bytes));
  const inNodes = node.flatMap(({attribute = []}) => attribute.flatMap(({t}) => t ?? []));
  const paths = [...initializer, ...inNodes].flatMap((tensor) => externalPath(tensor.name ?? "", tensor) ?? []);
  return [...new Set(paths)];
}

/**
 * Reads an ONNX file.
 *
 * @param files that `onnxPaths` names
 * @throws FormatError where the bytes are no ONNX file, cut off or damaged
 */
export function readOnnx(bytes: Uint8Array, files: OnnxFiles = new Map()): OnnxGraph {
  const model = decoded(bytes);
  const budget = weightsBudget([...files.values()].reduce((sum, {length}) => sum + length, bytes.length));
  const {node = [], initializer = [], input = [], output = []} = graphOf(model);
  const constants = new Map<string, OnnxTensor>();
  const defined = new Set<string>([""]);
  for (const tensor of initializer) {
    const name = tensor.name ?? "";
    const values = tensorOf(name, tensor, files, budget);
    if (values) constants.set(name, values);
    defined.add(name);
  }
  // Before version 4 of the format constants stood among the inputs, too.
  const given = input.flatMap(({name = "", type}) => (defined.has(name) ? [] : [[name, shapeOf(type)] as const]));
  for (const [name] of given) defined.add(name);
  const nodes: OnnxNode[] = [];
  for (const message of node) {
    const read = nodeOf(message, files, budget);
    checkPlace(read, defined);
    for (const name of read.outputs) defined.add(name);
    const [name] = read.outputs;
    const constant = read.op === "Constant" && constantOf(read);
    if (constant) constants.set(name!, constant);
    else nodes.push(read);
  }
  const outputs = output.map(({name = ""}) => name);
  const missing = outputs.find((name) => !defined.has(name));
  if (missing !== undefined) throw new FormatError(`The ONNX file is damaged: nothing gives its output "${missing}".`);
  if (outputs.length === 0) throw new FormatError("The ONNX file is damaged: its graph has no output.");
  return {
    opset: model.opsetImport?.find(({domain = ""}) => OWN_DOMAINS.includes(domain))?.version ?? 1,
    producer: model.producerName ?? "",
    metadata: Object.fromEntries((model.metadataProps ?? []).map(({key = "", value = ""}) => [key, value])),
    inputs: new Map(given),
    outputs,
    nodes,
    constants
  };
}

/** Numbers in lists of as little as a byte each: quantised weights may stand so. */
const MOST_LISTED = 2 ** 22;

function decoded(bytes: Uint8Array): ModelMessage {
  try {
    return readMessage(MODEL_PROTO, bytes, MOST_LISTED);
  } catch (error) {
    throw new FormatError("This is not an ONNX file, or it is cut off or damaged.", {cause: error});
  }
}

function graphOf({graph}: ModelMessage): GraphMessage {
  if (!graph?.node?.length) throw new FormatError("This is not an ONNX file, or it is cut off: it holds no graph.");
  return graph;
}

function nodeOf(
  {input = [], output = [], name, opType, attribute = [], domain = ""}: NodeMessage,
  files: OnnxFiles,
  budget: Budget
): OnnxNode {
  if (!opType) throw new FormatError(`The ONNX file is damaged: "${name ?? output[0] ?? ""}" is no operation.`);
  let tensor: OnnxTensor | undefined;
  for (const {t} of attribute) if (t) tensor = tensorOf(t.name ?? name ?? "", t, files, budget);
  const attributes = attributesOf(
    attribute.map((message) => [message.name ?? "", message]),
    attributeOf
  );
  return {
    op: OWN_DOMAINS.includes(domain) ? opType : `${domain}.${opType}`,
    name: name ?? output[0] ?? opType,
    inputs: input,
    outputs: output,
    attributes,
    ...(tensor && {tensor})
  };
}

/** By their numbers in `AttributeProto.AttributeType`: what is left out of a message is zero or empty. */
const ATTRIBUTES: Readonly<Record<number, (message: AttributeMessage) => Attribute>> = {
  1: ({f = 0}) => f,
  2: ({i = 0}) => i,
  3: ({s = new Uint8Array()}) => text(s),
  6: ({floats = []}) => floats,
  7: ({ints = []}) => ints,
  8: ({strings = []}) => strings.map(text)
};

/** Tensors and graphs are left out. */
function attributeOf(message: AttributeMessage): Attribute | undefined {
  if (message.type !== undefined) return ATTRIBUTES[message.type]?.(message);
  const {f, i, s, floats, ints} = message;
  return s ? text(s) : (i ?? f ?? ints ?? floats);
}

/** Every name has to stand before what reads it: so nothing is missing, and no graph goes in a circle. */
function checkPlace({name, inputs, outputs}: OnnxNode, defined: ReadonlySet<string>): void {
  const missing = inputs.find((input) => !defined.has(input));
  if (missing !== undefined) {
    throw new FormatError(`The ONNX file is damaged: "${name}" reads "${missing}", which is neither in the file nor computed before.`);
  }
  const again = outputs.find((output) => output !== "" && defined.has(output));
  if (again !== undefined) throw new FormatError(`The ONNX file is damaged: "${again}" is there twice.`);
  if (!outputs[0]) throw new FormatError(`The ONNX file is damaged: "${name}" gives nothing.`);
}

/** What a node "Constant" gives. */
function constantOf({tensor, attributes}: OnnxNode): OnnxTensor | undefined {
  if (tensor) return tensor;
  for (const [key, isWhole] of [
    ["value_int", true],
    ["value_ints", true],
    ["value_float", false],
    ["value_floats", false]
  ] as const) {
    const value = attributes[key];
    if (typeof value === "number") return {shape: [], values: Float32Array.of(value), isWhole};
    if (Array.isArray(value)) return {shape: [value.length], values: Float32Array.from(value as readonly number[]), isWhole};
  }
  return undefined;
}

function shapeOf(type: ValueMessage["type"]): readonly number[] {
  return (type?.tensorType?.shape?.dim ?? []).map(({dimValue}) => dimValue || NaN);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
