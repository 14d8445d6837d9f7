import {existsSync} from "node:fs";
import {DEFAULT_MODEL_ID} from "../../data/models/registry.js";
import {addModel} from "./add.js";
import {MODELS_FOLDER, modelFile} from "./folder.js";

const CONNECT_MS = 8_000;
const TOTAL_MS = 60_000;

export interface EnsureOptions {
  readonly folder?: string;
  readonly mirror?: string | undefined;
  readonly log?: (line: string) => void;
}

/**
 * Adds the default pretrained model where it is missing, trying once. Where it cannot be had, says so in one line: the
 * bundled `nano` serves. Never throws, never takes longer than a minute.
 */
export async function ensureDefaultModel({
  folder = MODELS_FOLDER,
  mirror = process.env["DEEPLAB_MIRROR"],
  log = console.log
}: EnsureOptions = {}): Promise<void> {
  if (existsSync(modelFile(folder, DEFAULT_MODEL_ID))) return;
  try {
    await addModel(DEFAULT_MODEL_ID, {folder, mirror, connectMs: CONNECT_MS, totalMs: TOTAL_MS});
    log(`Added the pretrained model ${DEFAULT_MODEL_ID} to data/models.`);
  } catch (error) {
    log(`Going on with the bundled model nano: ${error instanceof Error ? error.message : String(error)}`);
  }
}
