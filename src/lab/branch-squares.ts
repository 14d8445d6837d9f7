import {branchTaps} from "../engine/aspp.js";
import type {RunningBranch} from "../engine/head.js";
import type {Segmentation} from "../worker/protocol.js";
import {pixelsPerCell, toCells, toPixels} from "./photo-geometry.js";
import type {PhotoPoint} from "./photo-geometry.js";

/** A tap of a branch as a square of the photo, as large as one feature cell. */
export interface TapSquare {
  /** Top left corner and side in pixels of the photo; it may lie outside. */
  readonly row: number;
  readonly column: number;
  readonly size: number;
  /** Whether it lies on the feature map; outside it reads zero. */
  readonly inside: boolean;
}

type Result = Pick<Segmentation, "width" | "height" | "covered" | "plan">;

/** Where a branch of ASPP looks for a point of the photo: none for image pooling, which looks everywhere. */
export function tapSquares(branch: RunningBranch, result: Result, point: PhotoPoint): TapSquare[] {
  const {plan} = result;
  const features = {height: plan.featureHeight, width: plan.featureWidth};
  const size = pixelsPerCell(result, features);
  const {row, column} = toCells(result, features, point);
  return branchTaps(branch, plan, Math.round(row), Math.round(column)).map((tap) => {
    const middle = toPixels(result, features, tap);
    return {row: middle.row - size / 2, column: middle.column - size / 2, size, inside: tap.inside};
  });
}

/** What a branch sees, in words. */
export function fieldInWords({kind, rate}: RunningBranch, taps: readonly {readonly inside: boolean}[]): string {
  if (kind === "image_pooling") return "the whole photo";
  if (kind === "conv_1x1") return "one cell";
  return `${2 * rate + 1} cells wide, ${taps.filter(({inside}) => inside).length} of ${taps.length} taps on the map`;
}
