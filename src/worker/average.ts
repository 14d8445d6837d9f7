import * as tf from "@tensorflow/tfjs-core";
import {averagedLabels} from "../engine/labels/averaged.js";
import {runPasses} from "../engine/passes.js";
import type {Averaging} from "../engine/averaging.js";
import type {PassLogits, PassSetting} from "../engine/passes.js";
import type {Photo} from "../engine/photo.js";
import type {Prepared} from "./inspections/prepared.js";
import {messagesIn} from "./pauses.js";
import type {Averaged, Progress} from "./protocol.js";
import {readLogits} from "./read-back.js";
import {stopwatch} from "./stopwatch.js";

/**
 * Runs the passes that a run is to be averaged with, and averages.
 *
 * @param plain the run itself; it stays the caller's
 * @throws DOMException "AbortError" once the signal says so
 */
export async function average(
  {model, weights, turns}: Prepared,
  {height, width, rgba}: Photo,
  {averaging, ...choice}: PassSetting & {readonly averaging: Averaging},
  plain: PassLogits,
  onProgress: (progress: Progress) => void
): Promise<Averaged> {
  const clock = stopwatch();
  const pixels = {height, width, channels: 4, values: rgba} as const;
  const passes = await runPasses(model.network, weights, pixels, choice, averaging, {
    ...turns,
    plain,
    onPass: (number, of) => onProgress({stage: "run", fraction: (number - 1) / of, message: `Segmenting, pass ${number} of ${of}`})
  });
  try {
    const labels = await averagedLabels(passes, height, width, {signal: turns?.signal, rest: messagesIn});
    const said: Averaged["passes"][number][] = [];
    for (const {logits, extent} of passes) said.push({logits: await readLogits(logits), covered: extent});
    return {averaging, labels, passes: said, time: clock()};
  } finally {
    tf.dispose(passes.map(({logits}) => logits));
  }
}
