/** The long side of VOC's photos, in whose pixels widths are stated. */
export const STATED_SIDE = 500;

export const CRF_GRIDS = ["logits", "photo"] as const;
/** What the CRF labels: the cells of the logits that the photo covers, or the photo's pixels, as many as its long side may have. */
export type CrfGrid = (typeof CRF_GRIDS)[number];

/**
 * A fully connected CRF as DeepLab v1 and v2 have it (v2, section 3.3): its pairwise terms are two Gaussian kernels with Potts
 * compatibility. Widths are standard deviations; those of positions are in pixels of a photo whose long side is 500 pixels, as the photos
 * of VOC are, and grow with larger ones.
 */
export interface CrfOptions {
  /** Of mean field inference. */
  readonly iterations: number;
  /** Pixels near by with like colours tend to one class: w1, σα and σβ, colours from 0 to 255. */
  readonly bilateral: {readonly weight: number; readonly position: number; readonly colour: number};
  /** Pixels close by tend to one class, whatever their colours: w2 and σγ. */
  readonly smoothness: {readonly weight: number; readonly position: number};
  readonly grid: CrfGrid;
  /** A photo with a longer side than so many pixels has as many cells as one of this size. */
  readonly longestSide: number;
}

/**
 * What `run_densecrf.sh` of v1's release has for DeepLab on VGG-16. Both papers fix 10 iterations, w2 = 3 and σγ = 3, and look for the
 * rest by cross-validation, model by model: v1 for w1 among 5 and 10, σα from 50 to 100, σβ from 3 to 10; v2 for w1 from 3 to 6, σα from
 * 30 to 100, σβ from 3 to 6.
 */
export const RELEASED_CRF: CrfOptions = {
  iterations: 10,
  bilateral: {weight: 5, position: 50, colour: 3},
  smoothness: {weight: 3, position: 3},
  grid: "photo",
  longestSide: STATED_SIDE
};
