import type {Split} from "../../src/datasets/dataset.js";
import {openPhoto} from "../../src/evaluate/measure-photo.js";
import type {Photos} from "../../src/train/learn-from.js";
import {smaller} from "../../src/train/smaller.js";
import {decodePixels} from "../evaluate/photo.js";

/**
 * The photos of a split as a training reads them, those with a longer side than `longest` made smaller.
 *
 * @param classes how many a mask may tell of
 */
export function photosOf({items}: Split, longest: number, classes: number): Photos {
  return {
    count: items.length,
    async read(index) {
      const {pixels, truth} = await openPhoto(items[index]!, decodePixels, classes);
      return smaller({photo: pixels, mask: truth}, longest);
    }
  };
}
