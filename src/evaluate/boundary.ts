import {confusionMatrix, mean, metrics} from "../engine/labels/metrics.js";
import type {ConfusionMatrix} from "../engine/labels/metrics.js";
import {IGNORE} from "../formats/mask-picture.js";
import type {Mask} from "../formats/mask-picture.js";
import {distancesToOthers, distancesToOutlines} from "./outline-distance.js";

/**
 * How good a model's outlines are, by two measures that plain mIoU, most of whose pixels lie inside, hardly shows: mIoU in bands
 * along the true outlines (the trimaps of DeepLab v3+, section 4.4) and Boundary IoU (Cheng et al. 2021). As with mIoU the pixels
 * of all photos are counted together.
 */

/** Pixels on either side of the outlines. */
export const BAND_WIDTHS = [1, 3, 5, 10, 20] as const;

/** Of each distance from the outlines, as far as the widest band goes, the narrowest band that it is in, by index. */
const BAND_OF = Array.from({length: BAND_WIDTHS.at(-1)! + 1}, (_, distance) => BAND_WIDTHS.findIndex((width) => distance <= width));

/** How far inside a class's outline Boundary IoU looks: a share of the photo's diagonal, or pixels. */
export type BoundaryDistance = {readonly share: number} | {readonly pixels: number};

/** The share of Cheng et al. */
export const BOUNDARY_DISTANCE: BoundaryDistance = {share: 0.02};

/** Counts of the pixels along outlines. */
export interface BoundaryCounts {
  readonly classes: number;
  /** One for each width of `BAND_WIDTHS`: the pixels in its band that are in no narrower one. */
  readonly rings: readonly ConfusionMatrix[];
  /** Pixels near their class's outline; those that are not stand under a class more, the last. */
  readonly edges: ConfusionMatrix;
}

/** All measures lie between 0 and 1; null where no pixel was counted. */
export interface BoundaryMetrics {
  readonly bands: readonly Band[];
  /** Mean Boundary IoU over the classes that occur in the labels. */
  readonly meanIoUOfLabelled: number | null;
  /** Boundary IoU of each class; null where neither labels nor predictions have the class. */
  readonly perClass: readonly (number | null)[];
}

export interface Band {
  /** Pixels on either side of the outlines. */
  readonly width: number;
  /** Pixels counted in the band. */
  readonly pixels: number;
  /** Mean IoU in the band over the classes that its labels hold. */
  readonly meanIoUOfLabelled: number | null;
}

/** Nothing counted yet. @throws RangeError when `classes` is not a whole number from 1 to 254 */
export function boundaryCounts(classes: number): BoundaryCounts {
  return {classes, rings: BAND_WIDTHS.map(() => confusionMatrix(classes)), edges: confusionMatrix(classes + 1)};
}

/**
 * Adds one label map and its prediction, in place. Pixels whose label is not one of the classes never count, and belong to no
 * class in the prediction either: whatever was predicted there, a class's outline stands where the labels leave it open.
 *
 * @param predictions class ids, one a pixel, each below `classes`
 */
export function countBoundaries(
  {classes, rings, edges}: BoundaryCounts,
  truth: Mask,
  predictions: ArrayLike<number>,
  distance: BoundaryDistance
): void {
  const {width, height, ids} = truth;
  const predicted = ids.map((id, i) => (id < classes ? predictions[i]! : IGNORE));
  const toOutline = distancesToOutlines(truth, classes);
  const toOther = distancesToOthers(truth);
  const toOtherPredicted = distancesToOthers({width, height, ids: predicted});
  const reach = "pixels" in distance ? distance.pixels : Math.max(1, Math.round(distance.share * Math.hypot(width, height)));
  ids.forEach((id, i) => {
    if (id >= classes) return;
    const guess = predicted[i]!;
    const ring = rings[BAND_OF[toOutline[i]!] ?? rings.length];
    if (ring) ring.counts[id * classes + guess]!++;
    const edge = toOther[i]! <= reach ? id : classes;
    const guessedEdge = toOtherPredicted[i]! <= reach ? guess : classes;
    edges.counts[edge * edges.classes + guessedEdge]!++;
  });
}

/** Both measures of what was counted. */
export function boundaryMetrics({classes, rings, edges}: BoundaryCounts): BoundaryMetrics {
  const band = confusionMatrix(classes);
  const perClass = metrics(edges).perClass.slice(0, classes);
  return {
    bands: rings.map(({counts}, index) => {
      counts.forEach((count, i) => (band.counts[i]! += count));
      const {pixels, meanIoUOfLabelled} = metrics(band);
      return {width: BAND_WIDTHS[index]!, pixels, meanIoUOfLabelled};
    }),
    meanIoUOfLabelled: mean(perClass.map(({iou, truePixels}) => (truePixels > 0 ? iou : null))),
    perClass: perClass.map(({iou}) => iou)
  };
}
