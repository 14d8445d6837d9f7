import {labelsFor} from "../data/labels/index.js";
import type {Model, ModelCard} from "../engine/model.js";
import type {Activation, Network} from "../engine/network.js";
import {ACTIVATIONS} from "../engine/steps/activation.js";
import type {WrittenType} from "../formats/element-types.js";
import {FormatError} from "../formats/format-error.js";
import {readSafetensors, writeSafetensors} from "../formats/safetensors.js";
import {inShort} from "../in-short.js";
import {parseDescription, writeDescription} from "./network-description.js";
import {checkShapes, recogniseNetwork} from "./recognise.js";
import type {Shapes} from "./recognise.js";
import {storedWeights} from "./stored-weights.js";

/*
 * Our model file: safetensors with canonical layer names and a metadata block, which holds the description of the network. The page
 * reads it too, so nothing here may import the readers of other formats.
 */

/** What a model file says that is no matter of its network: the engine does only this. */
const FIXED = {preprocessing: "x / 127.5 - 1", align_corners: "true"};
/** The same of a file without a description. */
const FIXED_WITHOUT_DESCRIPTION = {...FIXED, backbone: "mobilenet_v2", aspp_rates_output_stride: "16"};

/**
 * Reads a model file: weights as float32, the description of its network, its card. Class names and colours default to
 * those of the data set with that many classes.
 *
 * @throws FormatError (a sentence for the reader) on a damaged file, or one that holds no DeepLab
 */
export function readModel(bytes: Uint8Array): Model {
  const {metadata, tensors} = readSafetensors(bytes);
  const weights = storedWeights(tensors);
  const shapes = Object.fromEntries(Object.entries(weights).map(([name, {shape}]) => [name, shape]));
  const network = networkOf(metadata, shapes);
  return {network, weights, card: cardOf(metadata, network.classes)};
}

/**
 * Writes a model file; the same model gives the same bytes.
 *
 * @param options.type float32 (default) or float16 for all weights
 * @throws FormatError where a weight does not fit its shape or float16
 */
export function writeModel(model: Model, {type = "F32"}: {type?: WrittenType} = {}): Uint8Array {
  return writeSafetensors({type, tensors: model.weights, metadata: {...modelMetadata(model), ...FIXED}});
}

/** What a file says of a model besides its weights: its card and, as JSON, the description of its network. */
export function modelMetadata({network, card}: Pick<Model, "network" | "card">): Record<string, string> {
  return {
    name: card.name,
    network: writeDescription(network),
    classes: JSON.stringify(card.classes),
    palette: JSON.stringify(card.palette),
    license: card.license,
    source: card.source,
    measured: card.measured
  };
}

type Metadata = Readonly<Record<string, string>>;

/** The description that the file carries; for files from before they did, what can be told from shapes and single facts. */
function networkOf(metadata: Metadata, shapes: Shapes): Network {
  const description = metadata["network"];
  for (const [key, value] of Object.entries(description === undefined ? FIXED_WITHOUT_DESCRIPTION : FIXED)) {
    const stated = metadata[key];
    if (stated !== undefined && stated !== value)
      throw new FormatError(`The model file asks for the ${key} "${stated}"; known is "${value}".`);
  }
  if (description !== undefined) {
    const network = parseDescription(description);
    checkShapes(shapes, network);
    return network;
  }
  const activation = activationOf(metadata, "activation") ?? "relu6";
  return recogniseNetwork(shapes, {
    widthMultiplier: json(metadata, "width_multiplier", isPositive),
    asppRates: json(metadata, "aspp_rates", isRates),
    lowLevelEndPoint: metadata["low_level_end_point"],
    activation,
    headActivation: activationOf(metadata, "head_activation") ?? activation
  });
}

/** A model's card, as metadata of its file say it. @throws FormatError where these do not fit so many classes */
export function cardOf(metadata: Metadata, classes: number): ModelCard {
  const labels = labelsFor(classes);
  const names = json(metadata, "classes", isTexts) ?? labels.classes;
  const palette = json(metadata, "palette", isPalette) ?? labels.palette;
  for (const [what, {length}] of [
    ["names", names],
    ["colours", palette]
  ] as const) {
    if (length !== classes) throw new FormatError(`The model file gives ${length} class ${what} for ${classes} classes.`);
  }
  return {
    name: metadata["name"] ?? "unnamed",
    classes: names,
    palette,
    license: metadata["license"] ?? "",
    source: metadata["source"] ?? metadata["trained"] ?? "",
    measured: metadata["measured"] ?? ""
  };
}

function activationOf(metadata: Metadata, key: string): Activation | undefined {
  const value = metadata[key];
  if (value === undefined) return undefined;
  if (!Object.hasOwn(ACTIVATIONS, value)) {
    throw new FormatError(`The model file asks for the ${key} "${value}"; known are ${Object.keys(ACTIVATIONS).join(", ")}.`);
  }
  return value as Activation;
}

function json<T>(metadata: Metadata, key: string, isValid: (value: unknown) => value is T): T | undefined {
  const text = metadata[key];
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (!isValid(value)) throw new FormatError(`The metadata of the model file are damaged: "${key}" is ${inShort(text, 60)}.`);
  return value;
}

function isPositive(value: unknown): value is number {
  return typeof value === "number" && value > 0;
}

function isRates(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((rate) => Number.isInteger(rate) && rate >= 1);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

function isPalette(value: unknown): value is [number, number, number][] {
  const isByte = (channel: unknown) => Number.isInteger(channel) && (channel as number) >= 0 && (channel as number) <= 255;
  return Array.isArray(value) && value.every((colour) => Array.isArray(colour) && colour.length === 3 && colour.every(isByte));
}
