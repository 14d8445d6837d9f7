import type {Photo} from "../../engine/photo.js";
import {capitals} from "../../lab/backend-choices.js";
import {modelUrl} from "../../lab/model-list.js";
import type {Found, Work} from "../../lab/page-shell.js";
import {milliseconds} from "../../lab/quantities.js";
import type {BackendId} from "../../worker/protocol.js";

const SIDE = 513;
const OUTPUT_STRIDE = 16;
/** Runs of which the median is taken, if a second is enough for them. */
const RUNS = 9;

/** Times a model on a grey square, for what is in a photo changes no time. @returns in words, with how it was measured */
export async function measuredTime(engine: Work["engine"], model: string, backend: BackendId, {backends}: Found): Promise<string> {
  const {timings, timedRuns} = await engine.segment(GREY, {
    modelUrl: modelUrl(model),
    backend,
    outputStride: OUTPUT_STRIDE,
    inputSize: SIDE,
    repeats: RUNS
  });
  const detail = backends.find(({id}) => id === backend)?.detail ?? "";
  return `${milliseconds(timings.network)} (${timedRuns === 1 ? "one run" : `median of ${timedRuns} runs`} on ${capitals(backend)}, ${detail})`;
}

const GREY: Photo = {width: SIDE, height: SIDE, rgba: new Uint8ClampedArray(SIDE * SIDE * 4).fill(128)};
