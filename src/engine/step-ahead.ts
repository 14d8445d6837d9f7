import type * as tf from "@tensorflow/tfjs-core";
import type {Step} from "./steps/kinds.js";

/** What takes an end point's place: zeros, or an activation of the same shape from elsewhere. It stays the caller's. */
export type Replacement = "zero" | tf.Tensor4D;

/** A step that is about to be computed. */
export interface StepAhead {
  readonly index: number;
  /** How many steps the execution takes. */
  readonly of: number;
  readonly step: Step;
  /** What was computed last, the caller of the generator's to look at until it goes on; null before the first. */
  readonly before: tf.Tensor4D | null;
}

/** The steps that lead to the wanted end points, in order, and what each reads: nothing where something else takes its place. */
export function neededSteps(
  steps: readonly Step[],
  wanted: ReadonlySet<string>,
  replaced: Readonly<Record<string, unknown>>
): {readonly step: Step; readonly reads: readonly string[]}[] {
  const needed = new Set(wanted);
  const found: {step: Step; reads: readonly string[]}[] = [];
  for (const step of steps.toReversed()) {
    if (!needed.has(step.name)) continue;
    const reads = replaced[step.name] ? [] : step.inputs;
    found.push({step, reads});
    for (const name of reads) needed.add(name);
  }
  return found.reverse();
}
