import {createTarDecoder} from "modern-tar";
import {FormatError} from "./format-error.js";

/**
 * Takes the first file of this name, in whatever folder, out of a .tar.gz.
 *
 * @throws FormatError where the archive is damaged or holds no such file
 */
export async function entryOfTarGz(bytes: Uint8Array, fileName: string): Promise<Uint8Array> {
  const names: string[] = [];
  let found: Uint8Array | undefined;
  const entries = new Blob([bytes as BlobPart])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"))
    .pipeThrough(createTarDecoder({strict: true}));
  const reader = entries.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const {header, body} = next.value;
      names.push(header.name);
      const wanted = !found && header.name.split("/").at(-1) === fileName;
      if (wanted) found = new Uint8Array(await new Response(body as BodyInit).arrayBuffer());
      else await body.cancel();
    }
  } catch (error) {
    throw new FormatError("The .tar.gz is cut off or damaged.", {cause: error});
  }
  if (!found) throw new FormatError(`The archive holds no ${fileName}; it holds ${names.slice(0, 5).join(", ") || "nothing"}.`);
  return found;
}
