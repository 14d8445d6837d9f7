/**
 * A checksum of 32 bits.
 *
 * @param polynomial its bits reversed
 * @returns a function from some bytes to their checksum, from 0 to 2^32 - 1
 */
export function crcOf(polynomial: number): (bytes: Uint8Array) => number {
  const table = Uint32Array.from({length: 256}, (_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ polynomial : sum >>> 1;
    return sum;
  });
  return (bytes) => {
    let sum = 0xffffffff;
    for (let i = 0; i < bytes.length; i++) sum = (sum >>> 8) ^ table[(sum ^ bytes[i]!) & 0xff]!;
    return ~sum >>> 0;
  };
}

/** As zip and gzip keep it. */
export const crc32 = crcOf(0xedb88320);
