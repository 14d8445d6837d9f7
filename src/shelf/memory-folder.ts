import type {Folder} from "./folder.js";

/** A folder that lasts as long as the page: where the browser lets the site keep nothing. */
export function memoryFolder(): Folder {
  const files = new Map<string, Blob>();
  return {
    kind: "memory",
    names: () => Promise.resolve([...files.keys()]),
    read: (name) => Promise.resolve(files.get(name) ?? null),
    write: (name, content) => Promise.resolve(void files.set(name, content)),
    remove: (name) => Promise.resolve(void files.delete(name))
  };
}
