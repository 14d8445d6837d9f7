import {archiveBudget, streamOf} from "./archive.js";
import type {ArchiveFiles} from "./archive.js";
import {crc32} from "./crc.js";
import type {FileTree} from "./file-tree.js";
import {FormatError} from "./format-error.js";
import {DEFLATED, STORED, zipEntries} from "./zip.js";
import type {ZipEntry} from "./zip.js";

/**
 * Takes all wanted files out of a zip file, stored or deflated. The others are not unpacked.
 *
 * @param wanted by their names with folders
 * @throws FormatError where the file is damaged, what is wanted is encrypted or packed in another way, or is more than twice as large as it
 */
export async function filesOfZip(bytes: Uint8Array, wanted: (name: string) => boolean): Promise<ArchiveFiles> {
  const entries = zipEntries(bytes);
  const budget = archiveBudget("zip file", bytes.length);
  const files = new Map<string, Uint8Array>();
  for (const [name, entry] of entries) {
    if (!wanted(name)) continue;
    budget.take(name, entry.bytes);
    files.set(name, await unpacked(name, entry));
  }
  return {names: [...entries.keys()], files};
}

/**
 * The files of a zip file as a tree; each is unpacked when it is read, and the last stays at hand for those who read it part by part.
 *
 * @throws FormatError where the file is damaged, or says that all it holds is more than twice as large as it; reading throws where an entry
 * is encrypted, packed in another way or not what it says
 */
export function zipTree(bytes: Uint8Array): FileTree {
  const entries = zipEntries(bytes);
  const budget = archiveBudget("zip file", bytes.length);
  for (const [name, entry] of entries) budget.take(name, entry.bytes);
  let last: {readonly path: string; readonly content: Promise<Uint8Array>} | null = null;
  return {
    paths: [...entries.keys()],
    async read(path, range) {
      if (last?.path !== path) last = {path, content: unpacked(path, entries.get(path)!)};
      const content = await last.content;
      return range ? content.subarray(range.start, range.end) : content;
    }
  };
}

async function unpacked(name: string, entry: ZipEntry): Promise<Uint8Array> {
  if (entry.isEncrypted) throw new FormatError(`The entry "${name}" of the zip file is encrypted: unpack it with its password first.`);
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new FormatError(
      `The entry "${name}" of the zip file is packed in a way that is not read here (method ${entry.method}): unpack it first.`
    );
  }
  const content = entry.method === STORED ? entry.packed : await inflated(name, entry);
  if (content.length !== entry.bytes || crc32(content) !== entry.checksum) throw damaged(name);
  return content;
}

async function inflated(name: string, {packed, bytes}: ZipEntry): Promise<Uint8Array> {
  const content = new Uint8Array(bytes);
  let at = 0;
  const write = (chunk: Uint8Array) => {
    // More than was said is a lie that may go on for ever.
    if (at + chunk.length > bytes) throw damaged(name);
    content.set(chunk, at);
    at += chunk.length;
  };
  try {
    const stream = streamOf(packed).pipeThrough(new DecompressionStream("deflate-raw"));
    await stream.pipeTo(new WritableStream({write}));
  } catch (error) {
    throw error instanceof FormatError ? error : damaged(name, error);
  }
  return content.subarray(0, at);
}

function damaged(name: string, cause?: unknown): FormatError {
  return new FormatError(`The zip file is damaged: its entry "${name}" is not what it says.`, {cause});
}
