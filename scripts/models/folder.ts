import {createHash} from "node:crypto";
import {readdir, rename, rm, writeFile} from "node:fs/promises";
import path from "node:path";
import {ROOT} from "../site/root.js";

/** Where model files live. */
export const MODELS_FOLDER = path.join(ROOT, "data/models");

const EXTENSION = ".safetensors";

export function modelFile(folder: string, id: string): string {
  return path.join(folder, id + EXTENSION);
}

/** Ids of the models in a folder, sorted. */
export async function modelIds(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => name.slice(0, -EXTENSION.length))
    .sort();
}

/** Writes a file whole or not at all: an interruption leaves what was there before. */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, file);
  } finally {
    await rm(temporary, {force: true});
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
