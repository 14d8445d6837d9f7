import {existsSync} from "node:fs";
import {cpus} from "node:os";
import path from "node:path";
import {countInWords} from "../src/datasets/count-in-words.js";
import type {BackendId, BackendInfo} from "../src/worker/protocol.js";
import {bundle} from "./browser/bundle.js";
import {fakeCameraFlags, launchChromium} from "./browser/chromium.js";
import type {Gpu} from "./browser/chromium.js";
import type {Served} from "./browser/server.js";
import {openInBrowser} from "./browser/session.js";
import type {Session} from "./browser/session.js";
import {compareBuilds} from "./bench/builds/compare.js";
import {buildTable} from "./bench/builds/report.js";
import type {BuildRow} from "./bench/builds/report.js";
import {MIRROR_URL, PEER_FILES, comparisons} from "./bench/comparisons.js";
import type {Peer} from "./bench/comparisons.js";
import {INSIDE_MODEL, lookInside} from "./bench/inside/look-inside.js";
import {insideLine} from "./bench/inside/report.js";
import type {InsideRow} from "./bench/inside/report.js";
import {paintLarge} from "./bench/label/painting.js";
import {paintLine} from "./bench/label/report.js";
import type {PaintRow} from "./bench/label/report.js";
import {compareKernels} from "./bench/kernels/compare.js";
import {profileTable} from "./bench/kernels/profile-report.js";
import type {Profiled} from "./bench/kernels/profile.js";
import {profileKernels} from "./bench/kernels/profile.js";
import {kernelTable} from "./bench/kernels/report.js";
import {compareLoading} from "./bench/load/compare.js";
import {loadTable} from "./bench/load/report.js";
import {liveComparisons} from "./bench/live/comparisons.js";
import {mainThreadWhileStreaming} from "./bench/live/main-thread.js";
import {liveRows, liveTable, mainThreadLine} from "./bench/live/report.js";
import type {LiveRow, MainThreadRow} from "./bench/live/report.js";
import type {BenchOptions} from "./bench/options.js";
import {USAGE, benchOptions} from "./bench/options.js";
import {peerModel} from "./bench/peer-model.js";
import {benchPhoto, squarePixels} from "./bench/photo.js";
import {rowsOf, table} from "./bench/report.js";
import type * as Page from "./bench/page/main.js";
import type {Row} from "./bench/report.js";
import {compareTraining} from "./bench/training/compare.js";
import {trainingTable} from "./bench/training/report.js";
import {modelNamed} from "./evaluate/model.js";
import {readModel} from "../src/importers/model-file.js";
import {DIST} from "./site/root.js";

const DEFAULT_RUNS = {hardware: 7, software: 3};
/** Each takes a few milliseconds. */
const PROFILE_RUNS = 30;

/** Page of the built site with the inspector. */
const INSIDE_PAGE = "/workbench";
/** Page of the built site on which the main thread is watched while the camera streams. */
const LIVE_PAGE = "/webcam";
/** Page of the built site on which labels are painted. */
const LABEL_PAGE = "/label";

