import {stepNamed} from "./plan.js";
import type {Plan} from "./plan.js";
import type {AsppBranch} from "./network.js";

/** Of what the logits are made besides the branches and the skip: biases, and activations that stand at their clip value. */
export const CONSTANT = "constant";

/** A branch of ASPP in one run. */
export interface RunningBranch {
  readonly name: string;
  readonly kind: AsppBranch["kind"];
  /** End point that holds the branch's activation; replace it by zero to mute the branch. */
  readonly endPoint: string;
  /** The same as the concatenation reads it: image pooling is spread over the map by then. */
  readonly joined: string;
  /** Atrous rate in this run, in feature cells; 1 for a 1x1 and for image pooling. */
  readonly rate: number;
}

/** The branches of a plan's ASPP in the order of their concatenation, image pooling first (DeepLab v3, section 3.3). */
export function runningBranches(plan: Plan): RunningBranch[] {
  return plan.network.aspp.branches.map((branch) => {
    const {name, kind} = branch;
    const base = `aspp/${name}`;
    if (branch.kind !== "atrous") {
      return {name, kind, endPoint: base, joined: branch.kind === "image_pooling" ? `${base}/upsampled` : base, rate: 1};
    }
    const endPoint = branch.separable ? `${base}/pointwise` : base;
    return {name, kind, endPoint, joined: endPoint, rate: stepNamed(plan, branch.separable ? `${base}/depthwise` : base).rate};
  });
}

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
