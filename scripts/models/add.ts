import {constants, existsSync, openAsBlob} from "node:fs";
import {access, readFile, readdir, stat} from "node:fs/promises";
import path from "node:path";
import {MODELS} from "../../data/models/registry.js";
import type {RegisteredModel, ReleasedFile} from "../../data/models/registry.js";
import {convert} from "../../src/importers/convert.js";
import type {Origin} from "../../src/importers/convert.js";
import type {Answers, Question} from "../../src/engine/questions.js";
import {download, lastSegment} from "./download.js";
import type {DownloadOptions} from "./download.js";
import {modelFile, sha256, writeWhole} from "./folder.js";

export interface AddOptions extends DownloadOptions {
  /** Folder of the model files. */
  readonly folder: string;
  /** Id of the new model; by default that of the registry, or made from the file's name. */
  readonly id?: string | undefined;
  /** Answers to what the file leaves open. */
  readonly answers?: Answers;
  /** Told what the file leaves open and nobody answered. */
  readonly onOpen?: (question: Question) => void;
}

const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/**
 * Adds a model to the folder: one of the registry by its id, a local file, or an address.
 *
 * @returns the id under which it stands
 * @throws Error with a sentence for the reader; the folder is then as it was before
 */
export async function addModel(what: string, options: AddOptions): Promise<string> {
  const registered = MODELS.find(({id, release}) => id === what || release[0]?.url === what);
  const bytes = registered ? await registeredBytes(registered, options) : await foreignBytes(what, options);
  const id = registered?.id ?? options.id ?? idFrom(what);
  await writeWhole(modelFile(options.folder, id), bytes);
  return id;
}

async function registeredBytes(model: RegisteredModel, options: AddOptions): Promise<Uint8Array> {
  const {id, release, source, license, published} = model;
  const [imported, ...others] = release;
  if (!imported) throw new Error(`The model "${id}" is part of the repository; there is nothing to add.`);
  if (Object.keys(options.answers ?? {}).length > 0) throw new Error(`Of the model "${id}" all is known; leave the answers out.`);
  if (options.id !== undefined && options.id !== id) throw new Error(`The model "${id}" keeps its id; leave out --id ${options.id}.`);
  const total = release.reduce((sum, {bytes}) => sum + bytes, 0);
  let before = 0;
  const fetched = async (file: ReleasedFile): Promise<Uint8Array> => {
    const received = await releasedBytes(id, file, {...options, onProgress: (now) => options.onProgress?.(before + now, total)});
    before += received.length;
    return received;
  };
  const origin: Origin = {
    name: lastSegment(imported.url),
    bytes: await fetched(imported),
    beside(relative) {
      const file = others.find(({url}) => lastSegment(url) === relative);
      if (!file) throw new Error(`The released file asks for "${relative}" beside it.`);
      return fetched(file);
    }
  };
  // Its maker's registration tells all that a file does not.
  return (await convert(origin, {name: id, license, source, measured: published})).bytes;
}

async function releasedBytes(id: string, {url, sha256: expected}: ReleasedFile, options: DownloadOptions): Promise<Uint8Array> {
  const bytes = await download(url, options);
  const found = sha256(bytes);
  if (found !== expected) {
    throw new Error(`What was fetched as "${id}" is not the released file: its SHA-256 is ${found}, not ${expected}.`);
  }
  return bytes;
}

async function foreignBytes(what: string, options: AddOptions): Promise<Uint8Array> {
  const id = options.id ?? idFrom(what);
  if (!ID.test(id)) throw new Error(`"${id}" is no id: use small letters, digits, ".", "_" and "-", and begin with a letter or digit.`);
  if (MODELS.some((model) => model.id === id))
    throw new Error(`The id "${id}" belongs to a model of the registry; choose another with --id.`);
  const origin = isUrl(what) ? await originOfUrl(what, options) : await originOfFile(what);
  const {answers = {}, onOpen = () => {}} = options;
  const card = {name: id, license: "unknown: see the source", source: isUrl(what) ? what : path.basename(what), measured: ""};
  const {bytes, questions} = await convert(origin, card, answers);
  const pointless = Object.keys(answers).find((answer) => !questions.some(({about}) => about === answer));
  if (pointless !== undefined) {
    const what = pointless === "outputStride" ? "output stride" : pointless;
    throw new Error(`The file ${origin.name} tells its ${what} itself, or has none: leave that answer out.`);
  }
  questions.filter(({about}) => answers[about] === undefined).forEach(onOpen);
  return bytes;
}

async function originOfUrl(url: string, options: DownloadOptions): Promise<Origin> {
  return {
    name: lastSegment(url),
    bytes: await download(url, options),
    beside: (relative) => download(new URL(relative, url).href, options)
  };
}

async function originOfFile(named: string): Promise<Origin> {
  // TensorFlow calls a checkpoint by what its files' names begin with.
  const what = !existsSync(named) && existsSync(`${named}.index`) ? `${named}.index` : named;
  const found = await stat(what).catch(() => null);
  if (!found) {
    throw new Error(
      `There is no file "${what}", and no registered model of that id; registered are ${MODELS.map(({id}) => id).join(", ")}.`
    );
  }
  const file = found.isDirectory() ? await modelIn(what) : what;
  const folder = path.dirname(file);
  return {
    name: path.basename(file),
    bytes: await readOrSay(file),
    beside: (relative) => readOrSay(path.join(folder, relative)),
    open: (relative) => orSay(path.join(folder, relative), async (file) => (await access(file, constants.R_OK), openAsBlob(file)))
  };
}

/** What a folder's model begins in: of TensorFlow.js, of Hugging Face. */
const IN_FOLDERS = ["model.json", "model.safetensors", "pytorch_model.bin", "model.onnx"] as const;

async function modelIn(folder: string): Promise<string> {
  const names = await readdir(folder);
  const name = IN_FOLDERS.find((each) => names.includes(each));
  if (name === undefined) throw new Error(`The folder "${folder}" holds no ${IN_FOLDERS.join(", ")}.`);
  return path.join(folder, name);
}

function readOrSay(file: string): Promise<Uint8Array> {
  return orSay(file, (file) => readFile(file));
}

async function orSay<T>(file: string, read: (file: string) => Promise<T>): Promise<T> {
  return read(file).catch((error: unknown) => {
    throw new Error(`The file "${file}" cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown reason"}).`, {cause: error});
  });
}

function isUrl(what: string): boolean {
  return /^https?:\/\//.test(what);
}

/** An id from a file's name: small letters, digits and hyphens. */
function idFrom(what: string): string {
  const name = isUrl(what) ? lastSegment(what) : path.basename(path.resolve(what));
  const holder = isUrl(what) ? new URL(".", what).pathname : path.dirname(path.resolve(what));
  // Where all models have one name, their folder tells them apart.
  const telling = ["frozen_inference_graph.pb", ...IN_FOLDERS].includes(name) ? path.basename(holder) : name;
  return telling
    .replace(/\.(tflite|pb|json|safetensors|pth|pt|onnx|index|tgz|tar\.gz)$/i, "")
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
}
