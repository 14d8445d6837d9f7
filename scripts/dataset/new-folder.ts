import {readdir} from "node:fs/promises";

/** Looks whether files can be written to a folder without harm. @throws Error with a sentence for the reader where some are there */
export async function newFolder(folder: string): Promise<void> {
  const there = await readdir(folder).catch(() => []);
  if (there.length > 0) throw new Error(`${folder} is not empty: give a new folder, so that nothing is overwritten.`);
}
