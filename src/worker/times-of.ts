import type * as tf from "@tensorflow/tfjs-core";
import {settle} from "./settle.js";
import {shortestInTurns} from "./shortest-in-turns.js";

/** Milliseconds that the timed runs of one piece of work may take, on average. */
const BUDGET = 800;
const MOST_RUNS = 15;

/** Milliseconds that two runs may take before: the first compiles. One that is longer by itself does so with hardly any of its time. */
const WARM_UP_BUDGET = 2400;

/** Milliseconds that one run should last, so that waiting for its end weighs little; a short one is repeated. */
const LONG_ENOUGH = 20;
const MOST_REPETITIONS = 40;

export interface Timing {
  /** Milliseconds of doing it once, in the shortest run. */
  readonly milliseconds: number;
  readonly runs: number;
  /** How often each run did it before it waited for the end. */
  readonly repetitions: number;
}

/** Times some works on the current backend, by their names: warms up, chooses how often a run repeats each, and runs them in turns. */
export async function timesOf<Name extends string>(works: Readonly<Record<Name, () => tf.Tensor>>): Promise<Record<Name, Timing>> {
  const names = Object.keys(works) as Name[];
  const once = names.map((name) => () => run(works[name], 1));
  const warmUp = await shortestInTurns(once, {most: 2, budget: WARM_UP_BUDGET * names.length});
  const repetitions = warmUp.milliseconds.map((time) =>
    Math.min(MOST_REPETITIONS, Math.max(1, Math.ceil(LONG_ENOUGH / Math.max(time, 0.01))))
  );
  const repeated = names.map((name, index) => () => run(works[name], repetitions[index]!));
  const {milliseconds, runs} = await shortestInTurns(repeated, {most: MOST_RUNS, budget: BUDGET * names.length});
  const timing = (index: number): Timing => {
    const times = repetitions[index]!;
    return {milliseconds: milliseconds[index]! / times, runs, repetitions: times};
  };
  return Object.fromEntries(names.map((name, index) => [name, timing(index)])) as Record<Name, Timing>;
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
