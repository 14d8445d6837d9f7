import {OUTPUT_STRIDES} from "../../../engine/plan.js";
import {UNITS} from "../../../engine/teaching/residual-units.js";
import {flag, oneOf, range, text} from "../../../lab/state.js";

/** Factors for the three units of block 4; all but the last are those that DeepLab v3 compares (table 3). */
export const MULTI_GRIDS = ["1,1,1", "1,2,1", "1,2,3", "1,2,4", "2,2,2", "1,4,8"] as const;

/** Percent of the branch's last weights at which both the branch and the skip can be seen. */
export const USUAL_BRANCH = 30;

export const RESIDUAL_TABLE = {
  unit: oneOf("unit", UNITS, "bottleneck"),
  channels: range("channels", 8, 256, 64),
  size: range("size", 9, 65, 33),
  rate: range("rate", 1, 8, 2),
  skip: flag("skip", true),
  /** Percent of the branch's last convolution. */
  branch: range("branch", 0, 100, USUAL_BRANCH),
  /** The chosen box; the output where the unit has no such box. */
  node: text("node", ""),
  multiGrid: oneOf("grid", MULTI_GRIDS, "1,2,4"),
  outputStride: oneOf("os", OUTPUT_STRIDES, 16),
  /** Whether the coverage begins with the last 3x3 of block 3. */
  blockThree: flag("block3", false)
};
export type ResidualTable = typeof RESIDUAL_TABLE;
