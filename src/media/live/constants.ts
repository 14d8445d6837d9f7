/** What the renderers have in common; src/engine/live-logits.ts has what labelling shares. */

/** Difference of logits over which a border fades. */
export const BORDER = 0.7;
/** The blurred background is this many times smaller than the frame. */
export const BLUR_SCALE = 4;
/** Pixels of the smaller background that the blur reaches each way, and its standard deviation. */
export const BLUR_REACH = 12;
export const BLUR_WIDTH = 5;
/** Grey of what the mask leaves out, 0-1. */
export const NOTHING = 0.5;
/** Brightness that is left of what stands around an isolated class. */
export const DIMMED = 0.35;

/** A number as shading languages write one that is not an integer. */
export function real(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
