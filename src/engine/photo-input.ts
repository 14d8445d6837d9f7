import * as tf from "@tensorflow/tfjs-core";
import {halvings, preprocess} from "./preprocess.js";
import type {Fit} from "./preprocess.js";

/** Rows of pixels, from the top. */
export interface Pixels {
  readonly height: number;
  readonly width: number;
  /** RGB or RGBA, 8 bits. */
  readonly channels: 3 | 4;
  readonly values: Uint8Array | Uint8ClampedArray;
}

/** Red, green and blue of each pixel, 0-255, no alpha. */
interface Colours {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

/**
 * The network's input from a photo: what `preprocess` makes of all its pixels, to the bit, but with the large photo
 * kept in bytes. The halvings are done here, on the way to floats: means of four bytes, and of four such means, are
 * exact in 32 bits in whatever order they are added.
 *
 * @returns [1, fit.height, fit.width, 3], values in [-1, 1]; the caller disposes it
 */
export function photoInput(photo: Pixels, fit: Fit): tf.Tensor4D {
  const {height, width, values} = reduced(photo, halvings(photo.height, photo.width, fit));
  return tf.tidy(() => preprocess(tf.tensor4d(values, [1, height, width, 3]), fit));
}

function reduced(photo: Pixels, times: number): Colours {
  if (times === 0) return colours(photo);
  let image = halved(photo);
  for (let left = times - 1; left > 0; left--) image = halved({...image, channels: 3});
  return image;
}

function colours({height, width, channels, values}: Pixels): Colours {
  const found = new Float32Array(height * width * 3);
  for (let from = 0, to = 0; to < found.length; from += channels, to += 3) {
    found[to] = values[from]!;
    found[to + 1] = values[from + 1]!;
    found[to + 2] = values[from + 2]!;
  }
  return {height, width, values: found};
}

/** Half as large, each value the mean of the up to four under it: an odd side's last has only itself beside it. */
function halved({height, width, channels, values}: Omit<Pixels, "values"> & {readonly values: ArrayLike<number>}): Colours {
  const half = {height: Math.ceil(height / 2), width: Math.ceil(width / 2)};
  const found = new Float32Array(half.height * half.width * 3);
  let to = 0;
  for (let y = 0; y < height; y += 2) {
    const row = y * width;
    // Counting the last twice leaves its mean what it is.
    const below = Math.min(y + 1, height - 1) * width;
    for (let x = 0; x < width; x += 2, to += 3) {
      const beside = Math.min(x + 1, width - 1);
      const [a, b, c, d] = [(row + x) * channels, (row + beside) * channels, (below + x) * channels, (below + beside) * channels];
      for (let channel = 0; channel < 3; channel++) {
        found[to + channel] = (values[a + channel]! + values[b + channel]! + values[c + channel]! + values[d + channel]!) / 4;
      }
    }
  }
  return {...half, values: found};
}
