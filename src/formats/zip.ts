import {FormatError} from "./format-error.js";

/* The central directory of a zip file, also one of 64 bits. */

const END = {signature: 0x06054b50, bytes: 22};
const LONGEST_COMMENT = 0xffff;
const END_64 = {signature: 0x06064b50, bytes: 56};
const LOCATOR_64 = {signature: 0x07064b50, bytes: 20};
const HEADER = {signature: 0x02014b50, bytes: 46};
const LOCAL_HEADER = {signature: 0x04034b50, bytes: 30};
/** In place of a number that stands in the 64-bit part. */
const ELSEWHERE = {u16: 0xffff, u32: 0xffffffff};
const ENCRYPTED = 1;
/** The local header gives no sizes; they follow the data. */
const SIZES_BEHIND = 8;
/** Ways in which entries are packed. */
export const STORED = 0;
export const DEFLATED = 8;
const EXTRA_64 = 1;

/** A file in a zip file. */
export interface ZipEntry {
  /** A view of what is stored of it. */
  readonly packed: Uint8Array;
  /** Of its content, as the directory says. */
  readonly bytes: number;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** CRC-32 of its content. */
  readonly checksum: number;
}

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly bytes: number;
  /** Of the local header. */
  readonly offset: number;
}

/** Whether a file begins as zip files do. */
export function isZip(file: Uint8Array): boolean {
  return ZIP_MARK.every((byte, index) => file[index] === byte);
}
const ZIP_MARK = [0x50, 0x4b, 0x03, 0x04] as const;

/**
 * The entries of a zip file whose entries are stored as they are, as PyTorch writes them, by name and as views of it; folders are left
 * out. Checksums are not compared: PyTorch can be told to leave them out.
 *
 * @throws FormatError where the file is cut off or damaged, an entry is compressed or encrypted, lies about its size, lies over another
 * or has a name that leads out of the folder
 */
export function readStoredZip(file: Uint8Array): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const [name, {packed, bytes, method, isEncrypted}] of zipEntries(file)) {
    if (isEncrypted) throw new FormatError(`The entry "${name}" of the zip file is encrypted.`);
    if (method !== STORED) {
      throw new FormatError(
        `The entry "${name}" of the zip file is compressed (method ${method}); torch.save writes it as it is. Save the file with it again.`
      );
    }
    if (packed.length !== bytes) throw damaged(`the entry "${name}" is not compressed, but says ${bytes} bytes and ${packed.length}`);
    found.set(name, packed);
  }
  return found;
}

/**
 * The entries of a zip file by name; folders are left out.
 *
 * @throws FormatError where the file is cut off or damaged, an entry lies over another or has a name that leads out of the folder
 */
export function zipEntries(file: Uint8Array): Map<string, ZipEntry> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const {start, entries} = directory(view, file);
  const found = new Map<string, ZipEntry>();
  const extents: {name: string; from: number; to: number}[] = [];
  for (const entry of entries) {
    const {name, flags, method, checksum, packed, bytes} = entry;
    if (name.endsWith("/") && bytes === 0) continue;
    const from = dataStart(view, entry, start);
    const to = from + packed;
    if (found.has(name)) throw damaged(`two entries are called "${name}"`);
    found.set(name, {packed: file.subarray(from, to), bytes, method, isEncrypted: (flags & ENCRYPTED) !== 0, checksum});
    extents.push({name, from, to});
  }
  extents.sort((a, b) => a.from - b.from);
  extents.forEach(({name, from}, index) => {
    const before = extents[index - 1];
    if (before && before.to > from) throw damaged(`the entries "${before.name}" and "${name}" overlap`);
  });
  return found;
}

