import {crcOf} from "./crc.js";

/** What is added to a masked sum. */
const MASK = 0xa282ead8;

/** CRC-32C (Castagnoli), as TensorFlow keeps it beside what it writes. */
export const crc32c = crcOf(0x82f63b78);

/** The same as files hold it: turned by 15 bits and moved, because the checksum of bytes that hold their own checksum says little. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const sum = crc32c(bytes);
  return (((sum >>> 15) | (sum << 17)) + MASK) >>> 0;
}
