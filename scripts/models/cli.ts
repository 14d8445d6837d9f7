import {stat} from "node:fs/promises";
import {parseArgs} from "node:util";
import {MODELS} from "../../data/models/registry.js";
import {addModel} from "./add.js";
import {modelFile, modelIds} from "./folder.js";
import {downloadBar} from "./progress.js";
import {verifyModels} from "./verify.js";

export const USAGE = `Usage:
  npm run model -- list                              models known and models here
  npm run model -- add <id | file | url> [--id name]  add one to data/models
  npm run model -- verify                            read every model here again

A file or address may be a .tflite, a TensorFlow.js graph model (model.json or its folder),
a frozen_inference_graph.pb, the release's .tar.gz around it, a .pb of MACE with its .data beside it,
a .pth of PyTorch (torchvision, VainF/DeepLabV3Plus-Pytorch), a folder of Hugging Face's
(model.safetensors with its config.json), or a .safetensors of this project.
DEEPLAB_MIRROR=<folder>: look for the file of an address there first.`;

const FAILURE = 1;
const WRONG_USE = 2;

export interface Surroundings {
  /** Folder of the model files. */
  readonly folder: string;
  readonly mirror?: string | undefined;
  readonly log: (line: string) => void;
  readonly error: (line: string) => void;
}

/**
 * Runs the command line. Every failure is one sentence.
 *
 * @returns the exit code: 0, 1 where the command failed, 2 where it was not understood
 */
export async function runModelCommand(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const parsed = parse(args);
  if (!parsed) {
    surroundings.error(USAGE);
    return WRONG_USE;
  }
  try {
    return await parsed(surroundings);
  } catch (error) {
    surroundings.error(error instanceof Error ? error.message : String(error));
    return FAILURE;
  }
}

type Command = (surroundings: Surroundings) => Promise<number>;

function parse(args: readonly string[]): Command | null {
  let parsed;
  try {
    parsed = parseArgs({args: [...args], allowPositionals: true, options: {id: {type: "string"}, help: {type: "boolean", short: "h"}}});
  } catch {
    return null;
  }
  const {values, positionals} = parsed;
  const [command, what, ...rest] = positionals;
  if (values.help) return async ({log}) => (log(USAGE), 0);
  if (rest.length > 0) return null;
  if (command === "add" && what !== undefined) return (surroundings) => add(what, values.id, surroundings);
  if (what !== undefined || values.id !== undefined) return null;
  if (command === "list") return list;
  if (command === "verify") return verify;
  return null;
}

async function list({folder, log}: Surroundings): Promise<number> {
  const here = await modelIds(folder);
  const others = here.filter((id) => !MODELS.some((model) => model.id === id));
  const width = Math.max(...MODELS.map(({id}) => id.length), ...others.map((id) => id.length));
  for (const {id, title, published} of MODELS) {
    log(`${id.padEnd(width)}  ${here.includes(id) ? await size(folder, id) : "not here"}  ${title}; ${published}`);
  }
  for (const id of others) log(`${id.padEnd(width)}  ${await size(folder, id)}  added by you`);
  return 0;
}

async function add(what: string, id: string | undefined, {folder, mirror, log}: Surroundings): Promise<number> {
  const bar = downloadBar();
  const added = await addModel(what, {folder, mirror, id, onProgress: bar.onProgress}).finally(() => bar.stop());
  log(`Added ${added} to data/models (${(await size(folder, added)).trim()}); the next build serves it.`);
  return 0;
}

async function verify({folder, log, error}: Surroundings): Promise<number> {
  const verdicts = await verifyModels(folder);
  for (const {id, problem, checked} of verdicts) {
    if (problem === null) log(`${id}: good (${checked})`);
    else error(`${id}: ${problem}`);
  }
  return verdicts.some(({problem}) => problem !== null) ? FAILURE : 0;
}

async function size(folder: string, id: string): Promise<string> {
  const {size: bytes} = await stat(modelFile(folder, id));
  return `${(bytes / 1e6).toFixed(1)} MB`.padStart(8);
}
