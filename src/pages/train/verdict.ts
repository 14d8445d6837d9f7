import {valueAt} from "../../components/training/step-series.js";
import type {StepPoint} from "../../components/training/step-series.js";
import type {TrainingCourse} from "../../worker/training-messages.js";
import {pointsOf} from "./course.js";

/** Steps before nothing is said: the first ones warm up. */
const PATIENCE = 60;
/** Steps whose mean is compared. */
const SPAN = 20;
/** What has learnt something has come down at least to this, as a factor on the loss of its first steps. */
const LEARNT = 0.97;

/** Whether the loss is, after a fair number of steps, no smaller than it was in the first ones. */
export function learnsNothing(losses: readonly StepPoint[]): boolean {
  if (losses.length < PATIENCE) return false;
  const mean = (points: readonly StepPoint[]) => points.reduce((sum, {value}) => sum + value, 0) / points.length;
  return mean(losses.slice(-SPAN)) > LEARNT * mean(losses.slice(0, SPAN));
}

/** What the curves of a training say, in a sentence: what is seen, what it means, what helps; empty where they are as they should be. */
export function verdictOf({steps, measured, overfittingSince: since}: Omit<TrainingCourse, "best" | "resumed">): string {
  const losses = pointsOf(steps, (record) => record.loss);
  if (since !== null) {
    const val = pointsOf(measured, (each) => each.val?.loss ?? null);
    const train = pointsOf(measured, (each) => each.train.loss);
    return (
      `It over-fits: since step ${since} the loss on the photos kept apart has risen from ${loss(valueAt(val, since))} to ` +
      `${loss(val.at(-1)?.value)}, while that on the photos it learns from fell from ${loss(valueAt(train, since))} to ` +
      `${loss(train.at(-1)?.value)}. It learns these photos by heart. The best model so far is kept; more labelled photos would help, more ` +
      "steps will not."
    );
  }
  if (!learnsNothing(losses)) return "";
  return (
    `It learns nothing: after ${losses.length} steps the loss is what it was in the first ones. Try another learning rate (smaller where ` +
    "the curve jumps, larger where it is flat), and look whether the masks fit their photos."
  );
}

/** A loss as the reader sees it. */
export function loss(value: number | undefined): string {
  if (value === undefined) return "–";
  return value.toPrecision(value < 0.1 ? 2 : 3);
}
