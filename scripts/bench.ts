import {existsSync} from "node:fs";
import {cpus} from "node:os";
import path from "node:path";
import type {BackendInfo} from "../src/worker/protocol.js";
import type {Gpu} from "./browser/chromium.js";
import type {Served} from "./browser/server.js";
import {openInBrowser} from "./browser/session.js";
import {MIRROR_URL, PEER_FILES, comparisons} from "./bench/comparisons.js";
import type {Peer} from "./bench/comparisons.js";
import {USAGE, benchOptions} from "./bench/options.js";
import {peerModel} from "./bench/peer-model.js";
import {benchPhoto, squarePixels} from "./bench/photo.js";
import {rowsOf, table} from "./bench/report.js";
import type * as Page from "./bench/page/main.js";
import type {Row} from "./bench/report.js";

const DEFAULT_RUNS = {hardware: 7, software: 3};

async function main(): Promise<void> {
  const options = benchOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return;
  }
  const mirror = mirrorFolder();
  const peers = options.peers.filter((peer) => isThere(peer, mirror));
  if (peers.length === 0) throw new Error(`There is nothing to compare with in ${mirror}.`);
  const gpu = options.gpu ?? gpuHere();
  const session = await openInBrowser<typeof Page>(path.join(import.meta.dirname, "bench/page/main.ts"), {gpu, files: await filesFor(peers, mirror, await benchPhoto())});
  try {
    const found = await session.call("backends");
    const backends = options.backends ?? found.filter(worthTiming).map(({id}) => id);
    say(`${cpus()[0]?.model.trim() ?? "unknown CPU"}, ${cpus().length} cores; Chromium ${session.version}`);
    for (const {id, detail} of found) if (backends.includes(id)) say(`${id}: ${detail}`);
    if (backends.includes("wasm")) say(`wasm: TensorFlow.js runs on ${await session.call("wasmThreads")} of these threads`);

    const rows: Row[] = [];
    for (const comparison of comparisons(peers, backends)) {
      const {peer, backend, inputSize} = comparison;
      const runs = options.runs ?? DEFAULT_RUNS[found.find(({id}) => id === backend)?.software ? "software" : "hardware"];
      say(`${peer} on ${backend}, ${inputSize}x${inputSize}, ${runs} ${runs === 1 ? "run" : "runs"} ...`);
      rows.push(...rowsOf(comparison, await session.call("compare", comparison, runs)));
    }
    console.log(options.json ? JSON.stringify(rows, null, 2) : `\n${table(rows)}`);
  } finally {
    await session.close();
  }
}

/** What the page fetches: the peers' files, their weights as our model files, and the photo in the sizes that they take. */
async function filesFor(peers: readonly Peer[], mirror: string, photo: string): Promise<Record<string, Served>> {
  const type = "application/octet-stream";
  const files: Record<string, Served> = {[MIRROR_URL]: {folder: mirror}};
  for (const peer of peers) {
    const {inputSize} = PEER_FILES[peer];
    files[`/ours/${peer}`] = {content: await peerModel(peer, mirror), type};
    files[`/photo/${inputSize}`] = {content: await squarePixels(photo, inputSize), type};
  }
  return files;
}

/** Where the released model files are. @throws Error with a sentence for the reader where no one says */
function mirrorFolder(): string {
  const {DEEPLAB_MIRROR: mirror, DEEPLAB_SHARED: shared} = process.env;
  if (mirror !== undefined) return mirror;
  if (shared !== undefined) return path.join(shared, "models");
  throw new Error("There is nothing to compare with: set DEEPLAB_MIRROR to the folder that holds the released models.");
}

function isThere(peer: Peer, mirror: string): boolean {
  const {file} = PEER_FILES[peer];
  const there = existsSync(path.join(mirror, file));
  if (!there) say(`Skipped ${peer}: there is no ${file} in ${mirror}.`);
  return there;
}

/** WASM and WebGL always, WebGPU where it is a real one: emulated, it is too slow to say anything. */
function worthTiming({id, available, software}: BackendInfo): boolean {
  return available && (id === "wasm" || id === "webgl" || (id === "webgpu" && !software));
}

function gpuHere(): Gpu {
  return ["/dev/dri", "/dev/nvidia0"].some((device) => existsSync(device)) || process.platform !== "linux" ? "hardware" : "software";
}

/** To standard error, so that `--json` prints nothing but JSON. */
function say(line: string): void {
  console.error(line);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
