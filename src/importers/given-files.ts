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

/**
 * The models that begin in the given files, in their order; each is given those beside it by their names.
 *
 * @throws FormatError where there are far too many
 */
export async function modelsAmong(files: readonly GivenFile[]): Promise<Origin[]> {
  if (files.length > MOST_FILES) throw new FormatError(`These are ${files.length} files. Give the folder of one model, or its files.`);
  const origins: Origin[] = [];
  for (const file of files) {
    const name = file.path.split("/").at(-1)!;
    if (name.startsWith(".")) continue;
    const bytes = await file.bytes();
    if (isModel({name, bytes})) origins.push({name: file.path, bytes, beside: (relative) => besideOf(file, relative, files)});
  }
  return origins;
}

async function besideOf({path}: GivenFile, relative: string, files: readonly GivenFile[]): Promise<Uint8Array> {
  const folder = path.split("/").slice(0, -1);
  // A reader names what is beside it by the path that it was given, or by a name alone.
  const wanted = [relative, [...folder, relative].join("/")];
  const found = files.find((file) => wanted.includes(file.path));
  if (!found) throw new FormatError(`${path} needs ${relative} beside it: give both files together, or their folder.`);
  return found.bytes();
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
