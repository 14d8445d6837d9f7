import {maskedCrc32c} from "./crc32c.js";
import type {ByteRange} from "./file-tree.js";
import {FormatError} from "./format-error.js";

/*
 * TFRecord files: records one after another, each as its length (uint64), the masked CRC-32C of that, the bytes, and the masked CRC-32C
 * of these; all little-endian.
 */

const LENGTH_BYTES = 8;
const SUM_BYTES = 4;
const HEADER_BYTES = LENGTH_BYTES + SUM_BYTES;
/** A longer record is no photo, but a damaged length whose checksum happens to fit, or another kind of file. */
const LONGEST = 2 ** 30;

/** A record and where its bytes lie in the file. */
export interface FoundRecord extends ByteRange {
  readonly bytes: Uint8Array;
}

/**
 * The records of a file, one read at a time.
 *
 * @param read bytes of a range of the file; fewer, where the file ends before
 * @param name of the file, for sentences
 * @throws FormatError naming the record where the file is cut off, or a checksum does not fit
 */
export async function* tfRecords(read: (range: ByteRange) => Promise<Uint8Array>, name: string): AsyncGenerator<FoundRecord> {
  let at = 0;
  for (let index = 0; ; index++) {
    const called = `Record ${index + 1} of ${name}`;
    const header = await read({start: at, end: at + HEADER_BYTES});
    if (header.length === 0) return;
    const length = lengthOf(header, called);
    const start = at + HEADER_BYTES;
    const end = start + length;
    const body = await read({start, end: end + SUM_BYTES});
    if (body.length < length + SUM_BYTES)
      throw new FormatError(`${called} is cut off: it should have ${length} bytes, ${body.length} are there.`);
    yield {start, end, bytes: checkedRecord(body, called)};
    at = end + SUM_BYTES;
  }
}

function lengthOf(header: Uint8Array, called: string): number {
  if (header.length < HEADER_BYTES) throw new FormatError(`${called} is cut off within its length.`);
  const view = new DataView(header.buffer, header.byteOffset, HEADER_BYTES);
  if (view.getUint32(LENGTH_BYTES, true) !== maskedCrc32c(header.subarray(0, LENGTH_BYTES))) {
    throw new FormatError(`${called} is damaged, or the file is no TFRecord: the checksum of its length does not fit.`);
  }
  const length = Number(view.getBigUint64(0, true));
  if (length > LONGEST) throw new FormatError(`${called} would have ${length} bytes, which is no photo with its mask.`);
  return length;
}

/** Bytes of a record without the checksum behind them. @throws FormatError where it does not fit */
function checkedRecord(body: Uint8Array, called: string): Uint8Array {
  const bytes = body.subarray(0, body.length - SUM_BYTES);
  const sum = new DataView(body.buffer, body.byteOffset + bytes.length, SUM_BYTES).getUint32(0, true);
  if (sum !== maskedCrc32c(bytes)) throw new FormatError(`${called} is damaged: its checksum does not fit.`);
  return bytes;
}

/** A record as a file holds it. */
export function writeTfRecord(bytes: Uint8Array): Uint8Array {
  const record = new Uint8Array(HEADER_BYTES + bytes.length + SUM_BYTES);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(bytes.length), true);
  view.setUint32(LENGTH_BYTES, maskedCrc32c(record.subarray(0, LENGTH_BYTES)), true);
  record.set(bytes, HEADER_BYTES);
  view.setUint32(HEADER_BYTES + bytes.length, maskedCrc32c(bytes), true);
  return record;
}
