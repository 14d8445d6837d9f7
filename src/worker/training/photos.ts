import type {LabelledPhoto} from "../../datasets/dataset.js";
import {openPhoto} from "../../evaluate/measure-photo.js";
import type {DecodePhoto} from "../../evaluate/measure-photo.js";
import type {Photos} from "../../train/learn-from.js";
import {smaller} from "../../train/smaller.js";
import type {PhotoAndMask} from "../../train/smaller.js";

/** Bytes of decoded photos and masks that all lists of a training may keep together. */
export const PHOTO_BUDGET = 256 * 2 ** 20;

/** A photo of a training could not be read. */
export class UnreadablePhoto extends Error {
  /** Its id. */
  readonly photo: string;

  constructor(photo: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), {cause});
    this.name = "UnreadablePhoto";
    this.photo = photo;
  }
}

/** Photos of a list with their ids. */
export interface NamedPhotos extends Photos {
  readonly ids: readonly string[];
}

/** How much may still be kept; lists of one training share it. */
export interface Budget {
  bytes: number;
}

/**
 * The photos of a list as a training reads them, none longer than `longest`. Those that were read first are kept as long as there is room:
 * each comes as often as any other, so it does not matter which.
 *
 * @param classes how many a mask may tell of
 */
export function photosIn(
  items: readonly LabelledPhoto[],
  {
    longest,
    classes,
    decode,
    budget
  }: {readonly longest: number; readonly classes: number; readonly decode: DecodePhoto; readonly budget: Budget}
): NamedPhotos {
  const kept = new Map<number, PhotoAndMask>();
  return {
    count: items.length,
    ids: items.map(({id}) => id),
    async read(index) {
      const known = kept.get(index);
      if (known) return known;
      const item = items[index]!;
      try {
        const {pixels, truth} = await openPhoto(item, decode, classes);
        const found = smaller({photo: pixels, mask: truth}, longest);
        const bytes = found.photo.values.length + found.mask.ids.length;
        if (bytes <= budget.bytes) {
          budget.bytes -= bytes;
          kept.set(index, found);
        }
        return found;
      } catch (error) {
        throw new UnreadablePhoto(item.id, error);
      }
    }
  };
}
