import * as tf from "@tensorflow/tfjs-core";
import {median} from "d3-array";
import {seededValues} from "../../engine/seeded.js";
import {depthwiseConvolution, pointwiseConvolution, standardConvolution} from "../../engine/teaching/separable.js";
import type {LayerShape} from "../../engine/teaching/separable.js";
import {settle} from "../settle.js";
import {stopwatch} from "../stopwatch.js";

/** Milliseconds that the timed runs of one contestant may take together; the last one begun is finished. */
const BUDGET = 800;
const MOST_RUNS = 15;

/** Milliseconds that one run should last, so that waiting for its end weighs little; a short convolution is repeated. */
const LONG_ENOUGH = 20;
const MOST_REPETITIONS = 40;

export interface Timing {
  /** Milliseconds of one convolution: the median of the runs. */
  readonly milliseconds: number;
  readonly runs: number;
  /** How often each run did the convolution before it waited for the end. */
  readonly repetitions: number;
}

export interface RaceResult {
  readonly standard: Timing;
  readonly depthwise: Timing;
  /** Depthwise and pointwise after each other. */
  readonly separable: Timing;
}

/** Times a layer as an ordinary convolution and split in two, with random weights, on the current backend. */
export async function race({size, channels, kernelSize, outputs, rate, padding}: LayerShape): Promise<RaceResult> {
  const random = (seed: number, shape: [number, number, number, number]) =>
    tf.tensor4d(
      seededValues(
        seed,
        shape.reduce((product, side) => product * side)
      ),
      shape
    );
  const options = {rate, padding};
  const tensors = {
    x: random(1, [1, size, size, channels]),
    kernel: random(2, [kernelSize, kernelSize, channels, outputs]),
    kernels: random(3, [kernelSize, kernelSize, channels, 1]),
    weights: random(4, [1, 1, channels, outputs])
  };
  const {x, kernel, kernels, weights} = tensors;
  try {
    return {
      standard: await timeOf(() => standardConvolution(x, kernel, options)),
      depthwise: await timeOf(() => depthwiseConvolution(x, kernels, options)),
      separable: await timeOf(() => tf.tidy(() => pointwiseConvolution(depthwiseConvolution(x, kernels, options), weights)))
    };
  } finally {
    tf.dispose(tensors);
  }
}

/** Warms up, chooses how often a run repeats the work, and takes the median of runs. */
async function timeOf(work: () => tf.Tensor): Promise<Timing> {
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
