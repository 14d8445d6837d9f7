import {FormatError} from "../formats/format-error.js";
import {isModel} from "./convert.js";
import type {Origin} from "./convert.js";

/** A file that the reader gave, with the folders that it came in. */
export interface GivenFile {
  readonly path: string;
  readonly content: Blob;
}

/** A model that begins in a file. */
export interface FoundModel {
  readonly name: string;
  /** Reads the file, which nothing else keeps: what is no longer needed of a large one can be let go of. */
  open(): Promise<Origin>;
}

/** More are no model, but the wrong folder. */
const MOST_FILES = 1000;

/** What is found among given files. */
export interface FoundModels {
  /** In the files' order. */
  readonly models: readonly FoundModel[];
  /** Paths of the files that some model has asked for so far: what looks like a model, but belongs to another, as a configuration. */
  readonly needed: ReadonlySet<string>;
}

/**
 * The models that begin in the given files; each is given those beside it by their names.
 *
 * @throws FormatError where there are far too many
 */
export async function modelsAmong(files: readonly GivenFile[]): Promise<FoundModels> {
  if (files.length > MOST_FILES) throw new FormatError(`These are ${files.length} files. Give the folder of one model, or its files.`);
  const models: FoundModel[] = [];
  const needed = new Set<string>();
  const beside = (file: GivenFile, relative: string): Blob => {
    const found = besideOf(file, relative, files);
    needed.add(found.path);
    return found.content;
  };
  for (const file of files) {
    const name = file.path.split("/").at(-1)!;
    if (name.startsWith(".")) continue;
    if (!(await beginsModel(name, file.content))) continue;
    models.push({
      name: file.path,
      open: async () => ({
        name: file.path,
        bytes: await bytesOf(file.content),
        beside: async (relative) => bytesOf(beside(file, relative)),
        open: async (relative) => beside(file, relative)
      })
    });
  }
  return {models, needed};
}

/** Bytes by which most files are known, so that a large one need not be read for it. */
const HEAD_BYTES = 2 ** 24;

async function beginsModel(name: string, content: Blob): Promise<boolean> {
  if (isModel({name, bytes: await bytesOf(content.slice(0, HEAD_BYTES))})) return true;
  return content.size > HEAD_BYTES && isModel({name, bytes: await bytesOf(content)});
}

export async function bytesOf(content: Blob): Promise<Uint8Array> {
  return new Uint8Array(await content.arrayBuffer());
}

function besideOf({path}: GivenFile, relative: string, files: readonly GivenFile[]): GivenFile {
  const folder = path.split("/").slice(0, -1);
  // A reader names what is beside it by the path that it was given, or by a name alone.
  const wanted = [relative, [...folder, relative].join("/")];
  const found = files.find((file) => wanted.includes(file.path));
  if (!found) throw new FormatError(`${path} needs ${relative} beside it: give both files together, or their folder.`);
  return found;
}

/** File names that say nothing: their folder's does. */
const TELLS_NOTHING = /^(model|frozen_inference_graph|pytorch_model|saved_model)$/;

/** What a model is called after its file or address, e.g. "deeplabv3_257_mv_gpu". */
export function titleOf(path: string): string {
  const [name = "", folder] = path
    .replace(/[?#].*$/, "")
    .split(/[/\\]/)
    .filter(Boolean)
    .reverse();
  const stem = name.replace(/(\.tar)?\.[a-z]+\d*$/i, "");
  return (TELLS_NOTHING.test(stem) && folder) || stem || name;
}
