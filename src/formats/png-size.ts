import {Unzlib} from "fflate";
import {checkPictureSize, pictureSize} from "./picture-size.js";

/** Zeros pack to a thousandth; nothing packs further. */
const MOST_EXPANSION = 1032;
/** What may be unpacked without a look: less harms nobody. */
const HARMLESS_BYTES = 2 ** 26;
const PIECE_BYTES = 2 ** 12;
const CHANNELS: Readonly<Record<number, number>> = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4};
const SIGNATURE_BYTES = 8;
/** Length, kind and checksum. */
const AROUND_CHUNK = 12;

/**
 * Looks at what a PNG file says of its size, and at whether its pixels would become more than that, before a decoder holds them all.
 *
 * @param bytes that begin as PNG files do
 * @param called for the sentence
 * @throws Error with a sentence for the reader
 */
export function checkUnpacked(bytes: Uint8Array, called: string): void {
  const size = pictureSize(bytes);
  if (!size || bytes.length < 26) throw new Error(`${called} is cut off: it does not say its size.`);
  checkPictureSize(size, called);
  const bits = bytes[24]! * (CHANNELS[bytes[25]!] ?? 4);
  const rowBytes = Math.ceil((size.width * bits) / 8);
  // Interlaced, it is seven pictures, whose rows begin with a byte each as well.
  const most = size.height * (rowBytes + 1) * 2 + 2 ** 16;
  const packed = packedParts(bytes);
  const length = packed.reduce((sum, part) => sum + part.length, 0);
  const least = size.height * rowBytes;
  if (least > HARMLESS_BYTES && least > length * MOST_EXPANSION)
    throw new Error(`${called} is cut off: its ${bytes.length} bytes are too few for ${size.width} x ${size.height} pixels.`);
  if (length * MOST_EXPANSION <= Math.max(most, HARMLESS_BYTES)) return;
  let left = most;
  const inflate = new Unzlib((chunk) => {
    left -= chunk.length;
    if (left < 0)
      throw new Error(`${called} is damaged: it would become more than the ${size.width} x ${size.height} pixels that it says.`);
  });
  // Little at a time: what comes of one piece is in memory as a whole.
  for (const part of packed) for (let at = 0; at < part.length; at += PIECE_BYTES) inflate.push(part.subarray(at, at + PIECE_BYTES));
}

/** Views of the file's packed pixels. */
function packedParts(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = SIGNATURE_BYTES; at + AROUND_CHUNK <= bytes.length;) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === IDAT) parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += AROUND_CHUNK + length;
  }
  return parts;
}
const IDAT = 0x49444154;
