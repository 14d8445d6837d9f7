import sharp from "sharp";
import type {Pixels} from "../../src/engine/photo-input.js";

/** A decoded photo. */
export interface RgbPhoto {
  readonly width: number;
  readonly height: number;
  /** RGB, 8 bits, rows from the top. */
  readonly rgb: Uint8Array;
}

/**
 * Decodes a photo, turned as its EXIF orientation says, over white where it is transparent.
 *
 * @param name of the file, for messages
 * @throws Error with a sentence for the reader when it is no picture
 */
export async function decodePhoto(bytes: Uint8Array, name: string): Promise<RgbPhoto> {
  try {
    const {data, info} = await sharp(bytes)
      .rotate()
      .flatten({background: "white"})
      .toColourspace("srgb")
      .raw()
      .toBuffer({resolveWithObject: true});
    return {width: info.width, height: info.height, rgb: data};
  } catch (error) {
    throw new Error(`The photo ${name} cannot be decoded: ${error instanceof Error ? error.message : String(error)}.`, {cause: error});
  }
}

/** The same as `evaluate` wants it. @throws as `decodePhoto` */
export async function decodePixels(bytes: Uint8Array, name: string): Promise<Pixels> {
  const {height, width, rgb} = await decodePhoto(bytes, name);
  return {height, width, channels: 3, values: rgb};
}

/** Width and height as a photo is shown, its orientation honoured; pixels are not decoded. @throws as `decodePhoto` */
export async function photoSize(bytes: Uint8Array, name: string): Promise<{readonly width: number; readonly height: number}> {
  try {
    const {autoOrient} = await sharp(bytes).metadata();
    return autoOrient;
  } catch (error) {
    throw new Error(`The photo ${name} cannot be decoded: ${error instanceof Error ? error.message : String(error)}.`, {cause: error});
  }
}
