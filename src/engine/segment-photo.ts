import * as tf from "@tensorflow/tfjs-core";
import {averagedLabels, averagedProbabilities} from "./labels/averaged.js";
import type {Rests} from "./labels/averaged.js";
import type {Network} from "./network.js";
import {runPasses} from "./passes.js";
import type {Averaging} from "./averaging.js";
import type {PassSetting, PassesOptions} from "./passes.js";
import type {Pixels} from "./photo-input.js";
import type {StepWeights} from "./weights.js";

/** A photo's classes at its own size. */
export interface SegmentedPhoto {
  readonly width: number;
  readonly height: number;
  /** One class id a pixel. */
  readonly labels: Uint8Array;
  /** Height x width x classes, row by row; null where they are not wanted. */
  readonly probabilities: Float32Array | null;
}

/**
 * Segments a photo, in one pass or the mean of several; nothing stays on the device.
 *
 * @param options.wantsProbabilities four bytes a pixel and class
 * @throws as `runPasses`
 */
export async function segmentPhoto(
  network: Network,
  weights: StepWeights,
  photo: Pixels,
  setting: PassSetting,
  averaging: Averaging,
  {wantsProbabilities, rest, ...options}: PassesOptions & Rests & {readonly wantsProbabilities: boolean}
): Promise<SegmentedPhoto> {
  const {width, height} = photo;
  const rests = {signal: options.signal, ...(rest && {rest})};
  const passes = await runPasses(network, weights, photo, setting, averaging, options);
  try {
    const labels = await averagedLabels(passes, height, width, rests);
    const probabilities = wantsProbabilities ? await averagedProbabilities(passes, height, width, rests) : null;
    return {width, height, labels, probabilities};
  } finally {
    tf.dispose(passes.map(({logits}) => logits));
  }
}
