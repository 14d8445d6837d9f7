import {readFile} from "node:fs/promises";
import path from "node:path";
import {openInBrowser} from "../../browser/session.js";
import type {Session} from "../../browser/session.js";
import {countInWords} from "../../../src/datasets/count-in-words.js";
import {readModel} from "../../../src/importers/model-file.js";
import {MODELS_FOLDER, modelFile} from "../../models/folder.js";
import type * as Page from "./page.js";
import {pytorchVersion, timePytorch} from "./pytorch.js";
import {trainingRows} from "./report.js";
import type {TimedPeer, TimedSteps, TrainingRow, TrainingSetting} from "./report.js";

const MODEL = "nano";
const SETTING: TrainingSetting = {crop: 257, batch: 4};
/** A peer that takes longer is given up. */
const LIMIT_MS = 900_000;
const TELL_EVERY_MS = 30_000;

/**
 * Training steps of nano's head: ours in Chromium, those of PyTorch where it is here, and one of `tf.train`.
 *
 * @param say is told what goes on, a line at a time
 */
export async function compareTraining(runs: number, say: (line: string) => void): Promise<TrainingRow[]> {
  const file = modelFile(MODELS_FOLDER, MODEL);
  const content = await readFile(file);
  const {network} = readModel(content);
  const inPage = () =>
    openInBrowser<typeof Page>(path.join(import.meta.dirname, "page.ts"), {
      files: {"/model": {content, type: "application/octet-stream"}}
    });

  say(`Ours on WASM, ${runs} steps ...`);
  const {threads, ...timed} = await timeOurs(await inPage(), runs);
  const peers: TimedPeer[] = [];

  const version = await pytorchVersion();
  if (version === null) say("Skipped PyTorch: /usr/bin/python3 has none (Debian's python3-torch).");
  else {
    say(`PyTorch, ${runs} steps ...`);
    const found = await timePytorch(file, network.classes, SETTING, {runs, threads, limitMs: LIMIT_MS});
    peers.push({name: `PyTorch ${version}`, on: countInWords(threads, "thread"), timed: found, limitMs: LIMIT_MS});
  }

  say("tf.train on the cpu backend, one step after a small one: this takes minutes ...");
  const found = await withinLimit(await inPage(), say);
  peers.push({name: "tf.train", on: "cpu backend", timed: found, limitMs: LIMIT_MS});
  return trainingRows(MODEL, SETTING, {name: "ours", on: `WASM, ${countInWords(threads, "thread")}`, timed}, peers);
}

async function timeOurs(session: Session<typeof Page>, runs: number) {
  try {
    return await session.call("timeOurs", "/model", SETTING, runs);
  } finally {
    await session.close();
  }
}

/** One step of `tf.train`, told of while it lasts; a page that is busy hears nothing, so its browser is closed. @returns null after that */
async function withinLimit(session: Session<typeof Page>, say: (line: string) => void): Promise<TimedSteps | null> {
  const began = performance.now();
  const telling = setInterval(() => say(`... ${((performance.now() - began) / 1000).toFixed(0)} s`), TELL_EVERY_MS);
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (limit = setTimeout(() => resolve(null), LIMIT_MS)));
  // Rejected, too, where its browser is closed.
  const step = session.call("timePeer", "/model", SETTING);
  step.catch(() => null);
  try {
    return await Promise.race([step, late]);
  } finally {
    clearInterval(telling);
    clearTimeout(limit);
    await session.close();
  }
}
