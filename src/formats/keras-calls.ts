import {inShort} from "../in-short.js";
import {FormatError} from "./format-error.js";
import {isObject, isText} from "./json.js";

/** A layer, or an operation of Keras 3, at one place of a model. */
export interface KerasCall {
  /** Of its output; no other call has it. */
  readonly name: string;
  /** The layer's own name, which several calls may share, and with it the weights. */
  readonly layer: string;
  /** Names of the nested models that the layer stands in, the outermost first. */
  readonly models: readonly string[];
  readonly className: string;
  readonly config: Config;
  /** Names of the calls whose outputs it is given, in the order of its arguments. */
  readonly inputs: readonly string[];
  /** What else it is called with: arguments by position, outputs of calls as null, and by name. */
  readonly values: readonly unknown[];
  readonly options: Config;
}

export type Config = Readonly<Record<string, unknown>>;

/** A model as Keras describes it, outermost or nested. */
export interface KerasModel {
  readonly class_name: string;
  readonly name?: string;
  readonly config: unknown;
}

interface KerasLayer extends KerasModel {
  readonly config: Config;
  readonly inbound_nodes?: unknown;
}

/** Output of a call: of which layer, at which of its places, and which one. */
type Reference = readonly [layer: string, node: number, tensor: number];

/** What one place of a layer in its model is called with. */
interface Node {
  readonly tensors: readonly Reference[];
  readonly values: readonly unknown[];
  readonly options: Config;
}

/** A layer that hands on what it is given: what stands for inputs and outputs of nested models. */
export const HANDS_ON = "Identity";
const MOST_NESTED = 8;
const MOST_CALLS = 20_000;

/**
 * The calls of a model, those of nested models in their places.
 *
 * @throws FormatError where the description is not one of a model
 */
export function callsOf(model: KerasModel): KerasCall[] {
  const calls: KerasCall[] = [];
  inline(model, {prefix: "", models: [], inputs: null, calls});
  return calls;
}

interface Place {
  /** What the names of its calls begin with. */
  readonly prefix: string;
  readonly models: readonly string[];
  /** Names of the calls that a nested model is given; null for the model itself, which is given the photo. */
  readonly inputs: readonly string[] | null;
  readonly calls: KerasCall[];
}

/** Adds the calls of a model and names those that are its outputs. */
function inline(model: KerasModel, place: Place): string[] {
  if (place.models.length > MOST_NESTED) throw damaged(`models are nested more than ${MOST_NESTED} deep`);
  const {layers, inputs, outputs} = structureOf(model);
  const ends = new Map<string, string[]>();
  for (const layer of layers) {
    if (ends.has(layer.name)) throw damaged(`two layers are called "${layer.name}"`);
    ends.set(
      layer.name,
      layer.nodes.map((_, node) => place.prefix + (node === 0 ? layer.name : `${layer.name}:${node}`))
    );
  }
  const first = firstNodes(layers, outputs);
  const nameOf = ([layer, node, tensor]: Reference): string => {
    const name = ends.get(layer)?.[node - (first.get(layer) ?? 0)];
    if (name === undefined) throw damaged(`"${layer}" is read, but no layer is called so`);
    return tensor === 0 ? name : `${name}#${tensor}`;
  };
  for (const {name: layer, className, config, nodes, model: nested} of layers) {
    nodes.forEach((node, index) => {
      const name = ends.get(layer)![index]!;
      const given = inputs.findIndex(([input, at]) => input === layer && at === index);
      const {models} = place;
      const add = (call: Partial<KerasCall>) => {
        place.calls.push({name, layer, models, className, config, values: [], options: {}, inputs: [], ...call});
        if (place.calls.length > MOST_CALLS) throw damaged(`it has more than ${MOST_CALLS} layers`);
      };
      const tensors = node.tensors.map(nameOf);
      if (given >= 0 && place.inputs) {
        const outer = place.inputs[given];
        if (outer === undefined) throw damaged(`the nested model "${models.at(-1)}" is not given all its inputs`);
        add({className: HANDS_ON, inputs: [outer]});
      } else if (nested) {
        const inside = inline(nested, {prefix: `${name}/`, models: [...models, layer], inputs: tensors, calls: place.calls});
        inside.forEach((end, tensor) => add({name: tensor === 0 ? name : `${name}#${tensor}`, className: HANDS_ON, inputs: [end]}));
      } else {
        add({inputs: tensors, values: node.values, options: node.options});
      }
    });
  }
  return outputs.map(nameOf);
}

/**
 * Where the places of nested models are counted from: one that was made from an input has a place of its own before those in the model
 * around it, which is not written. The last of its places is read by something, as all are.
 */
function firstNodes(layers: Structure["layers"], outputs: readonly Reference[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const [layer, node] of [...outputs, ...layers.flatMap(({nodes}) => nodes.flatMap(({tensors}) => tensors))])
    last.set(layer, Math.max(node, last.get(layer) ?? 0));
  return new Map(layers.flatMap(({name, model, nodes}) => (model && last.get(name) === nodes.length ? [[name, 1] as const] : [])));
}

interface Structure {
  readonly layers: readonly {
    readonly name: string;
    readonly className: string;
    readonly config: Config;
    readonly nodes: readonly Node[];
    readonly model: KerasModel | null;
  }[];
  readonly inputs: readonly Reference[];
  readonly outputs: readonly Reference[];
}

