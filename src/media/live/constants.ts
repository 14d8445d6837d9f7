/** What the drawing programs of every renderer have in common. Colours are 0-1. */

/** Samples of the frame along each side of a cell of the logits, for the cell's mean colour. */
export const GUIDE_SAMPLES = 5;
/** Change of colour that noise makes where the picture stands still, and the change from which nothing is kept. */
export const STILL = 0.03;
export const MOVED = 0.12;
/** Difference of logits over which a border fades. */
export const BORDER = 0.7;
/** How near a cell must be to count along edges, in cells, and how alike its colour. */
export const NEAR = 0.8;
export const ALIKE = 0.1;
/** The blurred background is this many times smaller than the frame. */
export const BLUR_SCALE = 4;
/** Pixels of the smaller background that the blur reaches each way, and its standard deviation. */
export const BLUR_REACH = 12;
export const BLUR_WIDTH = 5;
/** Grey of what the mask leaves out. */
export const NOTHING = 0.5;
/** Brightness that is left of what stands around an isolated class. */
export const DIMMED = 0.35;

/** A number as shading languages write one that is not an integer. */
export function real(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
