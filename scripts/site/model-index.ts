import {readFile, readdir, writeFile} from "node:fs/promises";
import path from "node:path";
import {MODELS} from "../../data/models/registry.js";
import type {Network} from "../../src/engine/network.js";
import {readModel} from "../../src/importers/model-file.js";
import type {ListedModel} from "../../src/lab/model-list.js";
import {ROOT} from "./root.js";

const FOLDER = path.join(ROOT, "data/models");

/**
 * Lists the models that are in `data/models`, the best first, for the pages. A file that cannot be read is left out, and
 * said so: one damaged model must not take the site down.
 */
export async function writeModelIndex(): Promise<void> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith(".safetensors"));
  const rank = (file: string) => {
    const index = MODELS.findIndex((known) => known.file === file);
    return index < 0 ? MODELS.length : index;
  };
  files.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const models: ListedModel[] = [];
  for (const file of files) {
    try {
      models.push(await describe(file));
    } catch (error) {
      console.warn(`data/models/${file} is left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  await writeFile(path.join(FOLDER, "index.json"), JSON.stringify(models, null, 2));
}

async function describe(file: string): Promise<ListedModel> {
  const bytes = await readFile(path.join(FOLDER, file));
  const {network, card} = readModel(bytes);
  const known = MODELS.find((candidate) => candidate.file === file);
  return {
    id: file.replace(/\.safetensors$/, ""),
    title: known?.title ?? card.name,
    bytes: bytes.length,
    license: card.license,
    source: card.source,
    measured: known?.published ?? card.measured,
    lacks: lacks(network)
  };
}

/** What a DeepLab v3+ has and this network has not, as a sentence; empty where nothing is missing. */
export function lacks({aspp, decoder}: Network): string {
  const missing = [
    ...(aspp.branches.some(({kind}) => kind === "atrous") ? [] : ["no atrous ASPP branches"]),
    ...(decoder ? [] : ["no decoder"])
  ];
  return missing.length > 0 ? `This model has ${missing.join(" and ")}.` : "";
}
