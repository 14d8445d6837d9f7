import {storeOf} from "./database.js";
import type {Folder} from "./folder.js";

/**
 * A folder in the browser's database.
 *
 * @throws DOMException or ReferenceError where there is none here
 */
export async function databaseFolder(name: string): Promise<Folder> {
  const ask = storeOf(`deeplab-workbench/${name}`, "files");
  const names = async () => (await ask("readonly", (store) => store.getAllKeys())).map(String);
  await names();
  return {
    kind: "database",
    names,
    read: async (file) => ((await ask("readonly", (store) => store.get(file))) as Blob | undefined) ?? null,
    write: (file, content) => ask("readwrite", (store) => store.put(content, file)).then(() => {}),
    remove: (file) => ask("readwrite", (store) => store.delete(file))
  };
}
