import {readFile, writeFile} from "node:fs/promises";
import path from "node:path";
import {MODELS} from "../../data/models/registry.js";
import {modelFacts} from "../../src/importers/model-facts.js";
import {readModel} from "../../src/importers/model-file.js";
import type {ListedModel} from "../../src/lab/model-list.js";
import {MODELS_FOLDER, modelFile, modelIds} from "../models/folder.js";

const INDEX = path.join(MODELS_FOLDER, "index.json");

/** Lists the models that are in `data/models` for the pages. */
export async function writeModelIndex(): Promise<void> {
  await writeFile(INDEX, JSON.stringify(await listModels(MODELS_FOLDER), null, 2));
}

/** The same list, as it was written. */
export async function readModelIndex(): Promise<ListedModel[]> {
  return JSON.parse(await readFile(INDEX, "utf8")) as ListedModel[];
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
  const model = readModel(bytes);
  const known = MODELS.find((candidate) => candidate.id === id);
  const facts = modelFacts(model, bytes.length);
  return {...facts, id, title: known?.title ?? model.card.name, measured: known?.published ?? facts.measured};
}
