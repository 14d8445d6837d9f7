import * as tf from "@tensorflow/tfjs-core";
import {median} from "d3-array";
import type {Activations} from "../engine/activations.js";
import {executeInTurns} from "../engine/execute.js";
import type {Replacement, StepAhead} from "../engine/execute.js";
import {covered} from "../engine/labels/postprocess.js";
import type {Photo} from "../engine/photo.js";
import {picturesHere} from "../engine/pictures.js";
import {run, runInTurns} from "../engine/run.js";
import {average} from "./average.js";
import {inputFrom} from "./inputs.js";
import type {Prepared} from "./inspections/prepared.js";
import {memory} from "./memory.js";
import type {Progress, SegmentOptions, Segmentation} from "./protocol.js";
import {readBack, readLogits} from "./read-back.js";
import {stopwatch} from "./stopwatch.js";
import {compileShaders} from "./warm-up.js";

/** Milliseconds that repeated runs may take together. */
const REPEATS_BUDGET = 1000;

/** Milliseconds from one report of progress to the next. */
const REPORT_EVERY = 100;

/**
 * Segments a photo.
 *
 * @param prepared.upload milliseconds until the photo was on the device
 * @param warm runs whose shaders are compiled; this one is added
 * @throws DOMException "AbortError" once the signal says so
 */
export async function segment(
  prepared: Prepared & {readonly upload: number},
  photo: Photo,
  options: SegmentOptions,
  warm: Set<string>,
  onProgress: (progress: Progress) => void
): Promise<Segmentation> {
  const {model, weights, fit, plan, input, upload, turns} = prepared;
  const {modelUrl, backend, rates, taps = [], repeats = 0, averaging} = options;
  const owned: tf.Tensor[] = [];
  const own = <T extends tf.Tensor>(tensor: T): T => {
    owned.push(tensor);
    return tensor;
  };
  try {
    const key = [modelUrl, backend, plan.outputStride, plan.inputHeight, plan.inputWidth, rates].join(" ");
    const compiled = !warm.has(key) && (await compileShaders(plan, weights, input, onProgress));
    onProgress({stage: "run", fraction: null, message: "Segmenting"});
    const replaced = await replacements(options.replaced ?? {}, prepared, own);
    const clock = stopwatch();
    const runOnce = async () => {
      clock();
      const found = await runInTurns(plan, weights, input, {taps, replaced, onStep: stepReport(onProgress), ...turns});
      own(found.logits);
      Object.values(found.taps).forEach(own);
      return {found, logits: await readLogits(found.logits), time: clock()};
    };
    const before = owned.length;
    let once = await runOnce();
    warm.add(key);
    // Some drivers finish compiling at the first use only: what a run takes shows in the next, where that is not long to wait for.
    if (compiled && once.time < REPEATS_BUDGET) {
      tf.dispose(owned.splice(before));
      once = await runOnce();
    }
    const {found, logits, time} = once;
    const times = [time];
    while (times.length <= repeats && times.reduce((sum, time) => sum + time, 0) < REPEATS_BUDGET) {
      turns?.signal?.throwIfAborted();
      const again = run(plan, weights, input, {replaced}).logits;
      await again.data();
      times.push(clock());
      again.dispose();
    }

    clock();
    const extent = covered(fit);
    const labels = picturesHere().labels(logits, extent, photo.height, photo.width);
    const upsampling = clock();
    const activations: Record<string, Activations> = {};
    for (const tap of taps) activations[tap] = await readBack(found.taps[tap]!);
    const averaged =
      averaging && (await average(prepared, photo, {...options, averaging}, {logits: found.logits, extent, plan}, onProgress));
    tf.dispose(owned.splice(0));
    return {
      width: photo.width,
      height: photo.height,
      labels,
      logits,
      covered: extent,
      classes: model.card.classes,
      palette: model.card.palette,
      plan,
      backend,
      // The first of several runs still allocates and packs; the median of the others is what a run takes.
      timings: {upload, network: median(times.length > 1 ? times.slice(1) : times)!, upsampling},
      timedRuns: Math.max(1, times.length - 1),
      memory: memory(),
      taps: activations,
      ...(weights.executor && {arena: weights.executor.arena}),
      ...(averaged && {averaged})
    };
  } finally {
    tf.dispose(owned);
  }
}

/** Tells how many steps of a run were done, now and then: a short one tells nothing. */
function stepReport(onProgress: (progress: Progress) => void): (ahead: StepAhead) => void {
  let last = performance.now();
  return ({index, of}) => {
    const now = performance.now();
    if (now - last < REPORT_EVERY) return;
    last = now;
    onProgress({stage: "run", fraction: index / of, message: "Segmenting", detail: `${index} of ${of} steps`});
  };
}

/** What takes the place of end points: zeros, or what the same network makes of another photo there. */
async function replacements(
  wanted: NonNullable<SegmentOptions["replaced"]>,
  {plan, weights, fit, turns}: Prepared,
  own: (tensor: tf.Tensor4D) => tf.Tensor4D
): Promise<Record<string, Replacement>> {
  const found: Record<string, Replacement> = {};
  for (const [name, value] of Object.entries(wanted)) {
    if (value === "zero") found[name] = value;
    else {
      const input = inputFrom(value, fit);
      try {
        found[name] = own((await executeInTurns(plan.steps, weights, input, [name], turns))[name]!);
      } finally {
        input.dispose();
      }
    }
  }
  return found;
}
