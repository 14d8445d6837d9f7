import {FormatError} from "../formats/format-error.js";
import {isModel} from "./convert.js";
import type {Origin} from "./convert.js";

/** A file that the reader gave, with the folders that it came in. */
export interface GivenFile {
  readonly path: string;
  bytes(): Promise<Uint8Array>;
}

/** More are no model, but the wrong folder. */
const MOST_FILES = 1000;

/** What is found among given files. */
export interface FoundModels {
  /** In the files' order. */
  readonly models: readonly Origin[];
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
  const models: Origin[] = [];
  const needed = new Set<string>();
  const beside = async (file: GivenFile, relative: string) => {
    const found = besideOf(file, relative, files);
    needed.add(found.path);
    return found.bytes();
  };
  for (const file of files) {
    const name = file.path.split("/").at(-1)!;
    if (name.startsWith(".")) continue;
    const bytes = await file.bytes();
    if (isModel({name, bytes})) models.push({name: file.path, bytes, beside: (relative) => beside(file, relative)});
  }
  return {models, needed};
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