const NOTHING: Node = {tensors: [], values: [], options: {}};

function structureOf(model: KerasModel): Structure {
  const {config} = model;
  const listed = isObject(config) ? config["layers"] : config;
  if (!isLayers(listed)) throw damaged(`"${model.class_name}" has no list of layers`);
  const layers = listed.map((layer, index) => {
    const {class_name: className, config, name = isText(config["name"]) ? config["name"] : `layer_${index}`} = layer;
    return {name, className, config, model: isLayers(config["layers"]) ? layer : null, inbound: layer.inbound_nodes};
  });
  if (model.class_name !== "Sequential" && isObject(config)) {
    return {
      layers: layers.map(({inbound, ...layer}) => ({...layer, nodes: nodesOf(inbound, layer.name)})),
      inputs: referencesOf(config["input_layers"]),
      outputs: referencesOf(config["output_layers"])
    };
  }
  // One after the other, the first being given what the model is.
  const names = [...(layers[0]?.className === "InputLayer" ? [] : ["input"]), ...layers.map(({name}) => name)];
  const first =
    names.length > layers.length ? [{name: "input", className: "InputLayer", config: layers[0]?.config ?? {}, model: null}] : [];
  return {
    layers: [...first, ...layers].map(({name, className, config, model}, index) => ({
      name,
      className,
      config,
      model,
      nodes: [index === 0 ? NOTHING : {...NOTHING, tensors: [[names[index - 1]!, 0, 0]]}]
    })),
    inputs: names.slice(0, 1).map((name) => [name, 0, 0]),
    outputs: names.slice(-1).map((name) => [name, 0, 0])
  };
}

/** The places of a layer in its model. One that reads nothing has one, too. */
function nodesOf(inbound: unknown, layer: string): Node[] {
  if (inbound === undefined || inbound === null) return [NOTHING];
  if (!Array.isArray(inbound)) throw damaged(`what "${layer}" reads is not a list`);
  const nodes = (inbound as unknown[]).map((node) => (isObject(node) ? nodeOfKeras3(node) : nodeOfKeras2(node)));
  return nodes.length > 0 ? nodes : [NOTHING];
}

/** `{"args": [...], "kwargs": {...}}`, tensors anywhere in it. */
function nodeOfKeras3({args, kwargs}: Config): Node {
  const tensors: Reference[] = [];
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return (value as unknown[]).map(walk);
    if (!isObject(value) || value["class_name"] !== "__keras_tensor__") return value;
    const history = isObject(value["config"]) ? value["config"]["keras_history"] : undefined;
    tensors.push(referenceOf(history));
    return null;
  };
  const values = Array.isArray(args) ? (args as unknown[]).map(walk) : [];
  const options = Object.fromEntries(Object.entries(isObject(kwargs) ? kwargs : {}).map(([key, value]) => [key, walk(value)]));
  return {tensors, values, options};
}

/**
 * A list of `[layer, node, tensor, {other arguments}]`, or one of these alone, where the layer is an operation of TensorFlow. Other
 * arguments may be tensors, too: `[layer, node, tensor]`.
 */
function nodeOfKeras2(node: unknown): Node {
  if (!Array.isArray(node)) throw damaged("what a layer reads is not a list");
  const given = (isText(node[0]) ? [node] : node) as unknown[];
  const tensors: Reference[] = [];
  const values: unknown[] = [];
  let options: Config = {};
  for (const each of given) {
    if (!Array.isArray(each)) throw damaged("what a layer reads is not a list");
    const [layer, , constant, more] = each as unknown[];
    if (layer === CONSTANT) {
      values.push(constant);
    } else {
      tensors.push(referenceOf(each));
      values.push(null);
    }
    if (isObject(more)) options = {...options, ...more};
  }
  const named = Object.entries(options).map(([key, value]) => {
    if (!isReference(value)) return [key, value];
    tensors.push(referenceOf(value));
    return [key, null];
  });
  return {tensors, values, options: Object.fromEntries(named) as Config};
}

const CONSTANT = "_CONSTANT_VALUE";

function isReference(value: unknown): boolean {
  return Array.isArray(value) && value.length === 3 && isText(value[0]) && Number.isInteger(value[1]) && Number.isInteger(value[2]);
}

function referenceOf(value: unknown): Reference {
  if (!isReference(Array.isArray(value) ? value.slice(0, 3) : value)) {
    throw damaged(`${inShort(JSON.stringify(value) ?? "nothing", 60)} names no output of a layer`);
  }
  return value as Reference;
}

/** A list of references, or one alone. */
function referencesOf(value: unknown): Reference[] {
  if (!Array.isArray(value)) throw damaged("its inputs or outputs are not listed");
  return isText(value[0]) ? [referenceOf(value)] : (value as unknown[]).map(referenceOf);
}

function isLayers(value: unknown): value is readonly KerasLayer[] {
  return Array.isArray(value) && value.every((layer) => isObject(layer) && isText(layer["class_name"]) && isObject(layer["config"]));
}

function damaged(what: string): FormatError {
  return new FormatError(`The layers model is damaged: ${what}.`);
}
