/* Plain data: a page asks for it without TensorFlow.js. */

/**
 * Several passes of a network over one photo, whose probabilities are averaged (`labels/averaged.ts`): at several scales, and on the
 * mirrored photo. So the release is evaluated (`eval_scales` and `add_flipped_images`).
 */
export interface Averaging {
  /** Factors of the input size; 1 for the size itself. */
  readonly scales: readonly number[];
  /** Whether the mirrored photo is run as well, at each scale. */
  readonly flip: boolean;
}

/** The photo once, as it is. */
export const ONE_PASS: Averaging = {scales: [1], flip: false};

/** Largest factor of the input size: at 513 pixels a side of 2049. */
export const LARGEST_SCALE = 4;

/** How many passes an averaging takes. */
export function passCount({scales, flip}: Averaging): number {
  return scales.length * (flip ? 2 : 1);
}

/**
 * Whether these can be averaged over: at least one, each above 0 and at most `LARGEST_SCALE`, none twice, which would count for two.
 */
export function areScales(scales: readonly number[]): boolean {
  return scales.length > 0 && new Set(scales).size === scales.length && scales.every((scale) => scale > 0 && scale <= LARGEST_SCALE);
}
