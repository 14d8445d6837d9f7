import type {LiveRun} from "../../worker/live/messages.js";
import {median} from "d3-array";
import {countInWords} from "../../datasets/count-in-words.js";
import {milliseconds} from "../../lab/quantities.js";

/** Frames after a change that say nothing of it: one may have been on its way before, one compiles shaders. */
const SETTLING_FRAMES = 2;
/** What is judged is the median of the frames of so many milliseconds, and of so many frames at least. */
const JUDGED = 500;
const LEAST_FRAMES = 3;
/** A gap between two frames that is so many milliseconds longer than its frame took is a pause, not a slow machine. */
const PAUSE = 1000;
/** Above this share of the budget a setting is too slow. Between here and `ROOM` it is left alone. */
const TOO_SLOW = 1.05;
/** A setting is changed to where it is predicted to take at most this share of the budget: on the way down, and on the way up. */
const FITS = 0.95;
const ROOM = 0.85;
/** Milliseconds for which there must be room before a better setting is tried. */
const PATIENCE = 3000;
/** Milliseconds for which a setting that was too slow is not tried again; twice as long each time, up to the longest. */
const RETRY = 15_000;
const LONGEST_RETRY = 120_000;
/**
 * What of a frame's time is taken to stay as it is at a cheaper setting, for upload and drawing: at most this share, and these
 * milliseconds.
 */
const FIXED_SHARE = 0.15;
const FIXED = 10;

export interface PaceChange {
  readonly run: LiveRun;
  /** What was done and why, for the reader. */
  readonly sentence: string;
}

export interface PaceController {
  /**
   * Tells of a frame that was shown.
   *
   * @param elapsed milliseconds from the start of its upload until its picture was done
   * @param at when it was shown, milliseconds of any clock that goes on
   * @returns the setting to run from now on, or null where nothing changes. The sentence alone may be new: the last
   * setting is kept where even that is too slow
   */
  frame(elapsed: number, at: number): PaceChange | null;
}

/**
 * The settings that a pace may choose from, best first: lower sizes at the finest stride, then coarser strides at the
 * smallest size.
 *
 * @param sizes long sides of the network's input in pixels
 * @param strides output strides, from the reader's own upward
 * @throws RangeError where there is no size or no stride
 */
export function paceSettings(sizes: readonly number[], strides: readonly number[]): readonly LiveRun[] {
  if (sizes.length === 0 || strides.length === 0)
    throw new RangeError("A pace needs at least one size and one output stride to choose from.");
  const [largestFirst, [finest, ...coarser]] = [[...sizes].sort((a, b) => b - a), [...strides].sort((a, b) => a - b)];
  return [
    ...largestFirst.map((inputSize) => ({inputSize, outputStride: finest!})),
    ...coarser.map((outputStride) => ({inputSize: largestFirst.at(-1)!, outputStride}))
  ];
}

/**
 * Holds a frame rate by the choice of a setting: goes down as soon as frames take too long, straight to a setting that is
 * predicted to fit; goes up one setting at a time, late, and only where there is room for all of it.
 *
 * @param options.framesPerSecond the rate to hold, above 0
 * @param options.settings best first, each cheaper than the one before
 * @param options.cost multiply-adds of the network at a setting
 * @param options.start the setting that runs now, one of `settings`
 * @throws RangeError where the rate is not above 0 or `start` is none of the settings
 */
