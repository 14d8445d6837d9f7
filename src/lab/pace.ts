import type {LiveRun} from "../worker/live/messages.js";

/** Frames whose median decides, and frames after a change that are left out, because shaders compile then. */
const FRAMES = 8;
const SETTLING = 3;
/** A better setting is tried when it is predicted to take this share of the budget, after so many milliseconds. */
const MARGIN = 0.7;
const PATIENCE = 4000;

export interface PaceController {
  /**
   * Takes the time of a frame.
   *
   * @param elapsed milliseconds that it took
   * @param at milliseconds, when it was shown
   * @returns the setting to go on with and why, or null where it stays
   */
  frame(elapsed: number, at: number): {readonly run: LiveRun; readonly sentence: string} | null;
}

/** Settings, the best first: smaller sizes at the smallest stride, then larger strides at the smallest size. */
export function paceSettings(sizes: readonly number[], strides: readonly number[]): readonly LiveRun[] {
  const falling = [...sizes].sort((a, b) => b - a);
  const [finest, ...coarser] = [...strides].sort((a, b) => a - b);
  const smallest = falling[falling.length - 1]!;
  return [...falling.map((inputSize) => ({outputStride: finest!, inputSize})), ...coarser.map((outputStride) => ({outputStride, inputSize: smallest}))];
}

/** Holds a frame rate by choosing among settings. @param options.settings the best first */
export function paceController(options: {
  readonly framesPerSecond: number;
  readonly settings: readonly LiveRun[];
  readonly cost: (run: LiveRun) => number;
  readonly start: LiveRun;
}): PaceController {
  const {framesPerSecond, settings, cost, start} = options;
  const budget = 1000 / framesPerSecond;
  const same = (a: LiveRun, b: LiveRun) => a.inputSize === b.inputSize && a.outputStride === b.outputStride;
  let place = Math.max(0, settings.findIndex((run) => same(run, start)));
  let times: number[] = [];
  let ignored = SETTLING;
  let changedAt = -Infinity;
  return {
    frame(elapsed, at) {
      if (ignored > 0) {
        ignored--;
        return null;
      }
      times = [...times.slice(1 - FRAMES), elapsed];
      if (times.length < FRAMES) return null;
      const median = [...times].sort((a, b) => a - b)[FRAMES >> 1]!;
      const [present, better, cheaper] = [settings[place]!, settings[place - 1], settings[place + 1]];
      const predicted = better ? (median * cost(better)) / cost(present) : Infinity;
      const next = median > budget && cheaper ? place + 1 : predicted < MARGIN * budget && at - changedAt > PATIENCE ? place - 1 : place;
      if (next === place) return null;
      const run = settings[next]!;
      place = next;
      times = [];
      ignored = SETTLING;
      changedAt = at;
      const aim = next > settings.indexOf(present) ? "to hold" : "because there is time at";
      return {run, sentence: `Input ${run.inputSize} px, output stride ${run.outputStride} ${aim} ${framesPerSecond} frames a second (${Math.round(median)} ms a frame before).`};
    }
  };
}
