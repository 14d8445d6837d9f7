import {readFile, readdir, stat} from "node:fs/promises";
import path from "node:path";
import type {FileTree} from "../../src/formats/voc.js";

/** The files of a folder on disk. @throws Error with a sentence for the reader when there is no such folder */
export async function folderTree(folder: string): Promise<FileTree> {
  const found = await stat(folder).catch(() => null);
  if (!found) throw new Error(`There is no folder ${folder}.`);
  if (!found.isDirectory()) throw new Error(`${folder} is a file, not a folder.`);
  // Folders are listed among the files, which harms nothing: no one reads them.
  const paths = (await readdir(folder, {recursive: true})).map((file) => file.split(path.sep).join("/"));
  return {paths, read: (file) => readFile(path.join(folder, file))};
}
