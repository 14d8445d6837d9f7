/** Files as torch.save writes them, put together by hand so that they can be wrong. */

export interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array;
  /** What the directory says, where that is not the truth. */
  readonly bytes?: number;
  readonly packed?: number;
  readonly method?: number;
  readonly flags?: number;
  readonly offset?: number;
  /** What stands before the data. */
  readonly localBytes?: number;
  readonly checksum?: number;
}

const u16 = (value: number) => [value & 0xff, (value >> 8) & 0xff];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(Math.floor(value / 0x10000) & 0xffff)];
const ascii = (text: string) => [...new TextEncoder().encode(text)];

/** A zip file. @param count of entries, as its end says */
export function zip(entries: readonly ZipEntry[], count = entries.length): Uint8Array {
  const file: number[] = [];
  const directory: number[] = [];
  for (const {
    name,
    data,
    bytes = data.length,
    packed = bytes,
    method = 0,
    flags = 0,
    offset = file.length,
    localBytes = bytes,
    checksum = 0
  } of entries) {
    const title = ascii(name);
    const shared = [...u16(20), ...u16(flags), ...u16(method), ...u32(0), ...u32(checksum)];
    directory.push(...u32(0x02014b50), ...u16(20), ...shared, ...u32(packed), ...u32(bytes), ...u16(title.length));
    directory.push(...u16(0), ...u16(0), ...u16(0), ...u16(0), ...u32(0), ...u32(offset), ...title);
    file.push(...u32(0x04034b50), ...shared, ...u32(packed), ...u32(localBytes), ...u16(title.length), ...u16(0), ...title);
    for (const byte of data) file.push(byte);
  }
  const start = file.length;
  const end = [...u32(0x06054b50), ...u32(0), ...u16(count), ...u16(count), ...u32(directory.length), ...u32(start), ...u16(0)];
  return Uint8Array.from([...file, ...directory, ...end]);
}

/** Operations of a pickle, as bytes. */
export type Code = readonly number[];

const op = (character: string) => character.charCodeAt(0);
export const text = (value: string): Code => [op("X"), ...u32(ascii(value).length), ...ascii(value)];
export const integer = (value: number): Code => [op("J"), ...u32(value)];
/** A whole number of eight bytes. */
export const long = (value: bigint): Code => [0x8a, 8, ...new Uint8Array(BigInt64Array.of(value).buffer)];
export const named = (name: string): Code => {
  const dot = name.lastIndexOf(".");
  return [op("c"), ...ascii(`${name.slice(0, dot)}\n${name.slice(dot + 1)}\n`)];
};
export const tuple = (...items: readonly Code[]): Code => [op("("), ...items.flat(), op("t")];
export const called = (name: string, ...args: readonly Code[]): Code => [...named(name), ...tuple(...args), op("R")];
export const dictionary = (entries: Readonly<Record<string, Code>>): Code => [
  op("}"),
  op("("),
  ...Object.entries(entries).flatMap(([key, value]) => [...text(key), ...value]),
  op("u")
];
export const pickle = (...code: readonly Code[]): Uint8Array => Uint8Array.from([0x80, 2, ...code.flat(), op(".")]);

export interface TensorOptions {
  readonly key?: string;
  readonly type?: string;
  readonly elements?: number;
  readonly offset?: Code;
  readonly shape?: readonly Code[];
  readonly strides?: readonly Code[];
}

/** A tensor of two numbers, unless it says otherwise. */
export function tensor({
  key = "0",
  type = "Float",
  elements = 2,
  offset = integer(0),
  shape = [integer(2)],
  strides = [integer(1)]
}: TensorOptions = {}): Code {
  const storage = [...tuple(text("storage"), named(`torch.${type}Storage`), text(key), text("cpu"), integer(elements)), op("Q")];
  return called(
    "torch._utils._rebuild_tensor_v2",
    storage,
    offset,
    tuple(...shape),
    tuple(...strides),
    [0x89],
    called("collections.OrderedDict")
  );
}

/** A file with this pickle and, of two numbers, the storage "0". */
export function torchFile(code: Code, entries: readonly ZipEntry[] = [STORAGE]): Uint8Array {
  return zip([{name: "archive/data.pkl", data: pickle(code)}, ...entries]);
}

export const STORAGE: ZipEntry = {name: "archive/data/0", data: new Uint8Array(Float32Array.of(1, 2).buffer)};