function directory(view: DataView, file: Uint8Array): {start: number; entries: Entry[]} {
  const end = endOf(view);
  let count = view.getUint16(end + 10, true);
  let bytes = view.getUint32(end + 12, true);
  let start = view.getUint32(end + 16, true);
  if (count === ELSEWHERE.u16 || bytes === ELSEWHERE.u32 || start === ELSEWHERE.u32) {
    const locator = end - LOCATOR_64.bytes;
    checkSignature(view, locator, LOCATOR_64, "the end of the directory");
    const at = Number(view.getBigUint64(locator + 8, true));
    checkSignature(view, at, END_64, "the end of the directory");
    [count, bytes, start] = [32, 40, 48].map((field) => Number(view.getBigUint64(at + field, true))) as [number, number, number];
  }
  if (start + bytes > end || count * HEADER.bytes > bytes) {
    throw damaged(`its directory of ${count} entries would take ${bytes} bytes from byte ${start} on, of ${end}`);
  }
  const entries: Entry[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    const {entry, next} = headerAt(view, file, at, start + bytes);
    entries.push(entry);
    at = next;
  }
  return {start, entries};
}

/** Where the last part of the file begins; a comment may follow it. */
function endOf(view: DataView): number {
  const last = view.byteLength - END.bytes;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END.signature && at + END.bytes + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw new FormatError("The file is cut off or damaged: it begins as a zip file does, but has no directory at its end.");
}

function headerAt(view: DataView, file: Uint8Array, at: number, end: number): {entry: Entry; next: number} {
  checkSignature(view, at, HEADER, "its directory");
  const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [number, number, number];
  const extra = at + HEADER.bytes + nameBytes;
  const next = extra + extraBytes + commentBytes;
  if (next > end) throw damaged("its directory is longer than it says");
  const name = nameOf(file.subarray(at + HEADER.bytes, extra));
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  const [packed, bytes, offset] = sizes(view, at, extra, extra + extraBytes);
  return {entry: {name, flags, method, checksum: view.getUint32(at + 16, true), packed, bytes, offset}, next};
}

/** Bytes in the file, bytes of the content and offset of an entry; those that do not fit 32 bits stand in the 64-bit part. */
function sizes(view: DataView, at: number, extra: number, extraEnd: number): [packed: number, bytes: number, offset: number] {
  const [packed, bytes, offset] = [20, 24, 42].map((field) => view.getUint32(at + field, true)) as [number, number, number];
  let long = 0;
  for (let part = extra; part + 4 <= extraEnd && long === 0; part += 4 + view.getUint16(part + 2, true)) {
    if (view.getUint16(part, true) === EXTRA_64) long = part + 4;
  }
  const whole = (value: number) => {
    if (value !== ELSEWHERE.u32) return value;
    if (long === 0 || long + 8 > extraEnd) throw damaged("the size of an entry is missing");
    long += 8;
    return Number(view.getBigUint64(long - 8, true));
  };
  // In this order there.
  const content = whole(bytes);
  return [whole(packed), content, whole(offset)];
}

function nameOf(bytes: Uint8Array): string {
  const name = new TextDecoder().decode(bytes);
  if (/^\/|\\|\0|^[a-z]:/i.test(name) || name.split("/").includes("..")) {
    throw damaged(`the entry ${JSON.stringify(name)} would lie outside of its folder`);
  }
  return name;
}

/** Where the data of an entry begin, behind its local header. */
function dataStart(view: DataView, {name, flags, packed, bytes, offset}: Entry, end: number): number {
  checkSignature(view, offset, LOCAL_HEADER, `the entry "${name}"`);
  const stated = view.getUint32(offset + 22, true);
  if ((flags & SIZES_BEHIND) === 0 && stated !== ELSEWHERE.u32 && stated !== bytes) {
    throw damaged(`the entry "${name}" has ${bytes} bytes in the directory and ${stated} before its data`);
  }
  const start = offset + LOCAL_HEADER.bytes + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > end) throw damaged(`the entry "${name}" ends at byte ${start + packed}, ${end} are there`);
  return start;
}

function checkSignature(view: DataView, at: number, {signature, bytes}: {signature: number; bytes: number}, where: string): void {
  if (!(at >= 0 && at + bytes <= view.byteLength) || view.getUint32(at, true) !== signature) {
    throw damaged(`${where} is not where it should be`);
  }
}

function damaged(what: string): FormatError {
  return new FormatError(`The zip file is damaged: ${what}.`);
}