async function main(): Promise<void> {
  const options = benchOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return;
  }
  const {what, against} = options;
  if (what === "load") return loading(options);
  if (against !== undefined) return compareWith(against, options);
  if (what === "training") {
    const rows = await compareTraining(options.runs ?? DEFAULT_RUNS.hardware, say);
    return console.log(options.json ? JSON.stringify(rows, null, 2) : `\n${trainingTable(rows)}`);
  }
  if (what === "kernels") {
    const rows = await compareKernels(options.runs ?? DEFAULT_RUNS.hardware, say);
    return console.log(
      options.json ? JSON.stringify(rows, null, 2) : `\nFrom the input to the logits in Node, milliseconds\n${kernelTable(rows)}`
    );
  }
  if (what === "profile") {
    const rows = await profileKernels(await profiledModels(), options.runs ?? PROFILE_RUNS, say);
    return console.log(options.json ? JSON.stringify(rows, null, 2) : rows.map((row) => `\n${profileTable(row)}`).join("\n"));
  }
  const compares = what !== "inside" && what !== "label";
  const mirror = compares ? mirrorFolder() : "";
  const peers = compares ? options.peers.filter((peer) => isThere(peer, mirror)) : [];
  if (compares && peers.length === 0) throw new Error(`There is nothing to compare with in ${mirror}.`);
  const gpu = options.gpu ?? gpuHere();
  const camera = cameraVideo();
  const photo: Row[] = [];
  const live: LiveRow[] = [];
  const mainThread: MainThreadRow[] = [];
  const inside: InsideRow[] = [];
  const painting: PaintRow[] = [];
  let insideRuns: {readonly backend: BackendId; readonly runs: number}[] = [];

  const session = await openInBrowser<typeof Page>(path.join(import.meta.dirname, "bench/page/main.ts"), {
    start: () => launchChromium(gpu, fakeCameraFlags(camera)),
    files: await filesFor(peers, mirror, await benchPhoto())
  });
  try {
    const found = await session.call("backends");
    const backends = options.backends ?? found.filter(worthTiming).map(({id}) => id);
    await describeMachine(session, found, backends);
    const runsOn = (backend: BackendId) =>
      options.runs ?? DEFAULT_RUNS[found.find(({id}) => id === backend)?.software ? "software" : "hardware"];
    const announce = (peer: Peer, backend: BackendId, input: string) => {
      const runs = runsOn(backend);
      say(`${peer} on ${backend}, ${input}, ${countInWords(runs, "run")} ...`);
      return runs;
    };
    if (what === "inside" || what === "all") insideRuns = backends.map((backend) => ({backend, runs: runsOn(backend)}));
    for (const comparison of what === "live" ? [] : comparisons(peers, backends)) {
      const {peer, backend, inputSize} = comparison;
      const runs = announce(peer, backend, `${inputSize}x${inputSize}`);
      photo.push(...rowsOf(comparison, await session.call("compare", comparison, runs)));
    }
    for (const comparison of what === "photo" ? [] : liveComparisons(peers, backends)) {
      const {peer, backend, frame} = comparison;
      const runs = announce(peer, backend, `live frames of ${frame.width}x${frame.height}`);
      live.push(...liveRows(comparison, await session.call("compareLive", comparison, runs)));
    }
  } finally {
    await session.close();
  }
  if ((what === "live" || what === "all") && isBuilt(LIVE_PAGE)) {
    say(`main thread of ${LIVE_PAGE} ...`);
    mainThread.push(await mainThreadWhileStreaming(LIVE_PAGE, gpu, camera));
  }
  if (insideRuns.length > 0 && isBuilt(INSIDE_PAGE) && isModelBuilt()) {
    for (const {backend, runs} of insideRuns) {
      say(`${INSIDE_PAGE}, ${INSIDE_MODEL} on ${backend}, ${countInWords(runs, "run")} ...`);
      inside.push(await lookInside(backend, await benchPhoto(), runs, gpu));
    }
  }

  if ((what === "label" || what === "all") && isBuilt(LABEL_PAGE)) {
    say(`painting on ${LABEL_PAGE} ...`);
    painting.push(...(await paintLarge(await benchPhoto(), gpu)));
  }

  if (options.json) return console.log(JSON.stringify([...photo, ...live, ...mainThread, ...inside, ...painting], null, 2));
  if (photo.length > 0) console.log(`\nFrom a photo's pixels to its label map, milliseconds\n${table(photo)}`);
  if (live.length > 0) console.log(`\nFrom a camera's frame to the picture with its mask, milliseconds\n${liveTable(live)}`);
  for (const row of mainThread) console.log(`\n${mainThreadLine(row)}`);
  for (const row of inside) console.log(`\n${insideLine(row)}`);
  for (const row of painting) console.log(`\n${paintLine(row)}`);
}

