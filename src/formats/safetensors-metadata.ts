import {FormatError} from "./format-error.js";

const LENGTH_BYTES = 8;
const ALIGNMENT = 8;

/**
 * The same safetensors file with other metadata; its tensors stay as they are, byte by byte, and so does a file that says all this already.
 *
 * @param change texts by key, beside those that are there
 * @throws FormatError where the file has no header
 */
export function withMetadata(bytes: Uint8Array, change: Readonly<Record<string, string>>): Uint8Array {
  const {header, data} = split(bytes);
  const before = (header["__metadata__"] ?? {}) as Readonly<Record<string, string>>;
  if (Object.entries(change).every(([key, text]) => before[key] === text)) return bytes;
  const metadata = {...before, ...change};
  const json = new TextEncoder().encode(JSON.stringify({...header, __metadata__: metadata}));
  const length = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const written = new Uint8Array(LENGTH_BYTES + length + data.length).fill(" ".charCodeAt(0), 0, LENGTH_BYTES + length);
  new DataView(written.buffer).setBigUint64(0, BigInt(length), true);
  written.set(json, LENGTH_BYTES);
  written.set(data, LENGTH_BYTES + length);
  return written;
}

function split(bytes: Uint8Array): {readonly header: Readonly<Record<string, unknown>>; readonly data: Uint8Array} {
  try {
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length))) as Record<string, unknown>;
    return {header, data: bytes.subarray(LENGTH_BYTES + length)};
  } catch (error) {
    throw new FormatError("The safetensors file has no header.", {cause: error});
  }
}
