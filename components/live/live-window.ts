import {mean, median, sum} from "d3";

/** Milliseconds of the stages of one frame. */
export interface LiveStages {
  readonly upload: number;
  readonly network: number;
  readonly upsampling: number;
  readonly drawing: number;
}

/** What the whole frame took, its stages, and what between them is none of theirs. */
export interface TimedStages extends LiveStages {
  readonly other: number;
  readonly elapsed: number;
}

/** A segmented frame that was shown. */
export interface LiveSample {
  /** `performance.now()` when it was shown. */
  readonly at: number;
  /** Milliseconds from its capture until it was shown. */
  readonly latency: number;
  /** Milliseconds from the start of its upload until its picture was done. */
  readonly elapsed: number;
  /** Null where they were not timed. */
  readonly stages: LiveStages | null;
  /** Frames of the video that nobody segmented since the sample before. */
  readonly dropped: number;
  readonly tensors: number;
  readonly bytes: number;
}

/** Values at a moment; those of a stack one over the other. */
export interface Moment {
  readonly at: number;
  readonly values: readonly number[];
}

/** What was true of the stream in a moment. */
export interface LiveFacts {
  /** A second; null where one frame alone makes no rate yet. */
  readonly shown: number | null;
  readonly dropped: number | null;
  /** Milliseconds over the window; null where it is empty, as are all below. */
  readonly latency: {readonly median: number; readonly largest: number} | null;
  /** Of the frames whose stages were timed, or of the last such one: means, which add up. */
  readonly timed: TimedStages | null;
  readonly tensors: number | null;
  readonly bytes: number | null;
}

/** The samples of the last seconds, and what they say. */
export interface LiveWindow {
  add(sample: LiveSample): void;
  clear(): void;
  /** When the newest sample came; null where there is none. */
  readonly newest: number | null;
  facts(now: number): LiveFacts;
  /** Frames shown and frames dropped a second, four times a second. Every line may begin a little before the window. */
  rates(now: number): {readonly shown: Moment[]; readonly dropped: Moment[]};
  latencies(now: number): Moment[];
  /** Upload, network, upsampling, drawing of the frames that were timed: each holds until the next. */
  stages(now: number): Moment[];
  tensors(now: number): Moment[];
  bytes(now: number): Moment[];
}

type TimedSample = LiveSample & {readonly stages: LiveStages};

function isTimed(sample: LiveSample): sample is TimedSample {
  return sample.stages !== null;
}

/** @param last stands in where there is none to take a mean of */
function meanStages(timed: readonly TimedSample[], last: TimedSample | null): TimedStages | null {
  const of = timed.length > 0 || !last ? timed : [last];
  if (of.length === 0) return null;
  const stage = (name: keyof LiveStages) => mean(of, ({stages}) => stages[name])!;
  const stages = {upload: stage("upload"), network: stage("network"), upsampling: stage("upsampling"), drawing: stage("drawing")};
  const elapsed = mean(of, (sample) => sample.elapsed)!;
  return {...stages, elapsed, other: Math.max(0, elapsed - sum(Object.values(stages)))};
}

export const STAGES = ["upload", "network", "upsampling", "drawing"] as const;

/** Rates are taken over this time at least, milliseconds. */
const SECOND = 1000;
/** Milliseconds between the moments of a rate. They are multiples of it, so that a line that scrolls keeps its shape. */
const RATE_STEP = 250;

/**
 * @param span milliseconds that the window shows. As much again is remembered, for rates that begin before it; what is
 * older is let go
 */
export function liveWindow(span: number): LiveWindow {
  let samples: LiveSample[] = [];
  /** The last sample with stages that were timed before the samples that are left. */
  let timedBefore: TimedSample | null = null;

  const shownSince = (now: number) => samples.filter(({at}) => at > now - span && at <= now);
  /** A line begins with the last sample before the window, where there is one, so that it comes in at the window's edge. */
  const values = (now: number, value: (sample: LiveSample) => number): Moment[] =>
    samples
      .slice(
        Math.max(
          0,
          samples.findLastIndex(({at}) => at <= now - span)
        )
      )
      .map((sample) => ({at: sample.at, values: [value(sample)]}));

  /** From the last frame that is a second old or older until the newest: so many whole gaps between frames, of which the time is known. */
  function rateAt(now: number): {shown: number; dropped: number} | null {
    const newest = samples.findLastIndex(({at}) => at <= now);
    if (newest < 0 || samples[newest]!.at <= now - SECOND) return {shown: 0, dropped: 0};
    const first = Math.max(
      0,
      samples.findLastIndex(({at}) => at <= now - SECOND)
    );
    if (first === newest) return null;
    const time = (samples[newest]!.at - samples[first]!.at) / 1000;
    const dropped = samples.slice(first + 1, newest + 1).reduce((sum, sample) => sum + sample.dropped, 0);
    return {shown: (newest - first) / time, dropped: dropped / time};
  }

  return {
    add(sample) {
      samples.push(sample);
      while (samples[0]!.at <= sample.at - 2 * span) {
        const gone = samples.shift()!;
        if (isTimed(gone)) timedBefore = gone;
      }
    },
    clear() {
      samples = [];
      timedBefore = null;
    },
    get newest() {
      return samples.at(-1)?.at ?? null;
    },
    facts(now) {
      const rate = rateAt(now);
      const shown = shownSince(now);
      const last = shown.at(-1);
      return {
        shown: rate && rate.shown,
        dropped: rate && rate.dropped,
        latency: last ? {median: median(shown, ({latency}) => latency)!, largest: Math.max(...shown.map(({latency}) => latency))} : null,
        timed: last ? meanStages(shown.filter(isTimed), samples.findLast(isTimed) ?? timedBefore) : null,
        tensors: last?.tensors ?? null,
        bytes: last?.bytes ?? null
      };
    },
    rates(now) {
      const first = samples[0]?.at ?? now;
      const grid: number[] = [];
      for (let at = Math.floor((now - span) / RATE_STEP) * RATE_STEP; at < now; at += RATE_STEP) if (at >= first) grid.push(at);
      const known = [...grid, now].flatMap((at) => {
        const rate = rateAt(at);
        return rate ? [{at, ...rate}] : [];
      });
      return {shown: known.map(({at, shown}) => ({at, values: [shown]})), dropped: known.map(({at, dropped}) => ({at, values: [dropped]}))};
    },
    latencies: (now) => values(now, ({latency}) => latency),
    stages(now) {
      const from = now - span;
      let present = timedBefore?.stages ?? null;
      const moments: Moment[] = [];
      const add = (at: number, stages: LiveStages) => moments.push({at, values: STAGES.map((name) => stages[name])});
      for (const {at, stages} of samples) {
        if (at > now) break;
        // What held when the window began.
        if (at > from && moments.length === 0 && present) add(from, present);
        present = stages ?? present;
        if (at > from && stages) add(at, stages);
      }
      return moments;
    },
    tensors: (now) => values(now, ({tensors}) => tensors),
    bytes: (now) => values(now, ({bytes}) => bytes)
  };
}
