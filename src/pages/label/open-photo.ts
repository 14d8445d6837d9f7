import type {Box} from "../../drawing/canvas.js";
import {historyOf} from "../../drawing/history.js";
import type {History} from "../../drawing/history.js";
import type {Photo} from "../../engine/photo.js";
import {IGNORE} from "../../formats/mask-picture.js";
import type {LabelStore} from "../../labelling/label-store.js";
import {keptMask} from "../../labelling/mask-file.js";
import type {Project, ProjectPhoto} from "../../labelling/project.js";
import {decodeCanvas} from "../../media/decode.js";
import {scaledPhoto} from "../../media/label-view.js";

/** Longest side of a photo that is labelled, in pixels; browsers of phones draw no larger ones. */
export const LONGEST_SIDE = 4096;

/** The labels of a photo, with all strokes since the page was opened. */
export interface Labels {
  readonly history: History;
  /** Tells that labels have changed. */
  touch(part: Box): void;
  /** Their file as they are now; null where nothing is decided. */
  file(): Blob | null;
}

/** A photo at which the reader is at work. */
export interface OpenPhoto extends Labels {
  readonly photo: ProjectPhoto;
  readonly paint: ReturnType<typeof scaledPhoto>;
  /** Its pixels, which are read once they are asked for. */
  pixels(): Photo;
}

/** @throws Error with a sentence for the reader where the labels that are kept cannot be read */
export async function readLabels(store: LabelStore, project: Project, photo: ProjectPhoto): Promise<Labels> {
  const {width, height} = photo;
  const mask = (await store.mask(project, photo)) ?? {width, height, ids: new Uint8Array(width * height).fill(IGNORE)};
  if (mask.width !== width || mask.height !== height)
    throw new Error(`The labels that are kept of ${photo.id} are of another photo's size.`);
  const kept = keptMask(mask);
  return {history: historyOf(mask), touch: ({top, bottom}) => kept.touch(top, bottom), file: () => kept.file()};
}

/** @throws Error with a sentence for the reader where the photo is gone */
export async function openPhoto(store: LabelStore, project: Project, photo: ProjectPhoto, labels: Labels): Promise<OpenPhoto> {
  const {canvas} = await decodeCanvas(await store.photo(project, photo), photo.id, {longestSide: LONGEST_SIDE, willReadFrequently: false});
  const {width, height} = canvas;
  let pixels: Photo | null = null;
  return {
    ...labels,
    photo,
    paint: scaledPhoto(canvas),
    pixels: () => (pixels ??= {width, height, rgba: canvas.getContext("2d")!.getImageData(0, 0, width, height).data})
  };
}
