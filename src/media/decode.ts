import type {Photo} from "../engine/photo.js";
import {checkPictureSize, pictureSize} from "../formats/picture-size.js";

/** A photo as the pages use it. */
export interface DecodedPhoto extends Photo {
  readonly name: string;
  /** The same pixels, to draw from. */
  readonly canvas: HTMLCanvasElement;
  /** What the reader should know: that it was reduced, that it is animated, ... */
  readonly notices: readonly string[];
}

/** Longest side of a photo as it is worked with; a larger one is reduced first. */
export const LONGEST_SIDE = 2048;

/** Within them a photo says its size, behind what a camera writes before it. */
const HEAD_BYTES = 2 ** 18;

/** Formats that are told apart from their first bytes. */
const SIGNATURES: readonly (readonly [name: string, test: (head: string) => boolean])[] = [
  ["a PNG image", (head) => head.startsWith("\x89PNG")],
  ["a JPEG photo", (head) => head.startsWith("\xff\xd8\xff")],
  ["a GIF image", (head) => head.startsWith("GIF8")],
  ["a WebP image", (head) => head.startsWith("RIFF") && head.slice(8, 12) === "WEBP"],
  ["an AVIF image", (head) => /^....ftypavi[fs]/s.test(head)],
  ["a HEIC photo", (head) => /^....ftyp(hei|hev|mif1|msf1)/s.test(head)],
  ["a TIFF image", (head) => head.startsWith("II*\0") || head.startsWith("MM\0*")],
  ["a PDF document", (head) => head.startsWith("%PDF")],
  ["an SVG drawing", (head) => /<svg/i.test(head)],
  ["a video", (head) => /^....ftyp/s.test(head) || head.startsWith("\x1aE\xdf\xa3")]
];

/**
 * Decodes an image file: upright by its EXIF orientation, over white where it is transparent, its first picture where
 * it is animated, at most 2048 pixels on its long side.
 *
 * @throws Error with a sentence that names the file, what it is and what to do
 */
export async function decodePhoto(blob: Blob, name: string): Promise<DecodedPhoto> {
  const {canvas, notices} = await decodeCanvas(blob, name, {longestSide: LONGEST_SIDE, willReadFrequently: true});
  const {width, height} = canvas;
  return {name, width, height, rgba: canvas.getContext("2d")!.getImageData(0, 0, width, height).data, canvas, notices};
}

/**
 * The same as a canvas to draw from, whose pixels are not read yet.
 *
 * @param options.longestSide of it, in pixels; a larger photo is reduced
 * @throws as `decodePhoto`
 */
export async function decodeCanvas(
  blob: Blob,
  name: string,
  {longestSide, willReadFrequently}: {readonly longestSide: number; readonly willReadFrequently: boolean}
): Promise<Pick<DecodedPhoto, "canvas" | "notices"> & {readonly isReduced: boolean}> {
  const bitmap = await bitmapOf(blob, name);
  try {
    const {width, height} = reducedSize(bitmap.width, bitmap.height, longestSide);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d", {willReadFrequently})!;
    context.fillStyle = "white";
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, width, height);
    const notices = [];
    const isReduced = width !== bitmap.width || height !== bitmap.height;
    if (isReduced) notices.push(`Reduced from ${bitmap.width} × ${bitmap.height} to ${width} × ${height} pixels.`);
    if (await isAnimated(blob)) notices.push("An animation: its first picture is used.");
    return {canvas, notices, isReduced};
  } finally {
    bitmap.close();
  }
}

/**
 * An image file as a bitmap, upright, which the caller closes.
 *
 * @throws as `decodePhoto`
 */
export async function bitmapOf(blob: Blob, name: string): Promise<ImageBitmap> {
  if (blob.size === 0) throw new Error(`"${name}" is empty. Choose another image.`);
  const size = pictureSize(new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer()));
  if (size) checkPictureSize(size, `"${name}"`);
  try {
    return await createImageBitmap(blob, {imageOrientation: "from-image", colorSpaceConversion: "default"});
  } catch {
    throw new Error(await whyNot(blob, name));
  }
}

/** Size with the long side at most 2048 pixels, or another number of them, the aspect kept, no side below 1. */
export function reducedSize(width: number, height: number, longestSide = LONGEST_SIDE): {width: number; height: number} {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  return {width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale))};
}

/** What a file seems to be, from its first bytes; null where they say nothing. */
export function fileKind(head: Uint8Array): string | null {
  const text = String.fromCharCode(...head);
  return SIGNATURES.find(([, test]) => test(text))?.[0] ?? null;
}

async function whyNot(blob: Blob, name: string): Promise<string> {
  const kind = fileKind(new Uint8Array(await blob.slice(0, 256).arrayBuffer()));
  if (!kind) return `"${name}" is not an image that this browser knows. Choose a JPEG, PNG, WebP, GIF or AVIF file.`;
  if (/PNG|JPEG|GIF|WebP/.test(kind)) return `"${name}" is ${kind}, but it is damaged or too large to decode. Choose another copy of it.`;
  return `"${name}" is ${kind}, which this browser cannot decode as a photo. Save it as JPEG or PNG and choose that.`;
}

/** Whether a file has more than one picture; false where the browser cannot tell. */
async function isAnimated(blob: Blob): Promise<boolean> {
  if (typeof ImageDecoder === "undefined" || !/gif|webp|png|avif/.test(blob.type)) return false;
  try {
    const decoder = new ImageDecoder({data: await blob.arrayBuffer(), type: blob.type});
    await decoder.tracks.ready;
    // The frame count is final only when all bytes are in.
    await decoder.completed;
    const {animated = false} = decoder.tracks.selectedTrack ?? {};
    decoder.close();
    return animated;
  } catch {
    return false;
  }
}
