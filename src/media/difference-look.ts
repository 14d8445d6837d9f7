import type {Photo} from "../engine/photo.js";
import type {Palette} from "../formats/label-colours.js";

/** Grey of pixels that nothing is known of. */
const UNLABELLED = 140;
/** How much of the photo is left where it is right. */
const LEFT = 0.3;

/**
 * Where a prediction is wrong, as RGBA bytes: there the colour of what was predicted, elsewhere the photo in pale grey, mid grey where
 * nothing is labelled.
 *
 * @param truth,labels one class id a pixel of the photo; true ids that are no class do not count
 */
export function differenceColours(
  {rgba}: Pick<Photo, "rgba">,
  truth: Uint8Array,
  labels: Uint8Array,
  palette: Palette
): Uint8ClampedArray<ArrayBuffer> {
  const found = new Uint8ClampedArray(rgba.length).fill(255);
  for (let i = 0, at = 0; i < truth.length; i++, at += 4) {
    const label = labels[i]!;
    if (truth[i]! >= palette.length) found.fill(UNLABELLED, at, at + 3);
    else if (truth[i] === label) {
      const grey = 0.299 * rgba[at]! + 0.587 * rgba[at + 1]! + 0.114 * rgba[at + 2]!;
      found.fill(255 - LEFT * (255 - grey), at, at + 3);
    } else found.set(palette[label]!, at);
  }
  return found;
}
