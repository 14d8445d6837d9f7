import {FormatError} from "./format-error.js";

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

/** What may still be unpacked of an archive. */
export class Budget {
  /** Bytes that may be unpacked in all. */
  readonly most: number;
  private left: number;

  /** @param kind of the archive, for sentences, e.g. ".tar.gz" */
  constructor(
    private readonly kind: string,
    private readonly archiveBytes: number
  ) {
    this.most = MAXIMUM_EXPANSION * archiveBytes + SMALL_BYTES;
    this.left = this.most;
  }

  /** @throws FormatError where an entry of this size is more than is left */
  take(name: string, bytes: number): void {
    this.left -= bytes;
    if (this.left < 0)
      throw new FormatError(`The ${this.kind} is damaged: ${name} is said to have ${bytes} bytes, the archive has ${this.archiveBytes}.`);
  }
}
