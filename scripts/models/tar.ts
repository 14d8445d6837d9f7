import {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {createGunzip} from "node:zlib";
import {extract} from "tar-stream";
import {FormatError} from "../../src/formats/format-error.js";

/**
 * Takes the first file of this name, in whatever folder, out of a .tar.gz.
 *
 * @throws FormatError where the archive is damaged or holds no such file
 */
export async function entryOfTarGz(bytes: Uint8Array, fileName: string): Promise<Uint8Array> {
  const archive = extract();
  const names: string[] = [];
  let found: Buffer | undefined;
  const reading = pipeline(Readable.from([bytes]), createGunzip(), archive);
  try {
    for await (const entry of archive) {
      const {name} = entry.header;
      names.push(name);
      const parts: Buffer[] = [];
      const wanted = !found && name.split("/").at(-1) === fileName;
      for await (const part of entry as AsyncIterable<Buffer>) {
        if (wanted) parts.push(part);
      }
      if (wanted) found = Buffer.concat(parts);
    }
    await reading;
  } catch (error) {
    // The pipeline fails with the archive; its rejection is this one.
    reading.catch(() => {});
    throw new FormatError("The .tar.gz is cut off or damaged.", {cause: error});
  }
  if (!found) throw new FormatError(`The archive holds no ${fileName}; it holds ${names.slice(0, 5).join(", ") || "nothing"}.`);
  return found;
}
