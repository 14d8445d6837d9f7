import {jpegSegments} from "./jpeg-segments.js";

/** Pixels of the largest picture that is opened, 16,384 on a side: a few bytes may say that they are any number of them. */
export const MOST_PIXELS = 2 ** 28;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The size that a picture's file says it has, before any of it is unpacked; null where it does not say so within these bytes, or is of
 * another kind than PNG, JPEG, GIF and WebP.
 *
 * @param head the beginning of the file
 */
export function pictureSize(head: Uint8Array): PictureSize | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const text = (start: number, end: number) => String.fromCharCode(...head.subarray(start, end));
  try {
    if (text(1, 4) === "PNG") return {width: view.getUint32(16), height: view.getUint32(20)};
    if (text(0, 3) === "GIF") return {width: view.getUint16(6, true), height: view.getUint16(8, true)};
    if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return webpSize(view, text(12, 16));
    return jpegSize(head, view);
  } catch (error) {
    // It ends before its size.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function webpSize(view: DataView, kind: string): PictureSize | null {
  const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 2 ** 16;
  switch (kind) {
    case "VP8X":
      return {width: uint24(24) + 1, height: uint24(27) + 1};
    case "VP8 ":
      return {width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff};
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return {width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1};
    }
    default:
      return null;
  }
}

/** Of the frame that its segments lead to; null where it is no JPEG. */
function jpegSize(head: Uint8Array, view: DataView): PictureSize | null {
  for (const {mark, at} of jpegSegments(head)) {
    // Start of frame, of any kind: what else is numbered like these are tables.
    if (mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark)) {
      return {width: view.getUint16(at + 7), height: view.getUint16(at + 5)};
    }
  }
  return null;
}

/**
 * Whole numbers from one up, and no more pixels than are opened.
 *
 * @param called what has that size, for the sentence
 * @throws Error with a sentence for the reader
 */
export function checkPictureSize({width, height}: PictureSize, called: string): void {
  const isSide = (side: number) => Number.isInteger(side) && side > 0;
  if (!isSide(width) || !isSide(height)) throw new Error(`${called} says that it is ${width} x ${height} pixels, which is no picture.`);
  if (width * height > MOST_PIXELS) {
    const most = Math.floor(MOST_PIXELS / 1e6);
    throw new Error(
      `${called} is ${width} x ${height} pixels. Pictures of up to ${most} million pixels are opened: make it smaller first.`
    );
  }
}
