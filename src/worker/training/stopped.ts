import {FailedStep} from "../../train/failed-step.js";
import {deviceLost} from "../device-lost.js";
import type {StopReason, Stopped} from "../training-messages.js";
import {UnreadablePhoto} from "./photos.js";
import {NotKept} from "./store.js";

/** What was under way when it happened. */
export interface UnderWay {
  readonly kind: "step" | "measuring" | "keeping";
  /** The step, from 1; that after which it measured or kept. */
  readonly step: number;
  /** Ids of its photos, by their places in the batch; none where photos were measured. */
  readonly photos: readonly string[];
  /** The end point; null where none is known. */
  readonly layer: string | null;
  readonly keptAt: number;
}

const WORDS: Readonly<Record<UnderWay["kind"], string>> = {
  step: "Step",
  measuring: "Measuring after step",
  keeping: "The checkpoint after step"
};

/** As the backends say that there is no memory. */
const NO_MEMORY =
  /out of memory|\boom\b|memory access out of bounds|allocation (failed|of)|invalid (typed )?array (buffer )?length|enlarge memory/i;

/** Why a training stops by itself, in a sentence that names step, photos and layer. */
export function stoppedBy(error: unknown, underWay: UnderWay, isLost = deviceLost()): Stopped {
  const failed = failedStepIn(error);
  const reason = reasonOf(error, failed, isLost);
  const layer = failed ? failed.layer : underWay.layer;
  const photos = photosOf(error, failed, underWay);
  const {kind, step, keptAt} = underWay;
  const at = `${WORDS[kind]} ${step}${photos.length > 0 ? ` (${photos.length === 1 ? "photo" : "photos"} ${photos.join(", ")})` : ""}`;
  const kept = `What was learnt up to step ${keptAt} is kept.`;
  const where = layer === null ? "" : ` at the layer ${layer}`;
  const said = error instanceof Error ? error.message : String(error);
  return {kind: "stopped", reason, message: `${sentences(at, where, said)[reason]} ${kept}`, step, photos, layer, keptAt};
}

function sentences(at: string, where: string, said: string): Record<StopReason, string> {
  return {
    "not a number": `${at} gave values that are no numbers${where}: begin anew with a smaller learning rate, or with clipping.`,
    "out of memory": `${at} found no more memory${where}: close other tabs and go on, or begin anew with smaller or fewer crops.`,
    "device lost": `${at} lost the graphics device${where}: go on, on the WASM backend if it happens again.`,
    photo: `${at} could not read its photo: ${said}`,
    "no room": `${at} could not be kept: ${said}`,
    other: `${at} could not be made${where}: ${said}`
  };
}

function reasonOf(error: unknown, failed: FailedStep | null, isLost: boolean): StopReason {
  if (error instanceof UnreadablePhoto) return "photo";
  if (isLost) return "device lost";
  if (failed?.isNotANumber) return "not a number";
  if (error instanceof NotKept) return "no room";
  return NO_MEMORY.test(String(failed ? failed.cause : error)) ? "out of memory" : "other";
}

function photosOf(error: unknown, failed: FailedStep | null, {photos}: UnderWay): readonly string[] {
  if (error instanceof UnreadablePhoto) return [error.photo];
  return failed && failed.place !== null ? [photos[failed.place]!] : photos;
}

/** What failed may have been told of in other words since. */
function failedStepIn(error: unknown): FailedStep | null {
  if (error instanceof FailedStep) return error;
  return error instanceof Error && error.cause !== undefined ? failedStepIn(error.cause) : null;
}
