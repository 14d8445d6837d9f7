import {createHash} from "node:crypto";
import {readFile, readdir, stat, writeFile} from "node:fs/promises";
import path from "node:path";

const SERVICE_WORKER = "service-worker.js";
/** Where the source says what the build is: of nothing. */
const NOTHING = /BUILD = \{\s*version: "",\s*files: \{\s*\}\s*\}/;

/**
 * Tells the service worker of a built site which files that has.
 *
 * @param folder of the site, before anything is put beside its files
 * @throws Error where the service worker does not ask for them
 */
export async function listForServiceWorker(folder: string): Promise<void> {
  const names = (await readdir(folder, {recursive: true})).map((name) => name.split(path.sep).join("/")).sort();
  const files: Record<string, {readonly bytes: number; readonly sha256: string}> = {};
  for (const name of names) {
    const file = path.join(folder, name);
    if (name === SERVICE_WORKER || !(await stat(file)).isFile()) continue;
    const content = await readFile(file);
    files[encodeURI(name)] = {bytes: content.length, sha256: digest(content)};
  }
  const script = path.join(folder, SERVICE_WORKER);
  const source = await readFile(script, "utf8");
  if (!NOTHING.test(source)) throw new Error(`${SERVICE_WORKER} has no place for the files of the site.`);
  const build = JSON.stringify({version: digest(JSON.stringify(files) + source), files});
  await writeFile(
    script,
    source.replace(NOTHING, () => `BUILD = ${build}`)
  );
}

/** As much of it as tells the files of a site apart. */
function digest(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}
