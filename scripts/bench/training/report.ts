import {median} from "d3-array";
import {columns} from "../columns.js";

/** What is learnt from in a step. */
export interface TrainingSetting {
  /** Side of a crop in pixels. */
  readonly crop: number;
  /** Crops a step. */
  readonly batch: number;
}

/** Steps of a training, in their order. */
export interface TimedSteps {
  /** Of those that count. */
  readonly ms: readonly number[];
  /** Of all from the first on, those that warm up included where they are of the same training. */
  readonly losses: readonly number[];
}

/** Who makes the steps, on what. */
export interface Trainer {
  readonly name: string;
  readonly on: string;
}

/** What came of timing a peer. */
export interface TimedPeer extends Trainer {
  /** Null: it was given up after `limitMs`. */
  readonly timed: TimedSteps | null;
  readonly limitMs: number;
}

/** Steps of the head of a model; times are medians of milliseconds. */
export interface TrainingRow extends TrainingSetting, Trainer {
  readonly kind: "training";
  readonly model: string;
  /** Of a step; where none ended in time, what it takes at least. */
  readonly ms: number;
  /** Of the fastest step: what other work on the machine slows least. */
  readonly fastestMs: number;
  /** How many were timed; 0: none ended in time. */
  readonly steps: number;
  /** ms / ours: how many times as long it takes. */
  readonly ratio: number;
  /** The same of the fastest. */
  readonly fastestRatio: number;
  /** Largest difference of the losses of the steps that both made: it is the same training. Null where there is none. */
  readonly lossesApart: number | null;
}

/** A row of ours and one of each peer. */
export function trainingRows(
  model: string,
  setting: TrainingSetting,
  ours: Trainer & {readonly timed: TimedSteps},
  peers: readonly TimedPeer[]
): TrainingRow[] {
  const [ourMs, ourFastest] = [median(ours.timed.ms)!, Math.min(...ours.timed.ms)];
  return [{...ours, limitMs: 0}, ...peers].map(({name, on, timed, limitMs}) => {
    const [ms, fastestMs] = timed ? [median(timed.ms)!, Math.min(...timed.ms)] : [limitMs, limitMs];
    const ratios = {ratio: ms / ourMs, fastestRatio: fastestMs / ourFastest};
    const lossesApart = timed && Math.max(...timed.losses.map((loss, step) => Math.abs(loss - (ours.timed.losses[step] ?? loss))));
    return {kind: "training", model, ...setting, name, on, ms, fastestMs, ...ratios, steps: timed?.ms.length ?? 0, lossesApart};
  });
}

/** Rows as a table for people, with a sentence about those that were given up. */
export function trainingTable(rows: readonly TrainingRow[]): string {
  const [{model, crop, batch}] = rows as [TrainingRow];
  const cells = rows.map(({name, on, ms, fastestMs, steps, ratio, fastestRatio, lossesApart}) => {
    const least = steps === 0 ? "> " : "";
    const times = [ms.toFixed(0), ratio.toFixed(2), fastestMs.toFixed(0), fastestRatio.toFixed(2)].map((text) => least + text);
    return [name, on, ...times, String(steps), lossesApart?.toExponential(1) ?? "–"];
  });
  const table = columns([["by", "on", "ms", "times ours", "fastest", "times ours", "steps timed", "losses apart"], ...cells], 2);
  const slow = rows.filter(({steps}) => steps === 0);
  const sentences = slow.map(({name, on, ms}) => `A step by ${name} on ${on} did not end: it takes more than ${(ms / 1000).toFixed(0)} s.`);
  return [`A step of ${model}'s head, ${batch} crops of ${crop} pixels, milliseconds`, table, ...sentences].join("\n");
}
