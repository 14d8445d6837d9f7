import type {ModelFormatId} from "../data/models/formats.js";
import type {Answers, Question} from "../engine/questions.js";
import {isCheckpointIndex} from "../formats/checkpoint.js";
import {FormatError} from "../formats/format-error.js";
import {isLayersModel} from "../formats/layers-model.js";
import {isMaceGraph} from "../formats/mace.js";
import {isOnnx, onnxPaths} from "../formats/onnx.js";
import {shardPaths} from "../formats/tfjs-weights.js";
import {isTorchFile} from "../formats/torch-file.js";
import {answered} from "./answered.js";
import {isArchive, modelInArchive} from "./archive.js";
import {withinFolder} from "./beside.js";
import {
  importCheckpoint,
  importGraphDef,
  importGraphModel,
  importLayersModel,
  importMace,
  importOnnx,
  importSafetensors,
  importTflite,
  importTorch
} from "./import.js";
import type {ImportCard} from "./import.js";
import {readModel, writeModel} from "./model-file.js";
import type {Origin} from "./origin.js";
import type {ImportedModel} from "./questions.js";
import type {HuggingFaceFiles} from "./state-dicts/hugging-face-config.js";

export type {Origin} from "./origin.js";

/** How a format is known and read. */
interface Reader {
  /** Whether a model of this format begins in this file; the files beside it are not asked. */
  knows(file: Pick<Origin, "name" | "bytes">): boolean;
  /** @throws FormatError where it is damaged, NotDeepLabError where it holds another network */
  read(origin: Origin, card: ImportCard, answers: Answers): ImportedModel | Promise<ImportedModel>;
}

/** A reader a format; the first that knows a file reads it. */
const READERS: Readonly<Record<ModelFormatId, Reader>> = {
  "hugging-face": {
    knows: ({bytes}) => isSafetensors(bytes) && NAMED_AS_MODULES.test(text(bytes, 0, NAMES_BYTES)),
    read: async (origin, card) => importSafetensors(origin.bytes, await besideHuggingFace(origin), card)
  },
  safetensors: {knows: ({bytes}) => isSafetensors(bytes), read: ({bytes}) => readModel(bytes)},
  pytorch: {
    knows: ({bytes}) => isTorchFile(bytes),
    read: async (origin, card) => importTorch(origin.bytes, await besideHuggingFace(origin), card)
  },
  onnx: {
    // Its first bytes are no more than the version of its layout.
    knows: ({name, bytes}) => name.endsWith(".onnx") || isOnnx(bytes),
    read: async (origin, card) => {
      const files = onnxPaths(origin.bytes).map(async (path) => [path, await origin.beside(path)] as const);
      return importOnnx(origin.bytes, new Map(await Promise.all(files)), card, await besideHuggingFace(origin));
    }
  },
  tflite: {knows: ({bytes}) => startsWith(bytes, "TFL3", 4), read: ({bytes}, card) => importTflite(bytes, card)},
  "layers-model": {
    knows: ({bytes}) => startsWith(bytes, "{", 0) && isLayersModel(bytes),
    read: async (origin, card) => importLayersModel(origin.bytes, await shardsOf(origin), card)
  },
  "graph-model": {
    knows: ({bytes}) => startsWith(bytes, "{", 0),
    read: async (origin, card) => importGraphModel(origin.bytes, await shardsOf(origin), card)
  },
  checkpoint: {
    knows: ({name, bytes}) => name.endsWith(".index") || isCheckpointIndex(bytes),
    read: ({name, bytes, beside, open = async (relative) => new Blob([(await beside(relative)) as BlobPart])}, card, answers) =>
      importCheckpoint(bytes, {name, open}, card, answers)
  },
  mace: {
    knows: ({bytes}) => isMaceGraph(bytes),
    read: async ({name, bytes, beside}, card) => importMace(bytes, await beside(name.replace(/(\.pb)?$/, ".data")), card)
  },
  graphdef: {knows: ({name}) => name.endsWith(".pb"), read: ({bytes}, card) => importGraphDef(bytes, card)},
  archive: {
    knows: ({bytes}) => isArchive(bytes),
    read: (origin, card, answers) =>
      modelInArchive(origin)
        .then(withinFolder)
        .then((inside) => readerFor(inside).read(inside, card, answers))
  }
};

