import {maskedCrc32c} from "./crc32c.js";
import {FormatError} from "./format-error.js";

/**
 * A sorted string table, as LevelDB lays it out and TensorFlow's checkpoints have it: blocks of entries, each with a trailer (its kind and
 * its checksum), a block that lists them, and a footer that says where that is.
 */

export interface TableEntry {
  /** A character a byte. */
  readonly key: string;
  /** A view of the file. */
  readonly value: Uint8Array;
}

const FOOTER_BYTES = 48;
const TRAILER_BYTES = 5;
const MAGIC = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
/** More and longer than any network's: a file made to confuse must not exhaust the memory. */
const MAXIMUM_ENTRIES = 20_000;
const MAXIMUM_KEY_BYTES = 512;

/** Whether the bytes end as such a table does. */
export function isSortedTable(bytes: Uint8Array): boolean {
  const end = bytes.subarray(-MAGIC.length);
  return bytes.length >= FOOTER_BYTES && MAGIC.every((byte, i) => end[i] === byte);
}

/**
 * The entries of a table in order; every block's checksum is compared, every key is after the one before.
 *
 * @throws FormatError where the bytes are no such table, cut off or damaged
 */
export function tableEntries(bytes: Uint8Array): TableEntry[] {
  if (!isSortedTable(bytes)) throw new FormatError("This is not the .index of a TensorFlow checkpoint, or it is cut off.");
  const footer = new Cursor(bytes.subarray(-FOOTER_BYTES));
  // A list of blocks of meta-information comes first; none is of interest.
  handleAt(footer);
  const blocks = entriesOf(blockAt(bytes, handleAt(footer)));
  const entries: TableEntry[] = [];
  let reached = 0;
  for (const {value} of blocks) {
    const handle = handleAt(new Cursor(value));
    if (handle.offset < reached) throw damaged("two of its blocks overlap");
    reached = handle.offset + handle.size + TRAILER_BYTES;
    for (const entry of entriesOf(blockAt(bytes, handle))) {
      const before = entries.at(-1);
      if (before && entry.key <= before.key) {
        throw damaged(entry.key === before.key ? `it holds "${entry.key}" twice` : `"${entry.key}" stands after "${before.key}"`);
      }
      if (entries.push(entry) > MAXIMUM_ENTRIES) throw damaged(`it lists more than ${MAXIMUM_ENTRIES} values`);
    }
  }
  return entries;
}

function damaged(how: string): FormatError {
  return new FormatError(`The .index of the checkpoint is damaged: ${how}.`);
}

interface Handle {
  readonly offset: number;
  readonly size: number;
}

function handleAt(cursor: Cursor): Handle {
  return {offset: cursor.varint(), size: cursor.varint()};
}

/** The content of a block. */
function blockAt(bytes: Uint8Array, {offset, size}: Handle): Uint8Array {
  const end = offset + size;
  if (end + TRAILER_BYTES > bytes.length) throw damaged(`a block of it ends at byte ${end}, and ${bytes.length} are there`);
  const [kind] = bytes.subarray(end);
  const stated = new DataView(bytes.buffer, bytes.byteOffset + end + 1).getUint32(0, true);
  if (maskedCrc32c(bytes.subarray(offset, end + 1)) !== stated) throw damaged("a block of it does not have the checksum that it states");
  if (kind !== 0) {
    throw new FormatError(
      "The .index of the checkpoint is compressed, which TensorFlow has not done since version 1.2 and is not read here; load the checkpoint in TensorFlow and save it again."
    );
  }
  return bytes.subarray(offset, end);
}

/** The entries of a block, of whose keys each begins with some of the one before, and the whole key now and then ("restarts"). */
function* entriesOf(block: Uint8Array): Generator<TableEntry> {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const restarts = block.length < 4 ? -1 : view.getUint32(block.length - 4, true);
  const end = block.length - 4 - 4 * restarts;
  if (restarts < 0 || end < 0) throw damaged("a block of it is shorter than its list of restarts");
  const restartAt = (index: number) => (index < restarts ? view.getUint32(end + 4 * index, true) : Infinity);
  let next = 0;
  const cursor = new Cursor(block.subarray(0, end));
  let key = "";
  while (cursor.left > 0) {
    const isStart = restartAt(next) === cursor.at;
    if (isStart) next++;
    const [shared, own, length] = [cursor.varint(), cursor.varint(), cursor.varint()] as const;
    if (shared > (isStart ? 0 : key.length)) throw damaged("a name takes over more of the one before than there is");
    if (shared + own > MAXIMUM_KEY_BYTES) throw damaged(`a name in it has ${shared + own} characters`);
    key = key.slice(0, shared) + String.fromCharCode(...cursor.take(own));
    yield {key, value: cursor.take(length)};
  }
  // An empty block has one.
  if (next < restarts && end > 0) throw damaged("a restart lies where no entry begins");
}

/** Reads a view from its beginning to its end and no further. */
class Cursor {
  at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get left(): number {
    return this.bytes.length - this.at;
  }

  take(count: number): Uint8Array {
    if (count > this.left) throw damaged("an entry reaches beyond its block");
    return this.bytes.subarray(this.at, (this.at += count));
  }

  /** An unsigned number of seven bits a byte, the lowest first. */
  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const [byte] = this.take(1) as unknown as [number];
      value += (byte & 127) * factor;
      if (Math.max(value, factor) > Number.MAX_SAFE_INTEGER) throw damaged("a number in it is too large");
      if (byte < 128) return value;
    }
  }
}
