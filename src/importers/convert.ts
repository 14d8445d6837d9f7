import type {ModelFormatId} from "../data/models/formats.js";
import type {Model} from "../engine/model.js";
import {shardPaths} from "../formats/graph-model.js";
import {isMaceGraph} from "../formats/mace.js";
import {entryOfTarGz} from "../formats/tar.js";
import {importGraphDef, importGraphModel, importMace, importTflite} from "./import.js";
import type {ImportCard} from "./import.js";
import {readModel, writeModel} from "./model-file.js";

/** A file to import, and a way to the files beside it. */
export interface Origin {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Reads a file named relative to this one. */
  readonly beside: (relative: string) => Promise<Uint8Array>;
}

/** How a format is known and read. */
interface Reader {
  /** Whether a model of this format begins in this file; the files beside it are not asked. */
  knows(file: Pick<Origin, "name" | "bytes">): boolean;
  /** @throws FormatError where it is damaged, NotDeepLabError where it holds another network */
  read(origin: Origin, card: ImportCard): Model | Promise<Model>;
}

/** File that the release's archives hold the network in. */
const FROZEN_GRAPH = "frozen_inference_graph.pb";

/** A reader a format; the first that knows a file reads it. */
const READERS: Readonly<Record<ModelFormatId, Reader>> = {
  // Its header, JSON, comes after eight bytes of length, of which the upper four are zero.
  safetensors: {knows: ({bytes}) => startsWith(bytes, "\0\0\0\0{", 4), read: ({bytes}) => readModel(bytes)},
  tflite: {knows: ({bytes}) => startsWith(bytes, "TFL3", 4), read: ({bytes}, card) => importTflite(bytes, card)},
  "graph-model": {
    knows: ({bytes}) => startsWith(bytes, "{", 0),
    read: async ({bytes, beside}, card) => importGraphModel(bytes, await Promise.all(shardPaths(bytes).map(beside)), card)
  },
  mace: {
    knows: ({bytes}) => isMaceGraph(bytes),
    read: async ({name, bytes, beside}, card) => importMace(bytes, await beside(name.replace(/(\.pb)?$/, ".data")), card)
  },
  graphdef: {knows: ({name}) => name.endsWith(".pb"), read: ({bytes}, card) => importGraphDef(bytes, card)},
  archive: {
    knows: ({bytes}) => bytes[0] === 0x1f && bytes[1] === 0x8b,
    read: async ({bytes}, card) => importGraphDef(await entryOfTarGz(bytes, FROZEN_GRAPH), card)
  }
};

/**
 * Turns a model of any known format, told by its content, into the bytes of our model file. One that already is a model
 * file is checked and kept as it is.
 *
 * @throws FormatError where it is damaged, NotDeepLabError where it holds another network
 */
export async function convert(origin: Origin, card: ImportCard): Promise<Uint8Array> {
  // A frozen graph cannot be told by its first bytes, so what nobody knows may be one.
  const reader = readerOf(origin) ?? READERS.graphdef;
  const model = await reader.read(origin, card);
  return reader === READERS.safetensors ? origin.bytes : writeModel(model);
}

/** Whether a model begins in this file, by its name and first bytes. */
export function isModel(file: Pick<Origin, "name" | "bytes">): boolean {
  return readerOf(file) !== undefined;
}

function readerOf(file: Pick<Origin, "name" | "bytes">): Reader | undefined {
  return Object.values(READERS).find(({knows}) => knows(file));
}

function startsWith(bytes: Uint8Array, text: string, offset: number): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(offset, offset + text.length)) === text;
}
