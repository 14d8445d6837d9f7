import type {RunningBranch} from "./head.js";
import type {Plan} from "./plan.js";

/** Of what the logits are made besides the branches and the skip: biases, and activations that stand at their clip value. */
export const CONSTANT = "constant";

/** A tap of a branch at one position, in feature cells. */
export interface BranchTap {
  readonly row: number;
  readonly column: number;
  /** Whether it lies on the feature map; outside it reads zero. */
  readonly inside: boolean;
}

/** The feature cells that a branch reads for one output cell; none for image pooling, which reads them all. */
export function branchTaps({kind, rate}: RunningBranch, {featureHeight, featureWidth}: Plan, row: number, column: number): BranchTap[] {
  if (kind === "image_pooling") return [];
  const offsets = kind === "atrous" ? [-rate, 0, rate] : [0];
  return offsets.flatMap((down) =>
    offsets.map((right) => {
      const tap = {row: row + down, column: column + right};
      return {...tap, inside: tap.row >= 0 && tap.row < featureHeight && tap.column >= 0 && tap.column < featureWidth};
    })
  );
}
