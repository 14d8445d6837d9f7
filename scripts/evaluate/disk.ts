import {open, readFile, readdir, stat} from "node:fs/promises";
import path from "node:path";
import {isZip} from "../../src/formats/zip.js";
import {zipTree} from "../../src/formats/zip-files.js";
import type {ByteRange, FileTree} from "../../src/formats/file-tree.js";

/** The files of a folder on disk, or of a zip file. @throws Error with a sentence for the reader where it is neither */
export async function filesAt(place: string): Promise<FileTree> {
  const found = await stat(place).catch(() => null);
  if (!found?.isFile()) return folderTree(place);
  const bytes = await readFile(place);
  if (!isZip(bytes)) throw new Error(`${place} is neither a folder nor a zip file.`);
  return zipTree(bytes);
}

/** The files of a folder on disk. @throws Error with a sentence for the reader when there is no such folder */
export async function folderTree(folder: string): Promise<FileTree> {
  const found = await stat(folder).catch(() => null);
  if (!found) throw new Error(`There is no folder ${folder}.`);
  if (!found.isDirectory()) throw new Error(`${folder} is a file, not a folder.`);
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
  return {paths, read: (file, range) => (range ? readRange(path.join(folder, file), range) : readFile(path.join(folder, file)))};
}

async function readRange(file: string, {start, end}: ByteRange): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const bytes = new Uint8Array(end - start);
    const {bytesRead} = await handle.read(bytes, 0, bytes.length, start);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
