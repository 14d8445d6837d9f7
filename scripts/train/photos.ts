import sharp from "sharp";
import type {Split} from "../../src/datasets/dataset.js";
import {openPhoto} from "../../src/evaluate/measure-photo.js";
import type {Mask} from "../../src/formats/mask-picture.js";
import type {Photos} from "../../src/train/learn-from.js";
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
      const {pixels, truth: mask} = await openPhoto(items[index]!, decodePixels, classes);
      const {width, height} = pixels;
      const scale = Math.min(1, longest / Math.max(width, height));
      if (scale === 1) return {photo: pixels, mask};
      const size = {width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale))};
      const raw = {width, height, channels: pixels.channels};
      const values = await sharp(pixels.values, {raw})
        .resize({...size, fit: "fill"})
        .raw()
        .toBuffer();
      return {photo: {...size, channels: pixels.channels, values}, mask: smaller(mask, size)};
    }
  };
}

/** Each pixel that under its middle. */
function smaller({width, height, ids}: Mask, size: {readonly width: number; readonly height: number}): Mask {
  const found = new Uint8Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    const row = Math.floor(((y + 0.5) * height) / size.height) * width;
    for (let x = 0; x < size.width; x++) found[y * size.width + x] = ids[row + Math.floor(((x + 0.5) * width) / size.width)]!;
  }
  return {...size, ids: found};
}
