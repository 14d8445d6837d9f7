import type {Pixels} from "../engine/photo-input.js";

/**
 * Decodes a photo of a data set in its own size, as the commands do: upright by its EXIF orientation, over white where it is transparent.
 * Works in a worker, too.
 *
 * @param name of the file, for messages
 * @throws Error with a sentence for the reader when it is no picture
 */
export async function decodePixels(bytes: Uint8Array, name: string): Promise<Pixels & {readonly values: Uint8ClampedArray}> {
  const bitmap = await bitmapOf(bytes, name);
  try {
    const {width, height} = bitmap;
    const context = new OffscreenCanvas(width, height).getContext("2d", {willReadFrequently: true})!;
    context.fillStyle = "white";
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0);
    return {width, height, channels: 4, values: context.getImageData(0, 0, width, height).data};
  } finally {
    bitmap.close();
  }
}

/** Width and height as a photo is shown, its orientation honoured. @throws as `decodePixels` */
export async function photoSize(bytes: Uint8Array, name: string): Promise<{readonly width: number; readonly height: number}> {
  const bitmap = await bitmapOf(bytes, name);
  const {width, height} = bitmap;
  bitmap.close();
  return {width, height};
}

async function bitmapOf(bytes: Uint8Array, name: string): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([bytes as BlobPart]), {imageOrientation: "from-image", colorSpaceConversion: "default"});
  } catch (error) {
    throw new Error(`The photo ${name} cannot be decoded: it is damaged, or no picture that this browser knows.`, {cause: error});
  }
}
