import {applyEdit} from "../engine/photo-edits/effects.js";
import type {Edit, Size} from "../engine/photo-edits/edit.js";
import type {DecodedPhoto} from "./decode.js";

/** Makes changed copies of photos. */
export type PhotoEditor = (photo: DecodedPhoto, edits: readonly Edit[]) => DecodedPhoto;

/**
 * An editor for a list of edits whose last one is dragged: it keeps what all but the last made of the photo, so that
 * only the last is done anew, and nothing for a list that it was given last.
 */
export function photoEditor(): PhotoEditor {
  let kept: {readonly photo: DecodedPhoto; readonly edits: readonly Edit[]; readonly rgba: Uint8ClampedArray} | null = null;
  let last: {readonly photo: DecodedPhoto; readonly edits: readonly Edit[]; readonly changed: DecodedPhoto} | null = null;
  return (photo, edits) => {
    if (edits.length === 0) return photo;
    if (last?.photo === photo && last.edits === edits) return last.changed;
    const settled = edits.slice(0, -1);
    if (kept?.photo !== photo || kept.edits.length !== settled.length || kept.edits.some((edit, i) => edit !== settled[i])) {
      kept = {photo, edits: settled, rgba: editedPixels(photo.rgba, photo, settled)};
    }
    last = {photo, edits, changed: withPixels(photo, editedPixels(kept.rgba, photo, edits.slice(-1)))};
    return last.changed;
  };
}

/** A changed copy of a photo; without edits it is the photo itself, which stays as it was in any case. */
export function applyEdits(photo: DecodedPhoto, edits: readonly Edit[]): DecodedPhoto {
  return edits.length === 0 ? photo : withPixels(photo, editedPixels(photo.rgba, photo, edits));
}

function editedPixels(rgba: Uint8ClampedArray, size: Size, edits: readonly Edit[]): Uint8ClampedArray<ArrayBuffer> {
  const copy = new Uint8ClampedArray(rgba);
  for (const edit of edits) applyEdit(copy, size, edit);
  return copy;
}

function withPixels(photo: DecodedPhoto, rgba: Uint8ClampedArray<ArrayBuffer>): DecodedPhoto {
  const {width, height} = photo;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d", {willReadFrequently: true})!.putImageData(new ImageData(rgba, width, height), 0, 0);
  return {...photo, rgba, canvas};
}
