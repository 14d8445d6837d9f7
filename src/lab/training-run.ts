import type {AskTraining, Stopped, TrainingNews} from "../worker/training-messages.js";
import {EngineLost} from "./engine.js";

/** How a training came to an end, or to a pause. */
export type TrainingEnd =
  | {readonly kind: "finished"; readonly step: number}
  /** By the signal: all that was made is kept. */
  | {readonly kind: "paused"; readonly step: number}
  | Stopped
  /** The worker is gone, and what was made since the last checkpoint with it: `goOn` with the photos takes it up in a new one. */
  | {readonly kind: "worker lost"; readonly message: string};

/**
 * Lets an open training go on, piece by piece, with others' calls in between, until it ends or is paused; after a pause the same call goes
 * on.
 *
 * @param options.signal pauses it: the piece under way is finished, then a checkpoint is written
 * @param options.onNews called with all that comes of it, in order
 * @throws Error with a sentence for the reader where the training is not open, or the checkpoint of a pause cannot be written
 */
export async function runTraining(
  {train}: {readonly train: AskTraining},
  id: string,
  {signal, onNews}: {readonly signal: AbortSignal; onNews(news: TrainingNews): void}
): Promise<TrainingEnd> {
  try {
    while (!signal.aborted) {
      for (const news of await train("advance", {id})) {
        onNews(news);
        if (news.kind === "finished" || news.kind === "stopped") return news;
      }
    }
    const step = await train("keep", {id});
    onNews({kind: "kept", step});
    return {kind: "paused", step};
  } catch (error) {
    if (error instanceof EngineLost) return {kind: "worker lost", message: error.message};
    throw error;
  }
}
