import {decode, hasPngSignature} from "fast-png";
import {checkedPng} from "./png-size.js";

/** Label of pixels that never count. */
export const IGNORE = 255;

/** Class ids of a photo, row by row from the top. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly ids: Uint8Array;
}

/** A mask file as it is: one value a pixel and channel. */
export interface MaskPicture {
  readonly width: number;
  readonly height: number;
  /** 1 where pixels are ids; 2 with transparency, 3 colours, 4 colours with transparency. */
  readonly channels: number;
  /** Bits a value: 8, or 16. */
  readonly depth: 8 | 16;
  /** Row by row from the top, channels last. */
  readonly values: Uint8Array | Uint16Array;
}

/**
 * The pixels of a mask file. A palette PNG gives its raw indices, never its colours.
 *
 * @param name of the file, for messages
 * @throws Error with a sentence for the reader: empty, not a PNG, or a damaged one
 */
export function decodeMaskPicture(bytes: Uint8Array, name: string): MaskPicture {
  if (bytes.length === 0) throw new Error(`The mask ${name} is empty.`);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    throw new Error(`The mask ${name} is a JPEG file, which changes ids along every outline: save it as PNG.`);
  }
  if (!hasPngSignature(bytes)) throw new Error(`The mask ${name} is not a PNG file.`);
  const {width, height, depth, channels, data} = decodePng(checkedPng(bytes, `The mask ${name}`), name);
  if (depth === 16) return {width, height, channels, depth, values: data as Uint16Array};
  if (depth === 8) return {width, height, channels, depth, values: data as Uint8Array};
  return {width, height, channels, depth: 8, values: unpacked({width, height, depth, data}, name)};
}

/** Values of less than a byte, a byte each. Rows start on whole bytes (PNG specification, section 7.2). */
function unpacked(
  {width, height, depth, data}: {width: number; height: number; depth: number; data: ArrayLike<number>},
  name: string
): Uint8Array {
  const bytesPerRow = Math.ceil((width * depth) / 8);
  if (data.length !== bytesPerRow * height)
    throw new Error(`The mask ${name} is interlaced with ${depth} bits a pixel, which is not supported.`);
  const perByte = 8 / depth;
  const values = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = data[y * bytesPerRow + Math.floor(x / perByte)]!;
      values[y * width + x] = (byte >> (8 - depth * ((x % perByte) + 1))) & ((1 << depth) - 1);
    }
  }
  return values;
}

function decodePng(bytes: Uint8Array, name: string): ReturnType<typeof decode> {
  try {
    return decode(bytes);
  } catch (error) {
    throw new Error(`The mask ${name} cannot be decoded: ${error instanceof Error ? error.message : String(error)}.`, {cause: error});
  }
}

/**
 * Class ids from a mask file: the raw indices of a palette PNG, or the values of a grey one.
 *
 * @param name of the file, for messages
 * @throws Error with a sentence for the reader: not a PNG, or a PNG whose pixels are not one id each
 */
export function decodeMask(bytes: Uint8Array, name: string): Mask {
  return idsOf(decodeMaskPicture(bytes, name), name);
}

/** The same of decoded pixels. @throws as `decodeMask` */
export function idsOf({width, height, channels, depth, values}: MaskPicture, name: string): Mask {
  if (channels !== 1 || depth === 16) {
    throw new Error(
      `The mask ${name} holds ${channels > 1 ? "colours" : `${depth}-bit values`}; a mask is a palette or 8-bit grey PNG whose pixels are class ids.`
    );
  }
  return {width, height, ids: values as Uint8Array};
}

/** The ids that a mask holds, in order, 255 included. */
export function idsIn({ids}: Mask): number[] {
  const seen = new Uint8Array(256);
  for (const id of ids) seen[id] = 1;
  return Array.from(seen.keys()).filter((id) => seen[id] === 1);
}

/**
 * Checks a mask against its photo and the classes of a model.
 *
 * @throws Error with a sentence for the reader: sizes differ, or an id is neither a class nor 255
 */
export function checkMask(mask: Mask, photo: {readonly width: number; readonly height: number}, classes: number, id: string): void {
  if (mask.width !== photo.width || mask.height !== photo.height) {
    throw new Error(`The mask of "${id}" is ${mask.width}x${mask.height} pixels, its photo ${photo.width}x${photo.height}.`);
  }
  const beyond = idsIn(mask).filter((value) => value >= classes && value !== IGNORE);
  if (beyond.length > 0) {
    throw new Error(
      `The mask of "${id}" holds ids that are no class of the model: ${beyond.join(", ")}; it has ${classes} classes, 0 to ${classes - 1}, and 255 for ignored pixels.`
    );
  }
}
