import {readFile} from "node:fs/promises";
import type {Model} from "../../src/engine/model.js";
import {readModel} from "../../src/importers/model-file.js";
import {MODELS_FOLDER, modelFile} from "../models/folder.js";

/**
 * Reads a model: one of a folder by its id, or any .safetensors file by its path.
 *
 * @param folder `data/models` by default
 * @throws Error with a sentence for the reader when there is no such model
 */
export async function modelNamed(name: string, folder: string = MODELS_FOLDER): Promise<Model> {
  return readModel(await modelBytes(name, folder));
}

/** The file of that model. @throws as `modelNamed` */
export function modelBytes(name: string, folder: string = MODELS_FOLDER): Promise<Uint8Array> {
  const isPath = name.endsWith(".safetensors");
  const file = isPath ? name : modelFile(folder, name);
  return readFile(file).catch((error: unknown) => {
    throw new Error(
      isPath
        ? `There is no file ${name}.`
        : `There is no model "${name}" in data/models. "npm run model -- list" shows what there is; "npm run model -- add ${name}" gets it.`,
      {cause: error}
    );
  });
}
