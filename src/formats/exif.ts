import {jpegSegments} from "./jpeg-segments.js";

/** The tag of the orientation among the first that a camera writes of its photo. */
const ORIENTATION = 0x0112;
const UPRIGHT = 1;

/**
 * How a JPEG file's pixels are to be turned to stand upright, as its EXIF part says: 1 to 8, where 1 leaves them.
 *
 * @param head the file's beginning; what is cut off says nothing
 */
export function exifOrientation(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (const {mark, at} of jpegSegments(head)) {
    // From there on are pixels.
    if (mark === 0xda || at + 10 > head.length) break;
    const isExif = mark === 0xe1 && view.getUint32(at + 4) === 0x45786966;
    if (isExif) return orientationIn(view, at + 10);
  }
  return UPRIGHT;
}

/** @param start of the TIFF header */
function orientationIn(view: DataView, start: number): number {
  const has = (bytes: number, at: number) => at + bytes <= view.byteLength;
  if (!has(8, start)) return UPRIGHT;
  const isLittle = view.getUint16(start) === 0x4949;
  const table = start + view.getUint32(start + 4, isLittle);
  if (!has(2, table)) return UPRIGHT;
  const count = view.getUint16(table, isLittle);
  for (let entry = 0, at = table + 2; entry < count && has(12, at); entry++, at += 12) {
    if (view.getUint16(at, isLittle) === ORIENTATION) return view.getUint16(at + 8, isLittle);
  }
  return UPRIGHT;
}
