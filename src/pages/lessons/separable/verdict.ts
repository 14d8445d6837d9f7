import {TOO_NOISY, areRising} from "../../../lab/measured-times.js";
import type {RaceResult} from "../../../worker/demonstrations/race.js";
import {times} from "./layer.js";

/** Gains that are no further apart than this share agree: timings vary by as much. */
const CLOSE = 0.1;

/** The milliseconds of each contestant. */
export type RaceTimes = {readonly [Contestant in keyof RaceResult]: Pick<RaceResult[Contestant], "milliseconds">};

/** Whether the times tell anything: the depthwise part alone is a part of what the separable convolution does. */
export function timesTell({depthwise, separable}: Pick<RaceTimes, "depthwise" | "separable">): boolean {
  return areRising([depthwise.milliseconds, separable.milliseconds]);
}

/** What to make of the times beside the gain that the counts promise. */
export function raceVerdict(promised: number, measured: RaceTimes): string {
  const {standard, depthwise, separable} = measured;
  if (!timesTell(measured)) {
    const [part, whole] = [depthwise, separable].map(({milliseconds}) => milliseconds.toPrecision(3));
    return `The depthwise part alone took ${part} ms, no less than together with the pointwise part (${whole} ms): ${TOO_NOISY} the contestants apart.`;
  }
  const gain = standard.milliseconds / separable.milliseconds;
  const numbers = `The counts promise ${times(promised)}, the clock gives ${times(gain)}`;
  if (gain < promised * (1 - CLOSE)) {
    return `${numbers}, ${Math.round((100 * gain) / promised)} % of the promise. The usual reasons are the depthwise part, which waits for memory, and the intermediate map, which is written and read once more.`;
  }
  if (gain <= promised * (1 + CLOSE)) {
    return `${numbers}: they agree here. The pointwise part does nearly all of the work, and it is computed as efficiently as the ordinary convolution. Look at the depthwise part alone for the gap.`;
  }
  return `${numbers}, more than promised: this backend computes the ordinary convolution less efficiently than the pointwise one.`;
}
