import {median} from "d3-array";

/** What is learnt from in a step. */
export interface TrainingSetting {
  /** Side of a crop in pixels. */
  readonly crop: number;
  /** Crops a step. */
  readonly batch: number;
}

/** Milliseconds of steps, and the losses of the first ones. */
export interface TimedTraining {
  readonly threads: number;
  readonly oursMs: number[];
  readonly peerMs: number[];
  readonly ourLosses: number[];
  readonly peerLosses: number[];
}

/** One step of the head of a model; times are medians of milliseconds. */
export interface TrainingRow extends TrainingSetting {
  readonly kind: "training";
  readonly model: string;
  /** Of WASM. */
  readonly threads: number;
  readonly oursMs: number;
  readonly peerMs: number;
  /** peerMs / oursMs: how many times faster ours is. */
  readonly ratio: number;
  /** Largest difference of the losses of the steps that both made: it is the same training. */
  readonly lossesApart: number;
}

export function trainingRow(model: string, setting: TrainingSetting, timed: TimedTraining): TrainingRow {
  const {threads, ourLosses, peerLosses} = timed;
  const [oursMs, peerMs] = [median(timed.oursMs)!, median(timed.peerMs)!];
  const lossesApart = Math.max(...peerLosses.flatMap((loss, step) => (step < ourLosses.length ? [Math.abs(loss - ourLosses[step]!)] : [])));
  return {kind: "training", model, ...setting, threads, oursMs, peerMs, ratio: peerMs / oursMs, lossesApart};
}

export function trainingLine({model, crop, batch, threads, oursMs, peerMs, ratio, lossesApart}: TrainingRow): string {
  return (
    `A step of ${model}'s head, ${batch} crops of ${crop} pixels: ${oursMs.toFixed(0)} ms on WASM, ${threads} ${threads === 1 ? "thread" : "threads"}; ` +
    `${peerMs.toFixed(0)} ms by tf.train on cpu, dilations as spaceToBatch: ${ratio.toFixed(1)} times as long; losses apart by ${lossesApart.toExponential(1)}`
  );
}
