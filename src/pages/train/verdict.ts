import {smoothed, valueAt} from "../../components/training/step-series.js";
import type {StepPoint} from "../../components/training/step-series.js";

/** What the curves of a training say. */
export interface Verdict {
  readonly kind: "over-fits" | "learns nothing";
  /** For the reader: what is seen, what it means, what helps. */
  readonly sentence: string;
}

/** The curves of a training. */
export interface Curves {
  /** Loss of each step's crops, in the order of steps. */
  readonly train: readonly StepPoint[];
  /** Loss on the photos that are kept apart, whenever it was measured. */
  readonly val: readonly StepPoint[];
}

/** The loss on what is kept apart has to be so much larger than it was at its least, as a factor, … */
const RISEN = 1.08;
/** … in each of so many measurements after that. */
const TIMES = 3;
/** Meanwhile that on what is learnt from has to have fallen to this, as a factor. */
const FALLEN = 0.95;

/**
 * Over-fitting: the loss on photos kept apart rises while that on those it learns from falls.
 *
 * @returns the step from which on it does; null where it does not
 */
export function overfittingSince({train, val}: Curves): number | null {
  if (val.length <= TIMES) return null;
  const best = val.reduce((least, point) => (point.value < least.value ? point : least));
  const after = val.slice(val.indexOf(best) + 1).slice(-TIMES);
  if (after.length < TIMES || after.some(({value}) => value < best.value * RISEN)) return null;
  const mean = smoothed(train);
  const then = valueAt(mean, best.step) ?? mean[0]?.value;
  const now = mean.at(-1)?.value;
  return then !== undefined && now !== undefined && now < then * FALLEN ? best.step : null;
}

/** Steps before nothing is said: the first ones warm up. */
const PATIENCE = 60;
/** Steps whose mean is compared. */
const SPAN = 20;
/** What has learnt something has come down at least to this, as a factor on the loss of its first steps. */
const LEARNT = 0.97;

/** Whether the loss is, after a fair number of steps, no smaller than it was in the first ones. */
export function learnsNothing({train}: Pick<Curves, "train">): boolean {
  if (train.length < PATIENCE) return false;
  const mean = (points: readonly StepPoint[]) => points.reduce((sum, {value}) => sum + value, 0) / points.length;
  return mean(train.slice(-SPAN)) > LEARNT * mean(train.slice(0, SPAN));
}

/** What the curves say, in a sentence; null where they are as they should be. */
export function verdictOf(curves: Curves): Verdict | null {
  const since = overfittingSince(curves);
  if (since !== null) {
    const {val, train} = curves;
    const [least, last] = [valueAt(val, since)!, val.at(-1)!.value];
    const mean = smoothed(train);
    const [then, now] = [valueAt(mean, since) ?? mean[0]!.value, mean.at(-1)!.value];
    return {
      kind: "over-fits",
      sentence:
        `It over-fits: since step ${since} the loss on the photos kept apart has risen from ${loss(least)} to ${loss(last)}, while that on the ` +
        `photos it learns from fell from ${loss(then)} to ${loss(now)}. It learns these photos by heart. The best model so far is kept; more ` +
        "labelled photos would help, more steps will not."
    };
  }
  if (!learnsNothing(curves)) return null;
  return {
    kind: "learns nothing",
    sentence:
      `It learns nothing: after ${curves.train.length} steps the loss is what it was in the first ones. Try another learning rate (ten times ` +
      "smaller where the curve jumps, larger where it is flat), and look whether the masks fit their photos."
  };
}

/** A loss as the reader sees it. */
export function loss(value: number): string {
  return value.toPrecision(value < 0.1 ? 2 : 3);
}
