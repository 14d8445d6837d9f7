import * as tf from "@tensorflow/tfjs-core";
import {LARGEST_SCALE, areScales, passCount} from "./averaging.js";
import type {Averaging} from "./averaging.js";
import type {TurnsOptions} from "./execute.js";
import {covered} from "./labels/postprocess.js";
import type {Covered} from "./labels/postprocess.js";
import type {Network} from "./network.js";
import {photoInput} from "./photo-input.js";
import type {Pixels} from "./photo-input.js";
import {plan as planRun} from "./plan.js";
import type {Plan} from "./plan.js";
import {fitInput} from "./preprocess.js";
import type {Fit, PhotoPadding} from "./preprocess.js";
import {runInTurns} from "./run.js";
import type {StepWeights} from "./weights.js";

/** How the network is run on a photo at scale 1. */
export interface PassSetting {
  readonly outputStride: number;
  /** Long side of the network's input in pixels; null keeps the photo's own. */
  readonly inputSize: number | null;
  /** Tight by default. */
  readonly padding?: PhotoPadding | undefined;
  /** ASPP rates at output stride 16; the network's own by default. */
  readonly rates?: readonly number[] | undefined;
}

/** What one pass says of a photo. */
export interface PassLogits {
  /** [1, h, w, classes], before softmax, the right way round where the photo was mirrored. */
  readonly logits: tf.Tensor4D;
  /** What the photo covers of them. */
  readonly extent: Covered;
  readonly plan: Plan;
}

export interface PassesOptions extends Pick<TurnsOptions, "replaced" | "signal" | "pause"> {
  /** The pass at scale 1 on the photo as it is, where it was run already; it stays the caller's. */
  readonly plain?: PassLogits;
  /** Called before each pass. @param number from 1 up */
  readonly onPass?: (number: number, of: number) => void;
}

/** A size at which passes run, for a photo. */
export interface PlannedPass {
  readonly scale: number;
  readonly fit: Fit;
  readonly plan: Plan;
}

/**
 * The sizes of an averaging's passes, that of scale 1 first.
 *
 * @throws RangeError where there is nothing to average over
 */
export function plannedPasses(
  network: Network,
  photo: Pick<Pixels, "height" | "width">,
  {outputStride, inputSize, padding, rates}: PassSetting,
  {scales}: Averaging
): PlannedPass[] {
  if (!areScales(scales))
    throw new RangeError(`Scales to average over are different numbers up to ${LARGEST_SCALE}, not ${scales.join(", ")}.`);
  const longSide = inputSize ?? Math.max(photo.height, photo.width);
  const sorted = [...scales].sort((a, b) => Number(b === 1) - Number(a === 1));
  return sorted.map((scale) => {
    const fit = fitInput(photo.height, photo.width, Math.max(1, Math.round((longSide - 1) * scale) + 1), padding);
    return {scale, fit, plan: planRun(network, {height: fit.height, width: fit.width, outputStride, ...(rates && {rates})})};
  });
}

/**
 * Runs a network over a photo, pass by pass, the one at scale 1 first. The long side of an input is what the release makes it,
 * (size - 1) * scale + 1; unlike there, each input is made from the photo itself, so that a larger one shows more of it. What is mirrored
 * is the whole input, padding included.
 *
 * @returns the passes; the caller disposes their logits
 * @throws RangeError where there is nothing to average over, or as `run`; DOMException "AbortError" once the signal says so, also within
 * a pass: nothing is left behind
 */
export async function runPasses(
  network: Network,
  weights: StepWeights,
  photo: Pixels,
  setting: PassSetting,
  averaging: Averaging,
  {plain, onPass, ...turns}: PassesOptions = {}
): Promise<PassLogits[]> {
  const passes: PassLogits[] = [];
  try {
    for (const {scale, fit, plan} of plannedPasses(network, photo, setting, averaging)) {
      const input = photoInput(photo, fit);
      try {
        for (const mirrored of averaging.flip ? [false, true] : [false]) {
          onPass?.(passes.length + 1, passCount(averaging));
          const isThere = plain && scale === 1 && !mirrored;
          passes.push(
            isThere
              ? {...plain, logits: tf.clone(plain.logits)}
              : {logits: await logitsOf(plan, weights, input, mirrored, turns), extent: covered(fit), plan}
          );
        }
      } finally {
        input.dispose();
      }
    }
    return passes;
  } catch (error) {
    for (const {logits} of passes) logits.dispose();
    throw error;
  }
}

async function logitsOf(
  plan: Plan,
  weights: StepWeights,
  input: tf.Tensor4D,
  isMirrored: boolean,
  turns: TurnsOptions
): Promise<tf.Tensor4D> {
  if (!isMirrored) return (await runInTurns(plan, weights, input, turns)).logits;
  const mirrored = mirror(input);
  try {
    const {logits} = await runInTurns(plan, weights, mirrored, turns);
    const back = mirror(logits);
    logits.dispose();
    return back;
  } finally {
    mirrored.dispose();
  }
}

/** Left and right exchanged. @param map [N, height, width, channels] */
function mirror(map: tf.Tensor4D): tf.Tensor4D {
  return tf.reverse(map, 2);
}
