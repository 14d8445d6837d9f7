import {Unzlib} from "fflate";
import {joinedBytes} from "./joined-bytes.js";
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
 * @returns the file for a decoder: where its pixels had to be unpacked for a look, they stand in it as they are, and are not unpacked again
 * @throws Error with a sentence for the reader
 */
export function checkedPng(bytes: Uint8Array, called: string): Uint8Array {
  const size = pictureSize(bytes);
  if (!size || bytes.length < 26) throw new Error(`${called} is cut off: it does not say its size.`);
  checkPictureSize(size, called);
  const bits = bytes[24]! * (CHANNELS[bytes[25]!] ?? 4);
  const rowBytes = Math.ceil((size.width * bits) / 8);
  // Interlaced, it is seven pictures, whose rows begin with a byte each as well.
  const most = size.height * (rowBytes + 1) * 2 + 2 ** 16;
  const chunks = pixelChunks(bytes);
  const length = chunks.reduce((sum, {content}) => sum + content.length, 0);
  const least = size.height * rowBytes;
  if (least > HARMLESS_BYTES && least > length * MOST_EXPANSION)
    throw new Error(`${called} is cut off: its ${bytes.length} bytes are too few for ${size.width} x ${size.height} pixels.`);
  if (length * MOST_EXPANSION <= Math.max(most, HARMLESS_BYTES)) return bytes;
  const unpacked: Uint8Array[] = [];
  let left = most;
  const inflate = new Unzlib((piece) => {
    left -= piece.length;
    if (left < 0)
      throw new Error(`${called} is damaged: it would become more than the ${size.width} x ${size.height} pixels that it says.`);
    unpacked.push(piece);
  });
  try {
    // Little at a time: what comes of one piece is in memory as a whole.
    for (const {content} of chunks)
      for (let at = 0; at < content.length; at += PIECE_BYTES) inflate.push(content.subarray(at, at + PIECE_BYTES));
    inflate.push(new Uint8Array(0), true);
  } catch (error) {
    if (left < 0) throw error;
    // It is cut off or damaged, of which the decoder tells.
    return bytes;
  }
  return joinedBytes([bytes.subarray(0, chunks[0]!.start), ...storedChunk(unpacked), bytes.subarray(chunks.at(-1)!.end)]);
}

interface PixelChunk {
  readonly start: number;
  readonly end: number;
  /** Packed pixels. */
  readonly content: Uint8Array;
}

/** Where the file's packed pixels are. */
function pixelChunks(bytes: Uint8Array): PixelChunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PixelChunk[] = [];
  for (let start = SIGNATURE_BYTES; start + AROUND_CHUNK <= bytes.length;) {
    const length = view.getUint32(start);
    const end = start + AROUND_CHUNK + length;
    if (view.getUint32(start + 4) === IDAT) chunks.push({start, end, content: bytes.subarray(start + 8, start + 8 + length)});
    start = end;
  }
  return chunks;
}
const IDAT = 0x49444154;

/** A chunk of pixels as they are (RFC 1951, section 3.2.4), in parts; without the checksums, which the decoder does not look at. */
function storedChunk(pieces: readonly Uint8Array[]): Uint8Array[] {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 1)];
  for (const piece of pieces)
    for (let at = 0; at < piece.length; at += MOST_STORED) {
      const block = piece.subarray(at, at + MOST_STORED);
      const [low, high] = [block.length & 0xff, block.length >> 8];
      parts.push(Uint8Array.of(0, low, high, ~low, ~high), block);
    }
  parts.push(Uint8Array.of(1, 0, 0, 0xff, 0xff), new Uint8Array(4));
  const head = new DataView(new ArrayBuffer(8));
  head.setUint32(
    0,
    parts.reduce((sum, {length}) => sum + length, 0)
  );
  head.setUint32(4, IDAT);
  return [new Uint8Array(head.buffer), ...parts, new Uint8Array(4)];
}
const MOST_STORED = 0xffff;
