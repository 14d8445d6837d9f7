import {existsSync} from "node:fs";
import path from "node:path";

/*
 * Real model files and photos, which are not in the repository: DEEPLAB_SHARED names the folder that holds them. Without
 * it the tests that need them are skipped, but never where CI is set: there they must run, and fail where a file is missing.
 */

const folder = process.env["DEEPLAB_SHARED"];

/** Whether tests on shared files run: `describe.skipIf(!hasShared)`. */
export const hasShared = folder !== undefined || process.env["CI"] === "true";

/**
 * Path of a shared file or folder.
 *
 * @throws Error where DEEPLAB_SHARED is unset or the file is not there
 */
export function shared(relative: string): string {
  if (folder === undefined) throw new Error(`Set DEEPLAB_SHARED to the folder that holds ${relative}.`);
  const file = path.resolve(folder, relative);
  if (!existsSync(file)) throw new Error(`There is no ${relative} in ${folder} (DEEPLAB_SHARED).`);
  return file;
}
