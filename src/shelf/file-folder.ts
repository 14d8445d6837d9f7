import type {Folder} from "./folder.js";
import {inTime} from "./in-time.js";

/**
 * A folder of the origin private file system.
 *
 * @param root where it stands; the site's own by default
 * @throws DOMException or TypeError where there is none here, it does not answer, or none that can be written outside of workers
 */
export async function fileFolder(name: string, root?: FileSystemDirectoryHandle): Promise<Folder> {
  const top = root ?? (await inTime(navigator.storage.getDirectory()));
  if (!root && !("createWritable" in FileSystemFileHandle.prototype)) throw new TypeError("Files cannot be written here.");
  const folder = await top.getDirectoryHandle(name, {create: true});

  return {
    kind: "files",
    async names() {
      const names: string[] = [];
      for await (const file of folder.keys()) names.push(file);
      return names;
    },
    read: (file) => orWhereMissing(null, async () => (await folder.getFileHandle(file)).getFile()),
    async write(file, content) {
      const isNew = await orWhereMissing(true, async () => (await folder.getFileHandle(file), false));
      const handle = await folder.getFileHandle(file, {create: true});
      const stream = await handle.createWritable();
      try {
        await stream.write(content);
        // Only now does the file change.
        await stream.close();
      } catch (error) {
        await stream.abort().catch(() => {});
        if (isNew) await folder.removeEntry(file);
        throw error;
      }
    },
    remove: (file) => orWhereMissing(undefined, () => folder.removeEntry(file))
  };
}

async function orWhereMissing<T>(instead: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotFoundError") return instead;
    throw error;
  }
}
