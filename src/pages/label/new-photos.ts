import type {Sample} from "../../data/samples/samples.js";
import {OWN, ownPhoto, rememberedPhoto} from "../../lab/photo-memory.js";
import {exifOrientation} from "../../formats/exif.js";
import {decodeCanvas, fileKind} from "../../media/decode.js";
import {siteUrl} from "../../site.js";
import {LONGEST_SIDE} from "./open-photo.js";
import type {NewPhoto} from "./session.js";

/** Quality of photos that have to be written anew. */
const JPEG_QUALITY = 0.95;
/** What of a file is looked at for how it is turned: more than EXIF's part may take. */
const HEAD = 2 ** 17;

/**
 * A photo as a project keeps it: the file as it is, or, where data sets cannot hold it so, as a new JPEG file. Its labels have its size.
 *
 * @returns and what the reader should know
 * @throws Error with a sentence for the reader where it cannot be decoded
 */
export async function preparePhoto(file: Blob, name: string): Promise<NewPhoto & {readonly notices: readonly string[]}> {
  const {canvas, notices, isReduced} = await decodeCanvas(file, name, {longestSide: LONGEST_SIDE, willReadFrequently: false});
  const {width, height} = canvas;
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const kind = fileKind(head.subarray(0, 256));
  const ending = kind === "a JPEG photo" ? "jpg" : kind === "a PNG image" ? "png" : null;
  // Labels lie on the photo as it is seen; many programs that read data sets do not turn photos.
  const isTurned = exifOrientation(head) > 1;
  if (ending && !isReduced && !isTurned) return {name, width, height, ending, file, notices};
  const written = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
  if (!written) throw new Error(`"${name}" is too large for this browser.`);
  return {name, width, height, ending: "jpg", file: written, notices};
}

/** @throws Error with a sentence where it cannot be fetched */
export async function sampleFile(samples: readonly Sample[], id: string): Promise<{readonly file: Blob; readonly name: string}> {
  const {file: name} = samples.find((sample) => sample.id === id) ?? samples[0]!;
  const response = await fetch(siteUrl(`data/samples/${name}`)).catch(() => null);
  if (!response?.ok) throw new Error(`The sample ${name} could not be fetched.`);
  return {file: await response.blob(), name};
}

/** The photo that the reader works with on the other pages; a sample where that is none of their own. */
export async function photoToBeginWith(samples: readonly Sample[]): Promise<{readonly file: Blob; readonly name: string}> {
  const {sample = "", own = ""} = rememberedPhoto();
  const kept = sample === OWN ? await ownPhoto(own) : null;
  return kept ? {file: kept.blob, name: kept.name} : sampleFile(samples, sample);
}