/** This build and another one, on the backends asked for. */
async function compareWith(against: string, {backends = ["wasm", "webgl"], runs, gpu = gpuHere(), json}: BenchOptions): Promise<void> {
  const rows: BuildRow[] = [];
  for (const backend of backends) {
    const count = runs ?? DEFAULT_RUNS[backend === "wasm" || gpu === "hardware" ? "hardware" : "software"];
    say(`this build and that of ${against} on ${backend}, ${count} runs of each ...`);
    rows.push(...(await compareBuilds(against, backend, await benchPhoto(), count, gpu)));
  }
  console.log(json ? JSON.stringify(rows, null, 2) : `\nFrom a photo's pixels to its label map, milliseconds\n${buildTable(rows)}`);
}

/** Pages over a slow line until their first mask, beside those of another build and a peer's where they are there. */
async function loading({against, runs = 1, gpu = gpuHere(), peers, json}: BenchOptions): Promise<void> {
  const mirror = mirrorFolder();
  const hasPeer = peers.includes("litert") && isThere("litert", mirror);
  const rows = await compareLoading({against, mirror: hasPeer ? mirror : undefined, photo: await benchPhoto(), runs, gpu});
  console.log(
    json ? JSON.stringify(rows, null, 2) : `\nFrom the click on a link to the first mask, 100 ms and 10 Mbit/s away\n${loadTable(rows)}`
  );
}

/** LiteRT.js's network, where its file is, and the one that pages begin with. */
async function profiledModels(): Promise<Profiled[]> {
  const nano = {name: "nano", model: await modelNamed("nano")};
  const {DEEPLAB_MIRROR, DEEPLAB_SHARED} = process.env;
  if (DEEPLAB_MIRROR === undefined && DEEPLAB_SHARED === undefined) return [nano];
  const mirror = mirrorFolder();
  return isThere("litert", mirror) ? [{name: "LiteRT.js's", model: readModel(await peerModel("litert", mirror))}, nano] : [nano];
}

async function describeMachine(
  session: Session<typeof Page>,
  found: readonly BackendInfo[],
  backends: readonly BackendId[]
): Promise<void> {
  say(`${cpus()[0]?.model.trim() ?? "unknown CPU"}, ${cpus().length} cores; Chromium ${session.version}`);
  for (const {id, detail} of found) if (backends.includes(id)) say(`${id}: ${detail}`);
  if (backends.includes("wasm")) say(`wasm: TensorFlow.js runs on ${await session.call("wasmThreads")} of these threads`);
}

/**
 * What the page fetches: the site's worker, the peers' files, their weights as our model files, and the photo in the sizes that they take.
 */
async function filesFor(peers: readonly Peer[], mirror: string, photo: string): Promise<Record<string, Served>> {
  const type = "application/octet-stream";
  const files: Record<string, Served> = {
    [MIRROR_URL]: {folder: mirror},
    // Where the site's engine client, bundled into the root's entry, looks for it.
    "/worker/worker.js": {content: await bundle(path.join(import.meta.dirname, "../src/worker/worker.ts")), type: "text/javascript"}
  };
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

/** What the fake camera shows: a person where there is that video, else Chromium's test pattern. */
function cameraVideo(): string | undefined {
  const video = path.join(process.env.DEEPLAB_SHARED ?? "", "camera/person.mjpeg");
  return process.env.DEEPLAB_SHARED !== undefined && existsSync(video) ? video : undefined;
}

function isThere(peer: Peer, mirror: string): boolean {
  const {file} = PEER_FILES[peer];
  const there = existsSync(path.join(mirror, file));
  if (!there) say(`Skipped ${peer}: there is no ${file} in ${mirror}.`);
  return there;
}

function isBuilt(page: string): boolean {
  const there = existsSync(path.join(DIST, `${page}.html`));
  if (!there) say(`Skipped ${page}: build the site first, by npm run build.`);
  return there;
}

function isModelBuilt(): boolean {
  const there = existsSync(path.join(DIST, `data/models/${INSIDE_MODEL}.safetensors`));
  if (!there) say(`Skipped the inspector: the built site has no ${INSIDE_MODEL}.`);
  return there;
}

/** Those on WASM and WebGL always, WebGPU where it is a real one: emulated, it is too slow to say anything. */
function worthTiming({id, available, software}: BackendInfo): boolean {
  return available && (id === "kernels" || id === "wasm" || id === "webgl" || (id === "webgpu" && !software));
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