export function paceController(options: {
  readonly framesPerSecond: number;
  readonly settings: readonly LiveRun[];
  cost(run: LiveRun): number;
  readonly start: LiveRun;
}): PaceController {
  const {framesPerSecond, settings, start} = options;
  if (!(framesPerSecond > 0)) throw new RangeError(`A frame rate must be above 0, not ${framesPerSecond}.`);
  const costs = settings.map((run) => options.cost(run));
  const budget = 1000 / framesPerSecond;
  const last = settings.length - 1;
  const rate = `${countInWords(framesPerSecond, "frame")} a second`;
  let present = settings.findIndex((run) => same(run, start));
  if (present < 0) throw new RangeError(`${capitalised(described(start))} is none of the settings that the pace chooses from.`);

  let settling = SETTLING_FRAMES;
  let judged: {readonly took: number; readonly at: number}[] = [];
  /** When the first of the frames judged began; the time since which there was room; and since which the last setting kept up. */
  let judgedSince: number | null = null;
  let roomSince: number | null = null;
  let keptUpSince: number | null = null;
  let shownAt: number | null = null;
  /** Whether the reader was told that the rate cannot be held. */
  let toldHopeless = false;
  const failures = new Map<number, {readonly wait: number; readonly until: number}>();

  /** Time at another setting from the present one's. What does not scale is counted on the careful side either way. */
  function predicted(setting: number, time: number): number {
    const ratio = costs[setting]! / costs[present]!;
    const fixed = ratio > 1 ? 0 : Math.min(FIXED_SHARE * time, FIXED);
    return fixed + (time - fixed) * ratio;
  }

  function forgetFrames(): void {
    judged = [];
    judgedSince = roomSince = keptUpSince = null;
  }

  function changeTo(setting: number, reason: string): PaceChange {
    const change = {run: settings[setting]!, sentence: `${difference(settings[present]!, settings[setting]!)} ${reason}`};
    present = setting;
    settling = SETTLING_FRAMES;
    toldHopeless = false;
    forgetFrames();
    return change;
  }

  function slower(time: number, at: number): PaceChange | null {
    const run = settings[present]!;
    if (present === last) {
      if (toldHopeless) return null;
      toldHopeless = true;
      return {
        run,
        sentence: `${rate} cannot be held here: ${described(run)}, the fastest setting, takes ${milliseconds(time)} a frame, about ${perSecond(time)} a second.`
      };
    }
    const wait = Math.min(LONGEST_RETRY, (failures.get(present)?.wait ?? RETRY / 2) * 2);
    failures.set(present, {wait, until: at + wait});
    const fits = settings.findIndex((_, setting) => setting > present && predicted(setting, time) <= FITS * budget);
    return changeTo(
      fits < 0 ? last : fits,
      `${fits < 0 ? "to come as near as it can to" : "to hold"} ${rate} (it took ${milliseconds(time)} a frame).`
    );
  }

  function faster(time: number, at: number): PaceChange | null {
    const better = present - 1;
    const mayTry = better >= 0 && at >= (failures.get(better)?.until ?? -Infinity) && predicted(better, time) <= ROOM * budget;
    roomSince = mayTry ? (roomSince ?? at) : null;
    if (roomSince === null || at - roomSince < PATIENCE) return null;
    return changeTo(better, `because there is time for it at ${rate} (it took ${milliseconds(time)} a frame).`);
  }

  function recovered(time: number, at: number): PaceChange | null {
    keptUpSince = toldHopeless && time <= FITS * budget ? (keptUpSince ?? at) : null;
    if (keptUpSince === null || at - keptUpSince < PATIENCE) return null;
    toldHopeless = false;
    keptUpSince = null;
    const run = settings[present]!;
    return {run, sentence: `${capitalised(described(run))} holds ${rate} now (it takes ${milliseconds(time)} a frame).`};
  }

  return {
    frame(elapsed, at) {
      const gap = shownAt === null ? Infinity : at - shownAt;
      shownAt = at;
      if (gap > elapsed + PAUSE) forgetFrames();
      if (settling > 0) {
        settling--;
        return null;
      }
      // A frame that was uploaded while the one before was computed has waited for it: what it cost is the gap between the two.
      const took = Math.min(elapsed, gap);
      judged.push({took, at});
      judgedSince ??= at - took;
      while (judged.length > LEAST_FRAMES && at - judged[0]!.at > JUDGED) judged.shift();
      if (judged.length < LEAST_FRAMES || at - judgedSince < JUDGED) return null;
      const time = median(judged.map((frame) => frame.took))!;
      if (time <= TOO_SLOW * budget) return faster(time, at) ?? recovered(time, at);
      roomSince = keptUpSince = null;
      return slower(time, at);
    }
  };
}

function same(a: LiveRun, b: LiveRun): boolean {
  return a.inputSize === b.inputSize && a.outputStride === b.outputStride;
}

function described({inputSize, outputStride}: LiveRun): string {
  return `input ${inputSize} px at output stride ${outputStride}`;
}

/** What changes from one setting to another, e.g. "Input 513 → 385 px". */
function difference(from: LiveRun, to: LiveRun): string {
  const parts = [
    ...(from.inputSize === to.inputSize ? [] : [`input ${from.inputSize} → ${to.inputSize} px`]),
    ...(from.outputStride === to.outputStride ? [] : [`output stride ${from.outputStride} → ${to.outputStride}`])
  ];
  return capitalised(parts.join(" and "));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Frames a second at milliseconds a frame. */
function perSecond(time: number): string {
  const rate = 1000 / time;
  return rate < 10 ? rate.toFixed(1) : String(Math.round(rate));
}
