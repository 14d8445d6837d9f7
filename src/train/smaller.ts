import type {Pixels} from "../engine/photo-input.js";
import type {Mask} from "../formats/mask-picture.js";

/** A photo with its labels, of one size. */
export interface PhotoAndMask {
  readonly photo: Pixels;
  readonly mask: Mask;
}

/**
 * A photo and its labels with no side longer than `longest`, red, green and blue alone: each pixel of the photo is the mean of those under
 * it, each label that under its middle.
 */
export function smaller({photo, mask}: PhotoAndMask, longest: number): PhotoAndMask {
  const scale = Math.min(1, longest / Math.max(photo.width, photo.height));
  const size = {width: Math.max(1, Math.round(photo.width * scale)), height: Math.max(1, Math.round(photo.height * scale))};
  return {photo: {...size, channels: 3, values: means(photo, size)}, mask: scale === 1 ? mask : nearest(mask, size)};
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function means({width, height, channels, values}: Pixels, size: Size): Uint8Array {
  // Along rows first, then down columns.
  const across = new Float32Array(height * size.width * 3);
  weigh(size.width, width, (to, from, share) => {
    for (let y = 0; y < height; y++) {
      for (let c = 0; c < 3; c++) across[(y * size.width + to) * 3 + c]! += share * values[(y * width + from) * channels + c]!;
    }
  });
  const found = new Float32Array(size.height * size.width * 3);
  const row = size.width * 3;
  weigh(size.height, height, (to, from, share) => {
    for (let i = 0; i < row; i++) found[to * row + i]! += share * across[from * row + i]!;
  });
  return Uint8Array.from(found, Math.round);
}

/** How much of each of `many` cells lies in each of `few` that cover the same length. */
function weigh(few: number, many: number, each: (to: number, from: number, share: number) => void): void {
  const step = many / few;
  for (let to = 0; to < few; to++) {
    const [start, end] = [to * step, (to + 1) * step];
    for (let from = Math.floor(start); from < Math.min(many, Math.ceil(end)); from++) {
      each(to, from, (Math.min(from + 1, end) - Math.max(from, start)) / step);
    }
  }
}

function nearest({width, height, ids}: Mask, size: Size): Mask {
  const found = new Uint8Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    const row = Math.floor(((y + 0.5) * height) / size.height) * width;
    for (let x = 0; x < size.width; x++) found[y * size.width + x] = ids[row + Math.floor(((x + 0.5) * width) / size.width)]!;
  }
  return {...size, ids: found};
}
