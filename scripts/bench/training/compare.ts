import {readFile} from "node:fs/promises";
import path from "node:path";
import {openInBrowser} from "../../browser/session.js";
import {MODELS_FOLDER, modelFile} from "../../models/folder.js";
import type * as Page from "./page.js";
import {trainingRow} from "./report.js";
import type {TrainingRow, TrainingSetting} from "./report.js";

const MODEL = "nano";
const SETTING: TrainingSetting = {crop: 257, batch: 4};
/** One is enough where it takes minutes. */
const PEER_RUNS = 1;

/** A training step of nano's head, ours and that of `tf.train`, in one Chromium. */
export async function compareTraining(runs: number): Promise<TrainingRow> {
  const content = await readFile(modelFile(MODELS_FOLDER, MODEL));
  const session = await openInBrowser<typeof Page>(path.join(import.meta.dirname, "page.ts"), {
    files: {"/model": {content, type: "application/octet-stream"}}
  });
  try {
    return trainingRow(MODEL, SETTING, await session.call("compareTraining", "/model", SETTING, runs, PEER_RUNS));
  } finally {
    await session.close();
  }
}
