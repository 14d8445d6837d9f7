import {stat} from "node:fs/promises";
import {parseArgs} from "node:util";
import {MODELS} from "../../data/models/registry.js";
import type {Question} from "../../src/engine/questions.js";
import {addModel} from "./add.js";
import {ANSWERS_USAGE, ANSWER_OPTIONS, answersOf, takenInWords} from "./answers.js";
import type {GivenAnswers} from "./answers.js";
import {EXPORT_USAGE, exportModel} from "./export.js";
import {modelFile, modelIds} from "./folder.js";
import {downloadBar} from "./progress.js";
import {verifyModels} from "./verify.js";

export const USAGE = `Usage:
  npm run model -- list                              models known and models here
  npm run model -- add <id | file | url> [--id name]  add one to data/models
  npm run model -- export <id | file> --out <file>   write one as others run it: .onnx, or .safetensors
  npm run model -- verify                            read every model here again

A file or address may be a .tflite, a TensorFlow.js graph or layers model (model.json or its folder),
a frozen_inference_graph.pb, a .pb of MACE with its .data beside it, the .index of a checkpoint with its .data beside it,
a .tar.gz or .zip around any of these, a .onnx (torch.onnx, tf2onnx), a .pth of PyTorch (torchvision, VainF/DeepLabV3Plus-Pytorch),
a folder of Hugging Face's (model.safetensors with its config.json), or a .safetensors of this project.
What a file does not tell is taken as usual and said, or given:
${ANSWERS_USAGE}
DEEPLAB_MIRROR=<folder>: look for the file of an address there first.

${EXPORT_USAGE}`;

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
  const [first, ...rest] = args;
  if (first === "export" && !rest.some((arg) => arg === "--help" || arg === "-h")) return (surroundings) => exportModel(rest, surroundings);
  return parseOthers(args);
}

/** Every command but `export`, whose options are its own. */
function parseOthers(args: readonly string[]): Command | null {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        id: {type: "string"},
        ...ANSWER_OPTIONS,
        help: {type: "boolean", short: "h"}
      }
    });
  } catch {
    return null;
  }
  const {
    values: {id, help, ...given},
    positionals
  } = parsed;
  const [command, what, ...rest] = positionals;
  if (help) return async ({log}) => (log(USAGE), 0);
  if (rest.length > 0) return null;
  if (command === "add" && what !== undefined) return (surroundings) => add(what, {id, given}, surroundings);
  if (what !== undefined || id !== undefined || Object.keys(given).length > 0) return null;
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

async function add(
  what: string,
  {id, given}: {readonly id: string | undefined; readonly given: GivenAnswers},
  {folder, mirror, log, error}: Surroundings
): Promise<number> {
  const answers = await answersOf(given);
  if (!answers) return (error(USAGE), WRONG_USE);
  const bar = downloadBar();
  const open: Question[] = [];
  const added = await addModel(what, {
    folder,
    mirror,
    id,
    answers,
    onOpen: (question) => open.push(question),
    onProgress: bar.onProgress
  }).finally(() => bar.stop());
  for (const question of open) log(takenInWords(question));
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
