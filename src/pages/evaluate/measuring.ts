import {mean} from "d3-array";
import type {EngineClient} from "../../lab/engine-client.js";
import type {SplitChoice} from "../../worker/dataset-messages.js";
import type {MeasureChoice} from "../../worker/measure-messages.js";
import type {KeptRun} from "./kept-runs.js";

/** How far a run has come. */
export interface RunProgress {
  readonly run: KeptRun;
  /** Photos that were looked at: measured now, or found to be what was measured before. */
  readonly done: number;
  /** Milliseconds that the others will take; null until one was measured now. */
  readonly left: number | null;
}

/**
 * Measures the photos of a list one after the other, each with a call of its own, so that others' calls come in between. What was measured
 * before stands where the photo and its mask are the same.
 *
 * @param options.onPhoto called after each photo
 * @throws Error with a sentence for the reader, as the command stops; DOMException "AbortError" once the signal says so. What was handed to
 * `onPhoto` stands then
 */
export async function measureList(
  engine: Pick<EngineClient, "measurePhoto">,
  data: SplitChoice,
  choice: MeasureChoice,
  run: KeptRun,
  {signal, onPhoto, now = () => performance.now()}: {readonly signal: AbortSignal; onPhoto(progress: RunProgress): void; now?(): number}
): Promise<KeptRun> {
  const photos = [...run.photos];
  /** Milliseconds of each photo that was measured now. */
  const times: number[] = [];
  let current = run;
  for (let place = 0; place < photos.length; place++) {
    signal.throwIfAborted();
    const before = now();
    const found = await engine.measurePhoto(data, place, choice, photos[place]?.digest ?? null, signal);
    if (found) {
      times.push(now() - before);
      photos[place] = found;
      current = {...run, photos: [...photos]};
    }
    const rest = photos.slice(place + 1).filter((photo) => photo === null).length;
    onPhoto({run: current, done: place + 1, left: times.length > 0 ? typical(times) * rest : null});
  }
  return current;
}

/** What a photo takes. The first one's time holds that of loading the model, too: it counts only where there is no other. */
function typical(times: readonly number[]): number {
  return mean(times.length > 1 ? times.slice(1) : times)!;
}
