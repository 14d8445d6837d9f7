import {createTarDecoder} from "modern-tar";
import {archiveBudget, streamOf} from "./archive.js";
import type {ArchiveFiles} from "./archive.js";
import {FormatError} from "./format-error.js";

/** More files than any release packs. */
const MAXIMUM_ENTRIES = 10_000;

/**
 * Takes all wanted files out of a .tar.gz. The others are passed over, and never in memory as a whole.
 *
 * @param wanted by their names with folders; of two of one name, the first is
 * @throws FormatError where the archive is damaged, or what is in it is more than twice as large as it
 */
export async function filesOfTarGz(bytes: Uint8Array, wanted: (name: string) => boolean): Promise<ArchiveFiles> {
  const names: string[] = [];
  const files = new Map<string, Uint8Array>();
  const budget = archiveBudget(".tar.gz", bytes.length);
  const {most} = budget;
  const entries = streamOf(bytes)
    .pipeThrough(new DecompressionStream("gzip"))
    .pipeThrough(
      noMoreThan(most, () => new FormatError(`The .tar.gz is damaged: its ${bytes.length} bytes would become more than ${most}.`))
    )
    .pipeThrough(createTarDecoder({strict: true}));
  const reader = entries.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const {header, body} = next.value;
      if (names.push(header.name) > MAXIMUM_ENTRIES) throw new FormatError(`The .tar.gz holds more than ${MAXIMUM_ENTRIES} files.`);
      const {name} = header;
      budget.take(name, header.size);
      // Read to its end: modern-tar may wait for ever for what is behind an entry that was cancelled.
      if (files.has(name) || !wanted(name)) await body.pipeTo(new WritableStream());
      else files.set(name, await wholeOf(body, header.size));
    }
  } catch (error) {
    // What is not read is not unpacked.
    await reader.cancel().catch(() => {});
    if (error instanceof FormatError) throw error;
    throw new FormatError("The .tar.gz is cut off or damaged.", {cause: error});
  }
  return {names, files};
}

/** Hands on so many bytes; more of them, in whatever part of the archive, are an error. */
function noMoreThan(most: number, tooMany: () => Error): TransformStream<Uint8Array, Uint8Array> {
  let left = most;
  return new TransformStream({
    transform(chunk, controller) {
      left -= chunk.length;
      if (left < 0) throw tooMany();
      controller.enqueue(chunk);
    }
  });
}

/** @param size in bytes, of which as many come */
async function wholeOf(body: ReadableStream<Uint8Array>, size: number): Promise<Uint8Array> {
  const whole = new Uint8Array(size);
  let at = 0;
  await body.pipeTo(
    new WritableStream({
      write(chunk) {
        whole.set(chunk, at);
        at += chunk.length;
      }
    })
  );
  return whole;
}