/** How a file of Keras becomes one that is read. */
const FROM_KERAS =
  "This is a file of Keras, which is not read here. Convert it (pip install tensorflowjs): tensorflowjs_converter --input_format=keras model.h5 folder, or --input_format=keras_keras model.keras folder; then give that folder.";

/** Keras's .h5, by HDF5's mark: known, to say what to do with it. */
const HDF5: Reader = {
  knows: ({bytes}) => startsWith(bytes, "\x89HDF\r\n\x1a\n", 0),
  read: () => {
    throw new FormatError(FROM_KERAS);
  }
};

/** A model file that was made of another. */
export interface Converted {
  readonly bytes: Uint8Array;
  /** What the other left open, with the answer that is taken where nobody gives one; nothing where it tells all. */
  readonly questions: readonly Question[];
}

/**
 * Turns a model of any known format, told by its content, into the bytes of our model file. One that already is a model
 * file is checked and kept as it is.
 *
 * @param answers to the questions that it leaves open; the usual ones by default, and none to what it does not ask
 * @throws FormatError where it is damaged or an answer does not fit, NotDeepLabError where it holds another network
 */
export function convert(origin: Origin, card: ImportCard, answers: Answers = {}): Promise<Converted> {
  // Nor here nor below is anything awaited that would hold the file, or its archive, when it has been read.
  return read(origin, card, answers).then((found) => {
    const questions = found instanceof Uint8Array ? [] : (found.questions ?? []);
    const asked: Answers = Object.fromEntries(questions.map(({about}) => [about, answers[about]]));
    return {bytes: found instanceof Uint8Array ? found : writeModel(answered(found, asked)), questions};
  });
}

async function read(given: Origin, card: ImportCard, answers: Answers): Promise<ImportedModel | Uint8Array> {
  const origin = withinFolder(given);
  const reader = readerFor(origin);
  if (reader !== READERS.safetensors) return reader.read(origin, card, answers);
  await reader.read(origin, card, answers);
  return origin.bytes;
}

function readerFor(origin: Origin): Reader {
  const base = /^(.*)\.(?:meta|data-\d+-of-\d+)$/.exec(origin.name)?.[1];
  if (base !== undefined) throw new FormatError(`Of the files of a checkpoint, give ${base}.index; it leads to the others.`);
  // A frozen graph cannot be told by its first bytes, so what nobody knows may be one.
  return readerOf(origin) ?? READERS.graphdef;
}

/** Whether a model begins in this file, by its name and first bytes. */
export function isModel(file: Pick<Origin, "name" | "bytes">): boolean {
  return readerOf(file) !== undefined;
}

function readerOf(file: Pick<Origin, "name" | "bytes">): Reader | undefined {
  return [...Object.values(READERS), HDF5].find(({knows}) => knows(file));
}

/** Its header, JSON, comes after eight bytes of length, of which the upper four are zero. */
function isSafetensors(bytes: Uint8Array): boolean {
  return startsWith(bytes, "\0\0\0\0{", 4);
}

/** As PyTorch names tensors; ours end in "/kernel" and "/bias". The first of them stands near the beginning of the header. */
const NAMED_AS_MODULES = /\.(weight|bias|running_mean|running_var|num_batches_tracked)":\s*\{/;
const NAMES_BYTES = 4096;

function shardsOf({bytes, beside}: Origin): Promise<Uint8Array[]> {
  return Promise.all(shardPaths(bytes).map(beside));
}

/** The files that a model of Hugging Face's has beside it; without them it is taken to be as Google published it. */
async function besideHuggingFace({beside}: Origin): Promise<HuggingFaceFiles> {
  const [config, processor] = await Promise.all(
    ["config.json", "preprocessor_config.json"].map(async (name) => beside(name).catch(() => undefined))
  );
  return {config, processor};
}

function startsWith(bytes: Uint8Array, expected: string, offset: number): boolean {
  return text(bytes, offset, expected.length) === expected;
}

function text(bytes: Uint8Array, offset: number, length: number): string {
  return new TextDecoder("latin1").decode(bytes.subarray(offset, offset + length));
}
