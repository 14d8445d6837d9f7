import {quantileSorted} from "d3-array";
import {metricsOfTallies} from "../engine/labels/metrics.js";
import type {ClassTallies, Metrics} from "../engine/labels/metrics.js";
import {pseudoRandom} from "../engine/seeded.js";

/** The measures that are compared. */
export const COMPARED = ["meanIoUOfLabelled", "meanIoU", "pixelAccuracy", "meanAccuracy", "frequencyWeightedIoU"] as const;
export type ComparedMetric = (typeof COMPARED)[number];

/** How far two results lie apart, and how far they could by the choice of photos alone. Shares, 0-1. */
export interface PairedDifference {
  readonly first: number;
  readonly second: number;
  /** The second less the first. */
  readonly difference: number;
  /** Ends of the interval. */
  readonly low: number;
  readonly high: number;
}

export interface PairedOptions {
  /** How often photos are drawn. */
  readonly resamples?: number;
  /** Of the draws, the share whose difference the interval holds. */
  readonly level?: number;
  readonly seed?: number;
}

/** A photo that was measured in two ways. */
export type Pair = readonly [first: ClassTallies, second: ClassTallies];

/**
 * Compares two models or settings on the same photos by a paired bootstrap (Efron 1979): as many photos as there are, drawn with
 * replacement again and again, each draw measured in both ways; the interval is of percentiles of the differences. Pairs take out what
 * makes a photo hard for both. A measure that a draw has not, as it has no pixel, does not count.
 *
 * @param pairs of one number of classes
 * @returns null where a measure does not exist
 * @throws RangeError where there is no photo
 */
export function pairedDifferences(
  pairs: readonly Pair[],
  {resamples = 2000, level = 0.95, seed = 1}: PairedOptions = {}
): Readonly<Record<ComparedMetric, PairedDifference | null>> {
  if (pairs.length === 0) throw new RangeError("Without photos there is nothing to compare.");
  const sides = [0, 1].map((side) => pairs.map((pair) => there(pair[side]!)));
  const classes = pairs[0]![0].labelled.length;
  const measured = (times: ArrayLike<number>) => sides.map((photos) => measuresOf(photos, times, classes)) as [Metrics, Metrics];

  const whole = measured(new Uint32Array(pairs.length).fill(1));
  const random = pseudoRandom(seed);
  const draws = Array.from({length: resamples}, () => {
    const times = new Uint32Array(pairs.length);
    for (let photo = 0; photo < pairs.length; photo++) times[Math.floor(random() * pairs.length)]!++;
    return measured(times);
  });
  const found = COMPARED.map((metric) => {
    const [first, second] = [whole[0][metric], whole[1][metric]];
    if (first === null || second === null) return [metric, null] as const;
    const differences = draws
      .map(([one, other]) => (one[metric] === null || other[metric] === null ? NaN : other[metric] - one[metric]))
      .filter((value) => !Number.isNaN(value))
      .sort((a, b) => a - b);
    const end = (share: number) => quantileSorted(differences, share)!;
    return [metric, {first, second, difference: second - first, low: end((1 - level) / 2), high: end((1 + level) / 2)}] as const;
  });
  return Object.fromEntries(found) as Record<ComparedMetric, PairedDifference | null>;
}

/** Whether the interval leaves open which of the two is better. */
export function isOpen({low, high}: Pick<PairedDifference, "low" | "high">): boolean {
  return low <= 0 && high >= 0;
}

/** Of a photo the classes that it has, as four numbers each: id, labelled, predicted, hits. */
function there({labelled, predicted, hits}: ClassTallies): Float64Array {
  const found: number[] = [];
  for (let id = 0; id < labelled.length; id++) {
    if (labelled[id]! + predicted[id]! > 0) found.push(id, labelled[id]!, predicted[id]!, hits[id]!);
  }
  return Float64Array.from(found);
}

/** The measures of photos, each as often as it was drawn. */
function measuresOf(photos: readonly Float64Array[], times: ArrayLike<number>, classes: number): Metrics {
  const [labelled, predicted, hits] = [new Float64Array(classes), new Float64Array(classes), new Float64Array(classes)];
  photos.forEach((photo, index) => {
    const often = times[index]!;
    if (often === 0) return;
    for (let at = 0; at < photo.length; at += 4) {
      const id = photo[at]!;
      labelled[id]! += often * photo[at + 1]!;
      predicted[id]! += often * photo[at + 2]!;
      hits[id]! += often * photo[at + 3]!;
    }
  });
  return metricsOfTallies({labelled, predicted, hits});
}
