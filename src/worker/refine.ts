import {labelsOf, refining} from "../engine/crf/dense-crf.js";
import type {Marginals} from "../engine/crf/marginals.js";
import type {Passes} from "../engine/crf/grid.js";
import type {CrfOptions} from "../engine/crf/options.js";
import type {Photo} from "../engine/photo.js";
import {messagesIn} from "./pauses.js";
import type {Progress, Refinement} from "./protocol.js";
import {stopwatch} from "./stopwatch.js";

/**
 * Refines a network's scores for a photo, the mean of all passes, with a fully connected CRF.
 *
 * @throws DOMException "AbortError" between two iterations, once the signal says so
 */
export async function refine(
  {width, height, rgba}: Photo,
  passes: Passes,
  options: CrfOptions,
  {everyStep, signal, onProgress}: {readonly everyStep: boolean; readonly signal: AbortSignal; onProgress(progress: Progress): void}
): Promise<Refinement> {
  const {iterations} = options;
  const clock = stopwatch();
  const steps: Uint8Array[] = [];
  let last: Marginals | null = null;
  let done = 0;
  for (const marginals of refining({height, width, channels: 4, values: rgba}, passes, options)) {
    last = marginals;
    if (everyStep) steps.push(labelsOf(marginals, height, width));
    onProgress({
      stage: "run",
      fraction: done / Math.max(1, iterations),
      message: `Refining with the CRF, iteration ${done++} of ${iterations}`
    });
    await messagesIn();
    signal.throwIfAborted();
  }
  const labels = steps.at(-1) ?? labelsOf(last!, height, width);
  return {...last!, options, labels, steps, milliseconds: clock()};
}
