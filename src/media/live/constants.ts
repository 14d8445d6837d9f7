/** What every renderer draws alike; src/engine/labels/live-logits.ts has what labelling shares, and stages/ what the GPU's programs do. */

/** Grey of what the mask leaves out, 0-1. */
export const NOTHING = 0.5;
/** Brightness that is left of what stands around an isolated class. */
export const DIMMED = 0.35;
