import {stepOf} from "./step-list.js";
import type {Step, StepOfOp} from "./steps/kinds.js";

/** Rewriting steps so that a run takes less, with the same result up to the order of a sum. */

/**
 * A 1x1 convolution over a concatenation that begins with a single cell spread over the map (the projection of ASPP, which reads image
 * pooling) takes that cell's share by itself. The image-level feature is the same at every position, so its share is one vector: it is
 * added
 * at every position, and neither the copies nor their multiplications are made.
 *
 * @param replaced end points that something else takes the place of: what would bypass them stays as it is. One that is only wanted is
 * computed beside
 */
export function lower(steps: readonly Step[], replaced: ReadonlySet<string> = new Set()): readonly Step[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  return steps.flatMap((step) => {
    const pooled = pooledShare(step, byName, replaced);
    return pooled ? inParts(step as StepOfOp<"conv">, pooled, byName) : [step];
  });
}

interface PooledShare {
  /** The single cell before it is spread. */
  readonly cell: Step;
  readonly others: readonly string[];
}

function pooledShare(step: Step, byName: ReadonlyMap<string, Step>, replaced: ReadonlySet<string>): PooledShare | null {
  if (step.op !== "conv" || step.kernel[0] * step.kernel[1] > 1 || step.stride > 1 || replaced.has(step.inputs[0]!)) return null;
  const joined = byName.get(step.inputs[0]!);
  // With zeros around it a cell would be more than a cell.
  if (joined?.op !== "concat" || step.height !== joined.height || step.width !== joined.width) return null;
  const [first, ...others] = joined.inputs;
  const spread = byName.get(first!);
  if (spread?.op !== "upsample" || replaced.has(spread.name) || others.length === 0) return null;
  const cell = byName.get(spread.inputs[0]!);
  return cell && cell.height * cell.width === 1 ? {cell, others} : null;
}

/** Names of the parts; no end point is called so. */
const SHARE = " (share of the pooled)";
const JOINED = " (without the pooled)";
const SPATIAL = " (spatial)";

function inParts(step: StepOfOp<"conv">, {cell, others}: PooledShare, byName: ReadonlyMap<string, Step>): Step[] {
  const {name, activation, kernel, stride, rate, padding, channels, bias} = step;
  const plain = {kernel, stride, rate, padding, channels, activation: "linear"} as const;
  const pooled = cell.channels;
  // Two kernels more than a sum in the bias, but on WASM a new bias makes XNNPACK pack the whole kernel anew.
  const share = stepOf("conv", name + SHARE, [cell.name], [cell], {...plain, bias, borrowed: {name, rows: [0, pooled]}});
  const parts = others.map((other) => byName.get(other)!);
  const joined = parts.length > 1 ? stepOf("concat", name + JOINED, others, parts, {}) : parts[0]!;
  const spatial = stepOf("conv", name + SPATIAL, [joined.name], [joined], {
    ...plain,
    bias: false,
    borrowed: {name, rows: [pooled, joined.channels]}
  });
  const sum = stepOf("add", name, [spatial.name, share.name], [spatial, share], {activation});
  return parts.length > 1 ? [share, joined as Step, spatial, sum] : [share, spatial, sum];
}
