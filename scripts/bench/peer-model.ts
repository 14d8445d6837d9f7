import {readFile} from "node:fs/promises";
import path from "node:path";
import type {Model} from "../../src/engine/model.js";
import {shardPaths} from "../../src/formats/tfjs-weights.js";
import {importGraphModel, importTflite} from "../../src/importers/import.js";
import {writeModel} from "../../src/importers/model-file.js";
import {PEER_FILES} from "./comparisons.js";
import type {Peer} from "./comparisons.js";

/** The card of a model that no reader sees. */
const NO_CARD = {name: "bench", license: "", source: "", measured: ""};

/** A peer's own weights as one of our model files, so that both run the same network. @param mirror folder of the peers' files */
export async function peerModel(peer: Peer, mirror: string): Promise<Uint8Array> {
  return writeModel(await imported(peer, path.join(mirror, PEER_FILES[peer].file)));
}

async function imported(peer: Peer, file: string): Promise<Model> {
  const bytes = await readFile(file);
  if (peer === "litert") return importTflite(bytes, NO_CARD);
  const shards = await Promise.all(shardPaths(bytes).map((shard) => readFile(path.join(path.dirname(file), shard))));
  return importGraphModel(bytes, shards, NO_CARD);
}
