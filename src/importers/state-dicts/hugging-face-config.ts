import type {Normalisation} from "../../engine/backbones/normalise.js";
import type {Activation} from "../../engine/network.js";
import {ACTIVATIONS} from "../../engine/steps/activation.js";
import {FormatError} from "../../formats/format-error.js";

/** What stands beside a model of Hugging Face's. */
export interface HuggingFaceFiles {
  /** `config.json` */
  readonly config?: Uint8Array | undefined;
  /** `preprocessor_config.json` */
  readonly processor?: Uint8Array | undefined;
}

/** What these say of a MobileNetV2ForSemanticSegmentation; what they do not say is as in transformers, and in what Google published. */
export interface HuggingFaceFacts {
  readonly tfPadding: boolean;
  readonly epsilon: number;
  readonly activation: Activation;
  /** By class id; undefined where they are not told. */
  readonly classes?: readonly string[];
  readonly normalisation: Normalisation;
}

const ARCHITECTURE = "MobileNetV2ForSemanticSegmentation";
/** transformers' name of it where it differs from ours. */
const ACTIVATION_NAMES: Readonly<Record<string, Activation>> = {hardswish: "hard_swish"};
const MAXIMUM_BYTE = 255;

/**
 * Reads what a model's files say of it.
 *
 * @throws FormatError where they are damaged or say that it is a network that is not read
 */
export function huggingFaceFacts({config: configFile, processor: processorFile}: HuggingFaceFiles): HuggingFaceFacts {
  const config = parsed("config.json", configFile);
  const architectures = config["architectures"];
  if (Array.isArray(architectures) && !architectures.includes(ARCHITECTURE)) {
    throw new FormatError(`The config.json is of ${architectures.join(", ")}; of Hugging Face's networks, ${ARCHITECTURE} is read.`);
  }
  if (config["first_layer_is_expansion"] === false) {
    throw new FormatError('The config.json says "first_layer_is_expansion": false, an expansion in the first unit, which is not read.');
  }
  const hidden = config["hidden_act"] ?? "relu6";
  const activation = ACTIVATION_NAMES[String(hidden)] ?? hidden;
  if (typeof activation !== "string" || !Object.hasOwn(ACTIVATIONS, activation)) {
    throw new FormatError(`The config.json asks for the activation ${JSON.stringify(hidden)}, which is not known.`);
  }
  const classes = classesOf(config["id2label"]);
  return {
    tfPadding: config["tf_padding"] !== false,
    epsilon: number(config["layer_norm_eps"], 1e-3, "config.json", "layer_norm_eps"),
    activation: activation as Activation,
    ...(classes && {classes}),
    normalisation: normalisationOf(parsed("preprocessor_config.json", processorFile))
  };
}

/** Pixels are multiplied, then less a mean and by a deviation; each of the two may be switched off. */
function normalisationOf(processor: Readonly<Record<string, unknown>>): Normalisation {
  const file = "preprocessor_config.json";
  const factor = processor["do_rescale"] === false ? 1 : number(processor["rescale_factor"], 1 / MAXIMUM_BYTE, file, "rescale_factor");
  const isNormalised = processor["do_normalize"] !== false;
  const three = (key: string, absent: number): [number, number, number] => {
    const value = isNormalised ? (processor[key] ?? absent) : key === "image_mean" ? 0 : 1;
    const list: unknown[] = Array.isArray(value) ? value : [value, value, value];
    if (list.length !== 3) throw new FormatError(`The ${file} gives ${list.length} numbers as "${key}", and photos have three channels.`);
    return list.map((each) => number(each, absent, file, key) / factor) as [number, number, number];
  };
  const [mean, deviation] = [three("image_mean", 0.5), three("image_std", 0.5)];
  if (deviation.some((value) => value === 0)) throw new FormatError(`The ${file} divides by an "image_std" of zero.`);
  return {mean, deviation};
}

/** Names of classes from 0 on; undefined where some are missing, or they are only numbered. */
function classesOf(labels: unknown): readonly string[] | undefined {
  if (typeof labels !== "object" || labels === null) return undefined;
  const table = labels as Readonly<Record<string, unknown>>;
  const names = Object.keys(table).map((_, id) => table[String(id)]);
  return names.every((name): name is string => typeof name === "string") && !names[0]?.startsWith("LABEL_") ? names : undefined;
}

function number(value: unknown, absent: number, file: string, key: string): number {
  if (value === undefined) return absent;
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new FormatError(`The ${file} is damaged: "${key}" is ${JSON.stringify(value)}.`);
  return value;
}

function parsed(file: string, bytes: Uint8Array | undefined): Readonly<Record<string, unknown>> {
  if (!bytes) return {};
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", {fatal: true}).decode(bytes));
  } catch (error) {
    throw new FormatError(`The ${file} is damaged: it is not JSON.`, {cause: error});
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new FormatError(`The ${file} is damaged: it is no table.`);
  return value as Readonly<Record<string, unknown>>;
}
