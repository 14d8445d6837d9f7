import {bisector} from "d3-array";

/** A value after so many steps. */
export interface StepPoint {
  readonly step: number;
  readonly value: number;
}

const byStep = bisector<StepPoint, number>(({step}) => step);

/** The last value that was known at a step; undefined before the first. @param points in the order of steps */
export function valueAt(points: readonly StepPoint[], step: number): number | undefined {
  return points[byStep.right(points, step) - 1]?.value;
}

/** Of how many values at most the running mean is taken. */
const WINDOW = 25;

/** The mean of each value and those before it, of so many at most: what a noisy curve does. */
export function smoothed(points: readonly StepPoint[], window = WINDOW): StepPoint[] {
  let sum = 0;
  return points.map(({step, value}, index) => {
    sum += value;
    if (index >= window) sum -= points[index - window]!.value;
    return {step, value: sum / Math.min(index + 1, window)};
  });
}
