import {labelsFor} from "../data/labels/index.js";
import {PREPROCESSINGS} from "../engine/backbones/normalise.js";
import type {Weight} from "../engine/model.js";
import type {Answers} from "../engine/questions.js";
import {readCheckpointIndex, variableReader} from "../formats/checkpoint.js";
import type {CheckpointFiles} from "../formats/checkpoint.js";
import {FormatError} from "../formats/format-error.js";
import {readGraphModel} from "../formats/graph-model.js";
import {readGraphDef} from "../formats/graphdef.js";
import {readLayersModel} from "../formats/layers-model.js";
import {readMace} from "../formats/mace.js";
import {readOnnx} from "../formats/onnx.js";
import type {OnnxFiles} from "../formats/onnx-tensor.js";
import {readSafetensors, safetensorsValues} from "../formats/safetensors.js";
import {readTflite} from "../formats/tflite.js";
import {readTorchFile} from "../formats/torch-file.js";
import {namedClasses} from "./answered.js";
import {checkpointNetwork} from "./checkpoint-network.js";
import {checkpointWeights} from "./checkpoint-weights.js";
import {findNetwork} from "./find-network.js";
import type {FoundNetwork} from "./find-network.js";
import {foldLayers} from "./fold.js";
import {graphOperations} from "./graph-operations.js";
import {kerasOperations} from "./keras/keras-operations.js";
import {maceOperations} from "./mace-operations.js";
import {networkInOnnx} from "./onnx/network-in-onnx.js";
import {ownModel} from "./onnx/own.js";
import type {Operations} from "./operations.js";
import {withNormalisation} from "./preprocessing.js";
import {classesQuestion, preprocessingQuestion} from "./questions.js";
import type {ImportedModel} from "./questions.js";
import {huggingFaceFacts} from "./state-dicts/hugging-face-config.js";
import type {HuggingFaceFiles} from "./state-dicts/hugging-face-config.js";
import {importStateDict} from "./state-dicts/import-state-dict.js";
import type {ImportedStateDict} from "./state-dicts/import-state-dict.js";
import {tfliteOperations} from "./tflite-operations.js";

/** What a foreign file does not say of itself. */
export interface ImportCard {
  readonly name: string;
  readonly license: string;
  readonly source: string;
  readonly measured: string;
}

/**
 * Imports a DeepLab from a TensorFlow Lite file, float or quantised (weights are dequantised).
 *
 * @throws FormatError on a damaged file; NotDeepLabError where it holds another network
 */
export function importTflite(bytes: Uint8Array, card: ImportCard): ImportedModel {
  return fromGraph(tfliteOperations(readTflite(bytes)), card);
}

/**
 * Imports a DeepLab from a frozen TensorFlow graph (`frozen_inference_graph.pb`), batch normalisation folded or not.
 *
 * @throws FormatError on a damaged file; NotDeepLabError where it holds another network
 */
export function importGraphDef(bytes: Uint8Array, card: ImportCard): ImportedModel {
  return fromGraph(graphOperations(readGraphDef(bytes)), card);
}

/**
 * Imports a DeepLab from a TensorFlow.js graph model.
 *
 * @param shards the weight files, in the order of `shardPaths(modelJson)`
 * @throws FormatError on damaged files; NotDeepLabError where they hold another network
 */
export function importGraphModel(modelJson: Uint8Array, shards: readonly Uint8Array[], card: ImportCard): ImportedModel {
  return fromGraph(graphOperations(readGraphModel(modelJson, shards)), card);
}

/**
 * Imports a DeepLab from a TensorFlow.js layers model, which Keras models are converted to.
 *
 * @param shards the weight files, in the order of `shardPaths(modelJson)`
 * @throws FormatError on damaged files; NotDeepLabError where they hold another network
 */
export function importLayersModel(modelJson: Uint8Array, shards: readonly Uint8Array[], card: ImportCard): ImportedModel {
  return fromGraph(kerasOperations(readLayersModel(modelJson, shards)), card);
}

/**
 * Imports a DeepLab from a graph of MACE, float or quantised (weights are dequantised).
 *
 * @param data the .data file beside the graph's .pb
 * @throws FormatError on damaged files or ones that do not belong together; NotDeepLabError where they hold another network
 */
export function importMace(graph: Uint8Array, data: Uint8Array, card: ImportCard): ImportedModel {
  return fromGraph(maceOperations(readMace(graph, data)), card);
}

