import {FormatError} from "./format-error.js";
import {isListOf, isObject, isText} from "./json.js";
import {KerasWeights} from "./keras-weights.js";
import {callsOf} from "./keras-calls.js";
import type {KerasCall, KerasModel} from "./keras-calls.js";
import {isWeightsManifest, parseModelJson, readWeights} from "./tfjs-weights.js";

/** A model of Keras as TensorFlow.js keeps it: every call of a layer, and what the layers have learnt. */
export interface LayersModel {
  /** Nested models are inlined. In no particular order. */
  readonly calls: readonly KerasCall[];
  readonly weights: KerasWeights;
  /** Who wrote it, e.g. "2.13.1", "3.4.1" or "tfjs-layers 4.22.0"; empty where it is not said. */
  readonly version: string;
}

/** Whether these bytes are the `model.json` of a layers model, and not of a graph model. */
export function isLayersModel(modelJson: Uint8Array): boolean {
  try {
    return topologyOf(parseModelJson(modelJson)) !== null;
  } catch {
    return false;
  }
}

/**
 * Reads a TensorFlow.js layers model, converted from Keras 2 or 3 or saved by TensorFlow.js itself. Weights are dequantised.
 *
 * @param shards the files that `shardPaths` names, in its order
 * @throws FormatError where the description or the weights are cut off or damaged
 */
export function readLayersModel(modelJson: Uint8Array, shards: readonly Uint8Array[]): LayersModel {
  const json = parseModelJson(modelJson);
  const topology = topologyOf(json);
  if (!topology) throw new FormatError("This JSON is not a TensorFlow.js layers model: it has no modelTopology with a model_config.");
  const {model, version} = topology;
  const groups = (json as Record<string, unknown>)["weightsManifest"];
  if (!isWeightsManifest(groups)) throw new FormatError("This layers model is damaged: its weightsManifest is not a list of weights.");
  return {calls: callsOf(model), weights: new KerasWeights(readWeights(groups, shards)), version};
}

/** What the converter writes has the model in `model_config`; what TensorFlow.js saves is the model itself. */
function topologyOf(json: unknown): {model: KerasModel; version: string} | null {
  const topology = isObject(json) ? json["modelTopology"] : undefined;
  if (!isObject(topology)) return null;
  const model = topology["model_config"] ?? topology;
  if (!isObject(model) || !isText(model["class_name"])) return null;
  const version = [topology["keras_version"], model["keras_version"]].find(isText) ?? "";
  const {config} = model;
  // Keras before 2.2.3 had a sequence as a list alone.
  const layers = isObject(config) ? config["layers"] : config;
  if (!isListOf(layers, ({class_name: kind, config: own}) => isText(kind) && isObject(own))) return null;
  return {model: model as unknown as KerasModel, version};
}
