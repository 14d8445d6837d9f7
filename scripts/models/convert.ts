import type {Model} from "../../src/engine/model.js";
import {shardPaths} from "../../src/formats/graph-model.js";
import {isMaceGraph} from "../../src/formats/mace.js";
import {importGraphDef, importGraphModel, importMace, importTflite} from "../../src/importers/import.js";
import type {ImportCard} from "../../src/importers/import.js";
import {readModel, writeModel} from "../../src/importers/model-file.js";
import {entryOfTarGz} from "../../src/formats/tar.js";

/** A file to import, and a way to the files beside it. */
export interface Origin {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Reads a file named relative to this one. */
  readonly beside: (relative: string) => Promise<Uint8Array>;
}

/** File that the release's archives hold the network in. */
const FROZEN_GRAPH = "frozen_inference_graph.pb";

/**
 * Turns a model of any known format, told by its content, into the bytes of our model file. One that already is a model
 * file is checked and kept as it is.
 *
 * @throws FormatError where it is damaged, NotDeepLabError where it holds another network
 */
export async function convert(origin: Origin, card: ImportCard): Promise<Uint8Array> {
  if (isSafetensors(origin.bytes)) {
    readModel(origin.bytes);
    return origin.bytes;
  }
  return writeModel(await importAny(origin, card));
}

async function importAny({name, bytes, beside}: Origin, card: ImportCard): Promise<Model> {
  if (startsWith(bytes, "TFL3", 4)) return importTflite(bytes, card);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return importGraphDef(await entryOfTarGz(bytes, FROZEN_GRAPH), card);
  if (startsWith(bytes, "{", 0)) return importGraphModel(bytes, await Promise.all(shardPaths(bytes).map(beside)), card);
  if (isMaceGraph(bytes)) return importMace(bytes, await beside(name.replace(/(\.pb)?$/, ".data")), card);
  return importGraphDef(bytes, card);
}

/** Its header, JSON, comes after eight bytes of length, of which the upper four are zero. */
function isSafetensors(bytes: Uint8Array): boolean {
  return startsWith(bytes, "\0\0\0\0{", 4);
}

function startsWith(bytes: Uint8Array, text: string, offset: number): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(offset, offset + text.length)) === text;
}