/**
 * Imports a DeepLab from a checkpoint of the release's training program, batch normalisation unfolded.
 *
 * @param index the .index file
 * @param files its name, and a way to the files of values beside it
 * @param answers to what has to be known while it is read; the usual ones by default
 * @throws FormatError on damaged files; NotDeepLabError where they hold another network
 */
export async function importCheckpoint(
  index: Uint8Array,
  files: CheckpointFiles,
  card: ImportCard,
  answers: Pick<Answers, "grid" | "averages"> = {}
): Promise<ImportedModel> {
  const checkpoint = readCheckpointIndex(index);
  const {network, layers, given, questions} = checkpointNetwork(checkpoint, answers);
  const weights = await checkpointWeights(layers, variableReader(checkpoint, files));
  return modelOf({network, weights: {...weights, ...given}, questions}, card);
}

/**
 * Imports a DeepLab from a state dict that torch.save wrote, alone or in a checkpoint.
 *
 * @param beside the files that Hugging Face keeps beside one, where there are any
 * @throws FormatError on a damaged file, or one that asks for more than tensors; NotDeepLabError where it holds another network
 */
export function importTorch(bytes: Uint8Array, beside: HuggingFaceFiles, card: ImportCard): ImportedModel {
  return modelOf(importStateDict(readTorchFile(bytes), beside), card);
}

/**
 * Imports a DeepLab from a state dict as safetensors, as Hugging Face keeps it.
 *
 * @param beside the files that stand beside it there, where there are any
 * @throws FormatError on damaged files; NotDeepLabError where they hold another network
 */
export function importSafetensors(bytes: Uint8Array, beside: HuggingFaceFiles, card: ImportCard): ImportedModel {
  const {tensors} = readSafetensors(bytes);
  const dict = new Map(
    Object.entries(tensors).map(([name, entry]) => [name, {shape: entry.shape, values: () => safetensorsValues(entry)}])
  );
  return modelOf(importStateDict(dict, beside), card);
}

/**
 * Imports a DeepLab from an ONNX file, float or quantised with QuantizeLinear and DequantizeLinear (weights are dequantised). One that was
 * exported here is the model that it was, its own card included.
 *
 * @param files beside it that hold values of it, by the paths that `onnxPaths` gives
 * @param beside the files that Hugging Face keeps beside one, where there are any
 * @throws FormatError on a damaged file; NotDeepLabError where it holds another network
 */
export function importOnnx(bytes: Uint8Array, files: OnnxFiles, card: ImportCard, beside: HuggingFaceFiles = {}): ImportedModel {
  const graph = readOnnx(bytes, files);
  return ownModel(graph) ?? fromOnnx(networkInOnnx(graph), card, beside);
}

/** What Hugging Face says of photos stands beside a file; its network is none of PyTorch's other makers'. */
function fromOnnx(found: FoundNetwork, card: ImportCard, beside: HuggingFaceFiles): ImportedModel {
  const facts = beside.processor && !found.preparation && found.usual !== "imagenet" ? huggingFaceFacts(beside) : undefined;
  return fromFound({...found, preparation: found.preparation ?? facts?.normalisation ?? null}, card, facts?.classes);
}

function fromGraph(operations: Operations, card: ImportCard): ImportedModel {
  return fromFound(findNetwork(foldLayers(operations)), card);
}

function fromFound({preparation, usual, ...found}: FoundNetwork, card: ImportCard, classes?: readonly string[]): ImportedModel {
  const prepared = withNormalisation(found, preparation ?? PREPROCESSINGS[usual].normalisation);
  return modelOf({...prepared, classes, questions: preparation ? [] : [preprocessingQuestion(usual)]}, card);
}

/** What was found, once all its weights are numbers, with the usual names of its classes where it has no others. */
function modelOf({network, weights, classes, questions}: ImportedStateDict, card: ImportCard): ImportedModel {
  const read: Record<string, Weight> = {};
  // Until here most values are what can be made of the file.
  for (const [name, {shape, values}] of Object.entries(weights)) {
    if (!values.every(Number.isFinite)) throw new FormatError(`The file is damaged: "${name}" holds values that are not numbers.`);
    read[name] = {shape, values};
  }
  const labels = labelsFor(network.classes);
  return {
    network,
    weights: read,
    card: {...card, ...(classes ? namedClasses(network, classes) : labels)},
    questions: [...questions, ...(classes ? [] : [classesQuestion(labels.classes)])]
  };
}
