import {crc32, deflateRawSync} from "node:zlib";
import {zip} from "./tiny-torch.js";
import type {ZipEntry} from "./tiny-torch.js";

/** A file as archivers put it into a zip file: deflated, with its checksum. */
export function deflated(name: string, content: Uint8Array): ZipEntry {
  const data = Uint8Array.from(deflateRawSync(content));
  return {name, data, bytes: content.length, packed: data.length, method: 8, checksum: crc32(content)};
}

/** A zip file of these files, in this order. */
export function zipOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zip(Object.entries(files).map(([name, content]) => deflated(name, content)));
}
