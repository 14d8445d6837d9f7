import {databaseFolder} from "./database-folder.js";
import {fileFolder} from "./file-folder.js";
import type {Folder} from "./folder.js";
import {keptAs} from "../site.js";

/**
 * The folder that this browser has for the site: files of its own (OPFS), which need a secure address and are missing in some private
 * windows, or the database.
 *
 * @returns null where the browser lets the site keep nothing
 */
export async function openFolder(name: string): Promise<Folder | null> {
  return (await fileFolder(keptAs(name)).catch(() => null)) ?? (await databaseFolder(name).catch(() => null));
}
