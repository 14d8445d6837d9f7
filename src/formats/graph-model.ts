import {FormatError} from "./format-error.js";
import {isListOf, isObject, isText, isTexts} from "./json.js";
import {attributesOf, dataInputs} from "./node-graph.js";
import type {Attribute, GraphNode, NodeGraph} from "./node-graph.js";
import {isWeightsManifest, parseModelJson, readWeights} from "./tfjs-weights.js";
import type {WeightGroup} from "./tfjs-weights.js";

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

/**
 * Reads a TensorFlow.js graph model: its nodes and the values of its constants, dequantised.
 *
 * @param shards the files that `shardPaths` names, in its order
 * @throws FormatError where the description or the weights are cut off or damaged
 */
export function readGraphModel(modelJson: Uint8Array, shards: readonly Uint8Array[]): NodeGraph {
  const {modelTopology, weightsManifest} = parse(modelJson);
  const constants = readWeights(weightsManifest, shards);
  const nodes = modelTopology.node.map(({name, op, input = [], attr = {}}): GraphNode => ({
    name,
    op,
    inputs: dataInputs(input),
    attributes: attributesOf(Object.entries(attr), attributeOf)
  }));
  return {nodes, constants};
}

function parse(modelJson: Uint8Array): GraphModelJson {
  const json = parseModelJson(modelJson);
  if (!isGraphModel(json)) {
    throw new FormatError("This JSON is not a TensorFlow.js graph model: it lacks modelTopology.node or a weightsManifest.");
  }
  return json;
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

function isGraphModel(json: unknown): json is GraphModelJson {
  if (!isObject(json) || !isObject(json["modelTopology"])) return false;
  const nodes = json["modelTopology"]["node"];
  const groups = json["weightsManifest"];
  return (
    isListOf(
      nodes,
      ({name, op, input, attr}) => isText(name) && isText(op) && isOptionalTexts(input) && (attr === undefined || isAttributes(attr))
    ) && isWeightsManifest(groups)
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

function isOptionalTexts(value: unknown): boolean {
  return value === undefined || isTexts(value);
}
