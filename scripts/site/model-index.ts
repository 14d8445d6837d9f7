import {readFile, writeFile} from "node:fs/promises";
import path from "node:path";
import {BACKGROUND} from "../../data/labels/index.js";
import {MODELS} from "../../data/models/registry.js";
import type {Network} from "../../src/engine/network.js";
import {readModel} from "../../src/importers/model-file.js";
import type {ListedModel} from "../../src/lab/model-list.js";
import {MODELS_FOLDER, modelFile, modelIds} from "../models/folder.js";

/** Lists the models that are in `data/models` for the pages. */
export async function writeModelIndex(): Promise<void> {
  await writeFile(path.join(MODELS_FOLDER, "index.json"), JSON.stringify(await listModels(MODELS_FOLDER), null, 2));
}

/**
 * The models that are in a folder, the best first. A file that cannot be read is left out, and said so: one damaged model must not take
 * the site down.
 */
export async function listModels(folder: string): Promise<ListedModel[]> {
  const ids = await modelIds(folder);
  const rank = (id: string) => {
    const index = MODELS.findIndex((known) => known.id === id);
    return index < 0 ? MODELS.length : index;
  };
  // The ids come sorted, and sorting keeps the order of equals.
  ids.sort((a, b) => rank(a) - rank(b));
  const models: ListedModel[] = [];
  for (const id of ids) {
    try {
      models.push(await describe(folder, id));
    } catch (error) {
      console.warn(`The model ${id} is left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return models;
}

async function describe(folder: string, id: string): Promise<ListedModel> {
  const bytes = await readFile(modelFile(folder, id));
  const {network, card} = readModel(bytes);
  const known = MODELS.find((candidate) => candidate.id === id);
  return {
    id,
    title: known?.title ?? card.name,
    bytes: bytes.length,
    license: card.license,
    source: card.source,
    measured: known?.published ?? card.measured,
    classes: card.classes,
    hasDecoder: network.head.decoder.length > 0,
    lacks: lacks(network, card.classes)
  };
}

/** What a DeepLab v3+ has and this network has not, and that it knows one class only, in sentences; empty where nothing is missing. */
export function lacks({head: {aspp, decoder}}: Network, classes: readonly string[]): string {
  const missing = [
    ...(aspp.branches.some(({kind}) => kind === "atrous") ? [] : ["no atrous ASPP branches"]),
    ...(decoder.length > 0 ? [] : ["no decoder"])
  ];
  const known = classes.filter((name) => name !== BACKGROUND);
  return [
    ...(missing.length > 0 ? [`This model has ${missing.join(" and ")}.`] : []),
    ...(known.length === 1 ? [`It knows one class, ${known[0]}: all else is background to it.`] : [])
  ].join(" ");
}
