import {Budget} from "./budget.js";

/** Some of what an archive holds. */
export interface ArchiveFiles {
  /** Names of all its files, with their folders. */
  readonly names: readonly string[];
  /** The bytes of those that were wanted, by these names. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const CHUNK_BYTES = 2 ** 16;

/** Bytes as they are read, a part at a time and without a copy of them (a Blob would be one). */
export function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, (at += CHUNK_BYTES)) as Uint8Array<ArrayBuffer>);
    }
  });
}

/** What weights pack hardly changes their size; an archive that says much more must not exhaust the memory, or time. */
const MAXIMUM_EXPANSION = 2;
const SMALL_BYTES = 2 ** 24;

/**
 * What may be unpacked of an archive.
 *
 * @param kind of it, for sentences, e.g. ".tar.gz"
 */
export function archiveBudget(kind: string, archiveBytes: number): Budget {
  return new Budget(
    MAXIMUM_EXPANSION * archiveBytes + SMALL_BYTES,
    (name, bytes) => `The ${kind} is damaged: ${name} is said to have ${bytes} bytes, the archive has ${archiveBytes}.`
  );
}
