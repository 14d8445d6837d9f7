/** CRC-32C (Castagnoli), as TensorFlow keeps it beside what it writes. */

/** The polynomial, its bits reversed. */
const POLYNOMIAL = 0x82f63b78;
/** What is added to a masked sum. */
const MASK = 0xa282ead8;

const TABLE = Uint32Array.from({length: 256}, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1;
  return sum;
});

/** The checksum of some bytes, from 0 to 2^32 - 1. */
export function crc32c(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) sum = (sum >>> 8) ^ TABLE[(sum ^ bytes[i]!) & 0xff]!;
  return ~sum >>> 0;
}

/** The same as files hold it: turned by 15 bits and moved, because the checksum of bytes that hold their own checksum says little. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const sum = crc32c(bytes);
  return (((sum >>> 15) | (sum << 17)) + MASK) >>> 0;
}
