import * as tf from "@tensorflow/tfjs-core";
import {MINIMUM_SIDE} from "./plan.js";

/** How a photo lies in the network's input: resized with its aspect kept, at the top left, the rest padding. */
export interface Fit {
  /** Size of the resized photo in pixels. */
  readonly resizedHeight: number;
  readonly resizedWidth: number;
  /** Size of the network's input: the next of the form 16k+1, so that corners stay aligned at every stride. */
  readonly height: number;
  readonly width: number;
}

export const PHOTO_PADDINGS = ["square", "tight"] as const;
/**
 * What stands beside a photo that is not square: mid grey up to a square, as the release was trained and evaluated,
 * or only up to the next size of the form 16k+1. Image pooling sees the padding, so the figures differ.
 */
export type PhotoPadding = (typeof PHOTO_PADDINGS)[number];

/** Sides of the form 16k+1 keep the corners of input and features aligned at output stride 8 and 16. */
const ALIGNMENT = 16;

/**
 * Where a photo of this size goes when its long side is brought to `longSide` pixels.
 *
 * @param longSide in pixels; null keeps the photo's own size
 * @throws RangeError when a size is not a whole number of at least 1
 */
export function fitInput(height: number, width: number, longSide: number | null, padding: PhotoPadding = "tight"): Fit {
  for (const value of [height, width, longSide ?? 1]) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`A size must be a whole number of pixels from 1 up; this one is ${value}.`);
  }
  const scale = longSide === null ? 1 : longSide / Math.max(height, width);
  const resizedHeight = Math.max(1, Math.round(height * scale));
  const resizedWidth = Math.max(1, Math.round(width * scale));
  const tight = {height: alignedSide(resizedHeight), width: alignedSide(resizedWidth)};
  const side = Math.max(tight.height, tight.width);
  return {resizedHeight, resizedWidth, ...(padding === "square" ? {height: side, width: side} : tight)};
}

function alignedSide(side: number): number {
  return Math.max(MINIMUM_SIDE, Math.ceil((side - 1) / ALIGNMENT) * ALIGNMENT + 1);
}

/** Pixels as a tensor [1, height, width, channels], values 0-255. The caller disposes it. */
export function pixelsToTensor(pixels: Uint8Array | Uint8ClampedArray, height: number, width: number, channels: 3 | 4): tf.Tensor4D {
  return tf.tensor4d(pixels as Uint8Array, [1, height, width, channels], "float32");
}

/** How often a photo is halved by averaging before it is resized: as long as it is twice too large or more. */
export function halvings(height: number, width: number, fit: Pick<Fit, "resizedHeight" | "resizedWidth">): number {
  const isTwice = height >= 2 * fit.resizedHeight && width >= 2 * fit.resizedWidth;
  return isTwice ? 1 + halvings(Math.ceil(height / 2), Math.ceil(width / 2), fit) : 0;
}
