import {FormatError} from "./format-error.js";
import {getFloat16} from "./float16.js";
import {dataInputs, elementCount, readWhenAsked} from "./node-graph.js";
import type {Attribute, GraphConstant, GraphNode, NodeGraph} from "./node-graph.js";

/** The part of a TensorFlow.js graph model's `model.json` that is read. */
interface GraphModelJson {
  readonly modelTopology: {readonly node: readonly NodeJson[]};
  readonly weightsManifest: readonly WeightGroup[];
}
interface NodeJson {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, AttributeJson>>;
}
interface AttributeJson {
  readonly s?: string;
  readonly i?: string | number;
  readonly f?: number | string;
  readonly b?: boolean;
  readonly list?: {readonly s?: readonly string[]; readonly i?: readonly (string | number)[]; readonly f?: readonly (number | string)[]};
}
interface WeightGroup {
  readonly paths: readonly string[];
  readonly weights: readonly WeightEntry[];
}
interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** value = stored * scale + min; a bare float16 has neither. */
  readonly quantization?: {readonly dtype: string; readonly scale?: number; readonly min?: number};
}

const READERS: Readonly<Record<string, {bytes: number; read: (view: DataView, offset: number) => number}>> = {
  float32: {bytes: 4, read: (view, offset) => view.getFloat32(offset, true)},
  int32: {bytes: 4, read: (view, offset) => view.getInt32(offset, true)},
  float16: {bytes: 2, read: (view, offset) => getFloat16(view, offset, true)},
  uint16: {bytes: 2, read: (view, offset) => view.getUint16(offset, true)},
  uint8: {bytes: 1, read: (view, offset) => view.getUint8(offset)},
  bool: {bytes: 1, read: (view, offset) => view.getUint8(offset)}
};

/**
 * Names of the weight files of a graph model, relative to its `model.json`, in the order in which `readGraphModel` wants
 * them.
 *
 * @throws FormatError where the bytes are not the `model.json` of a graph model
 */
export function shardPaths(modelJson: Uint8Array): string[] {
  return parse(modelJson).weightsManifest.flatMap(({paths}) => paths);
}

/**
 * Reads a TensorFlow.js graph model: its nodes and the values of its constants, dequantised.
 *
 * @param shards the files that `shardPaths` names, in its order
 * @throws FormatError where the description or the weights are cut off or damaged
 */
export function readGraphModel(modelJson: Uint8Array, shards: readonly Uint8Array[]): NodeGraph {
  const {modelTopology, weightsManifest} = parse(modelJson);
  const constants = new Map<string, GraphConstant>();
  let used = 0;
  for (const {paths, weights} of weightsManifest) {
    const data = concatenate(shards.slice(used, used + paths.length));
    used += paths.length;
    let offset = 0;
    for (const entry of weights) {
      const {constant, bytes} = readWeight(entry, data, offset);
      constants.set(entry.name, constant);
      offset += bytes;
    }
    if (offset !== data.length) {
      throw new FormatError(
        `The weights of the graph model do not fit its model.json: ${data.length} bytes are there, ${offset} are described.`
      );
    }
  }
  const nodes = modelTopology.node.map(({name, op, input = [], attr = {}}): GraphNode => {
    const attributes: Record<string, Attribute> = {};
    for (const [key, value] of Object.entries(attr)) {
      const attribute = attributeOf(value);
      if (attribute !== undefined) attributes[key] = attribute;
    }
    return {name, op, inputs: dataInputs(input), attributes};
  });
  return {nodes, constants};
}

function parse(modelJson: Uint8Array): GraphModelJson {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", {fatal: true}).decode(modelJson));
  } catch (error) {
    throw new FormatError("The model.json is not JSON: it is cut off or damaged.", {cause: error});
  }
  if (!isGraphModel(json)) {
    throw new FormatError(
      "This JSON is not a TensorFlow.js graph model: it lacks modelTopology.node or a weightsManifest (a layers model cannot be read)."
    );
  }
  return json;
}

function readWeight(
  {name, shape, dtype, quantization}: WeightEntry,
  data: Uint8Array,
  offset: number
): {constant: GraphConstant; bytes: number} {
  const stored = quantization?.dtype ?? dtype;
  const reader = READERS[stored];
  if (!reader) throw new FormatError(`Weight "${name}" of the graph model is stored as ${stored}, which is not read here.`);
  const count = elementCount(name, shape);
  const bytes = count * reader.bytes;
  if (offset + bytes > data.length) {
    throw new FormatError(
      `The weights of the graph model are cut off: "${name}" ends at byte ${offset + bytes}, ${data.length} are there.`
    );
  }
  const view = new DataView(data.buffer, data.byteOffset + offset, bytes);
  const {scale = 1, min = 0} = quantization ?? {};
  const read = () => Float32Array.from({length: count}, (_, i) => reader.read(view, i * reader.bytes) * scale + min);
  return {constant: readWhenAsked(shape, read), bytes};
}

function attributeOf({s, i, f, b, list}: AttributeJson): Attribute | undefined {
  if (s !== undefined) return text(s);
  if (list) return list.s ? list.s.map(text) : (list.i ?? list.f ?? []).map(Number);
  if (i !== undefined) return Number(i);
  return f !== undefined ? Number(f) : b;
}

/** Texts are base64 in model.json. */
function text(base64: string): string {
  try {
    return atob(base64);
  } catch {
    throw new FormatError("The model.json is damaged: an attribute is not base64.");
  }
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function isGraphModel(json: unknown): json is GraphModelJson {
  if (!isObject(json) || !isObject(json["modelTopology"])) return false;
  const nodes = json["modelTopology"]["node"];
  const groups = json["weightsManifest"];
  return (
    isListOf(
      nodes,
      ({name, op, input, attr}) => isText(name) && isText(op) && isOptionalTexts(input) && (attr === undefined || isAttributes(attr))
    ) && isListOf(groups, ({paths, weights}) => isTexts(paths) && isListOf(weights, isWeightEntry))
  );
}

function isAttributes(value: unknown): boolean {
  return (
    isObject(value) &&
    isListOf(Object.values(value), ({s, list}) => (s === undefined || isText(s)) && (list === undefined || isAttributeList(list)))
  );
}

function isAttributeList(value: unknown): boolean {
  return isObject(value) && isOptionalTexts(value["s"]) && ["i", "f"].every((key) => value[key] === undefined || Array.isArray(value[key]));
}

function isWeightEntry({name, shape, dtype, quantization}: Record<string, unknown>): boolean {
  return (
    isText(name) &&
    isText(dtype) &&
    Array.isArray(shape) &&
    (quantization === undefined || (isObject(quantization) && isText(quantization["dtype"])))
  );
}

function isListOf(value: unknown, isItem: (item: Record<string, unknown>) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isObject(item) && isItem(item));
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isOptionalTexts(value: unknown): boolean {
  return value === undefined || isTexts(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
