import {gzipSync} from "node:zlib";
import {pack} from "tar-stream";

/** A .tar.gz of these files, in this order. */
export async function tarGz(entries: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const archive = pack();
  for (const [name, bytes] of Object.entries(entries)) archive.entry({name}, Buffer.from(bytes));
  archive.finalize();
  const parts: Buffer[] = [];
  for await (const part of archive as AsyncIterable<Buffer>) parts.push(part);
  return gzipSync(Buffer.concat(parts));
}
