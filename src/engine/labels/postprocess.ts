import * as tf from "@tensorflow/tfjs-core";
import type {Fit} from "../preprocess.js";

/** Share of the logits' extent, from the first cell to the last, that the photo covers; the rest is padding. */
export interface Covered {
  readonly height: number;
  readonly width: number;
}

/** What the photo covers of the network's input, and so of its corner-aligned logits: shares in (0, 1]. */
export function covered({resizedHeight, resizedWidth, height, width}: Fit): Covered {
  return {height: (resizedHeight - 1) / (height - 1), width: (resizedWidth - 1) / (width - 1)};
}

/** Largest number of upsampled logits held at once; a larger map is made in bands of rows. */
const BAND_VALUES = 8_000_000;

/** Some rows of the photo, which has this size. */
export interface Band {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly height: number;
  readonly width: number;
}

/** The rows of a photo in bands, from the top, so small that upsampled values of all classes fit into memory. */
export function bandsOf(height: number, width: number, classes: number): Band[] {
  const rows = Math.max(1, Math.floor(BAND_VALUES / (width * classes)));
  const count = Math.ceil(height / rows);
  return Array.from({length: count}, (_, i) => ({from: i * rows, to: Math.min(height, (i + 1) * rows), height, width}));
}

/**
 * The label map: logits upsampled bilinearly with aligned corners to the photo's size, then argmax.
 * Large photos are done in bands, so that memory stays bounded.
 *
 * @param logits [1, h, w, classes]
 * @param extent what the photo covers of the logits
 * @returns [height, width], int32 class ids; the caller disposes it
 */
export function labelMap(logits: tf.Tensor4D, extent: Covered, height: number, width: number): tf.Tensor2D {
  return largestInBands((band) => upsampleBand(logits, extent, band), bandsOf(height, width, logits.shape[3]));
}

/** The class with the largest value at each pixel. @param valuesOf makes [1, rows, width, classes] of a band's rows */
export function largestInBands(valuesOf: (band: Band) => tf.Tensor4D, bands: readonly Band[]): tf.Tensor2D {
  return tf.tidy(() => {
    const found = bands.map((band) =>
      tf.tidy(() => tf.reshape<tf.Rank.R2>(tf.argMax(valuesOf(band), 3), [band.to - band.from, band.width]))
    );
    return found.length === 1 ? found[0]! : tf.concat(found, 0);
  });
}

/**
 * Logits at the photo's size. For figures; `labelMap` does not need it.
 *
 * @returns [1, height, width, classes]; the caller disposes it
 */
export function upsampleLogits(logits: tf.Tensor4D, extent: Covered, height: number, width: number): tf.Tensor4D {
  return tf.tidy(() => upsampleBand(logits, extent, {from: 0, to: height, height, width}));
}

/** The same for some rows of the photo. */
export function upsampleBand(logits: tf.Tensor4D, extent: Covered, {from, to, height, width}: Band): tf.Tensor4D {
  if (from === 0 && to === height && extent.height === 1 && extent.width === 1) {
    return tf.image.resizeBilinear(logits, [height, width], true);
  }
  const row = (y: number) => (height > 1 ? (y / (height - 1)) * extent.height : 0);
  // A box that ends on the last cell could round to just outside, where cropAndResize fills with zeros:
  // end it a few units of float32 precision before.
  const inside = (share: number) => Math.min(share, 1 - 3e-7);
  const box = [row(from), 0, inside(row(to - 1)), inside(extent.width)];
  return tf.image.cropAndResize(logits, [box as [number, number, number, number]], [0], [to - from, width], "bilinear");
}
