import {readFile} from "node:fs/promises";
import {MODELS} from "../../data/models/registry.js";
import {readModel} from "../../src/importers/model-file.js";
import {modelFile, modelIds, sha256} from "./folder.js";

export interface Verdict {
  readonly id: string;
  /** What is wrong, null where nothing is. */
  readonly problem: string | null;
  /** What was checked, for the reader. */
  readonly checked: string;
}

/** Reads every model of the folder again: names, shapes and values, and the SHA-256 of those that are registered. */
export async function verifyModels(folder: string): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const id of await modelIds(folder)) {
    const bytes = await readFile(modelFile(folder, id));
    const expected = MODELS.find((model) => model.id === id)?.sha256;
    const found = sha256(bytes);
    const checked = expected ? "layers, values and SHA-256" : "layers and values";
    let problem = expected && expected !== found ? `its SHA-256 is ${found}, not ${expected}: add it again.` : null;
    try {
      readModel(bytes);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    verdicts.push({id, problem, checked});
  }
  return verdicts;
}
