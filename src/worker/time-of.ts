import type * as tf from "@tensorflow/tfjs-core";
import {median} from "d3-array";
import {settle} from "./settle.js";
import {stopwatch} from "./stopwatch.js";

/** Milliseconds that the timed runs of one piece of work may take together; the last one begun is finished. */
const BUDGET = 800;
const MOST_RUNS = 15;

/** Milliseconds that one run should last, so that waiting for its end weighs little; a short one is repeated. */
const LONG_ENOUGH = 20;
const MOST_REPETITIONS = 40;

export interface Timing {
  /** Milliseconds of doing it once: the median of the runs. */
  readonly milliseconds: number;
  readonly runs: number;
  /** How often each run did it before it waited for the end. */
  readonly repetitions: number;
}

/** Times work on the current backend: warms up, chooses how often a run repeats it, and takes the median of runs. */
export async function timeOf(work: () => tf.Tensor): Promise<Timing> {
  await run(work, 1);
  const clock = stopwatch();
  await run(work, 1);
  const once = clock();
  const repetitions = Math.min(MOST_REPETITIONS, Math.max(1, Math.ceil(LONG_ENOUGH / Math.max(once, 0.01))));
  const times = repetitions === 1 ? [once] : [];
  for (let spent = once; times.length === 0 || (times.length < MOST_RUNS && spent < BUDGET); spent += times.at(-1)!) {
    clock();
    await run(work, repetitions);
    times.push(clock());
  }
  return {milliseconds: median(times)! / repetitions, runs: times.length, repetitions};
}

/** Does the work some times; a device does it in order, so when the last is done all are. */
async function run(work: () => tf.Tensor, repetitions: number): Promise<void> {
  for (let i = 1; i < repetitions; i++) work().dispose();
  const last = work();
  try {
    await settle(last);
  } finally {
    last.dispose();
  }
}
