import {countInWords} from "../../datasets/count-in-words.js";
import {capitals} from "../../lab/backend-choices.js";
import {gigabytes, operations, seconds, whole} from "../../lab/quantities.js";
import type {FreshWeights, KeptTraining, TrainingEstimate, TrainingSettings} from "../../worker/training-messages.js";

/* What the page says of a training, in sentences. */

type Setting = Pick<TrainingSettings, "steps" | "measureEvery" | "frozen" | "backend">;

/** More than a page is sure to get, and more than a reader waits for unasked. */
const MOST = {bytes: 1.5e9, milliseconds: 60 * 60_000};

/** Milliseconds that it takes from a step on. */
export function timeOf(
  {millisecondsOfStep, millisecondsOfMeasuring}: Pick<TrainingEstimate, "millisecondsOfStep" | "millisecondsOfMeasuring">,
  {steps, measureEvery}: Pick<Setting, "steps" | "measureEvery">,
  from = 0
): number {
  const left = steps - from;
  return left * millisecondsOfStep + Math.ceil(left / measureEvery) * millisecondsOfMeasuring;
}

/** What it would take, and what would learn. */
export function estimateInWords(estimate: TrainingEstimate, setting: Setting): string {
  const {
    bytes,
    multiplyAdds,
    photos: {train, val},
    learning: {layers, values}
  } = estimate;
  return [
    `${countInWords(train, "photo")} to learn from, ${val === 0 ? "none" : whole(val)} kept apart.`,
    `${countInWords(values, "weight")} in ${countInWords(layers, "layer")} learn; a step takes ${operations(multiplyAdds)} multiply-adds.`,
    `About ${seconds(timeOf(estimate, setting))} on ${capitals(setting.backend)} here, and ${memoryInWords(bytes)} of memory.`
  ].join(" ");
}

function memoryInWords(value: number): string {
  return value < 1e9 ? `${Math.round(value / 1e6)} MB` : gigabytes(value);
}

/** What is lost with the page, and why a training may be too much for this machine and what would make it less; empty where nothing is. */
export function warningOf(estimate: TrainingEstimate, setting: Setting): string {
  return [estimate.isKept ? "" : NOT_KEPT, tooMuch(estimate, setting)].filter(Boolean).join(" ");
}

const NOT_KEPT =
  "This browser lets the site keep nothing, as some private windows do: the training is lost when you leave this page, and its model cannot be used on others. Open the site in an ordinary window.";

function tooMuch(estimate: TrainingEstimate, setting: Setting): string {
  const less =
    setting.frozen === "nothing" ? "let only the head learn, or take smaller or fewer crops" : "take smaller or fewer crops a step";
  if (estimate.bytes > MOST.bytes) {
    return `It wants ${memoryInWords(estimate.bytes)} of memory, more than a page is sure to get: ${less}, unless you know that there is room.`;
  }
  const time = timeOf(estimate, setting);
  return time > MOST.milliseconds ? `It takes about ${seconds(time)}. It can be paused and goes on another day; or ${less}.` : "";
}

/** Which weights are not the starting model's; empty where all are. */
export function freshInWords({decoder, ...ofClasses}: FreshWeights): string {
  return [decoder ? decoderInWords(decoder) : "", lastLayerInWords(ofClasses)].filter(Boolean).join(" ");
}

function decoderInWords(weights: readonly string[]): string {
  // Of "decoder/conv_0/pointwise/kernel", "conv_0".
  const parts = [...new Set(weights.map((name) => name.split("/")[1]!))];
  return `The decoder is new (${listed(parts)}): it begins by handing on what the model found, and a little of the skip.`;
}

function lastLayerInWords({weights, carried, added}: FreshWeights): string {
  if (weights.length === 0) return "";
  const begun = added.length > 0 ? `The last layer begins anew for ${listed(added)}` : "The last layer begins anew";
  return `${begun}${carried.length > 0 ? `; for ${listed(carried)} it keeps what the model knows` : ""}.`;
}

/** So many names are told. */
const MOST_NAMES = 5;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)!}` : shown[0]!;
}

/** A kept training in its row. */
export function keptInWords({step, settings: {steps}, photos, best, changed}: KeptTraining, now: number): string {
  const done = step === steps ? `finished, ${whole(steps)} steps` : `step ${whole(step)} of ${whole(steps)}`;
  const iou = typeof best?.meanIoU === "number" ? `, best mean IoU ${(100 * best.meanIoU).toFixed(1)} %` : "";
  return `${done}, ${countInWords(photos.train, "photo")}${iou}, ${seconds(Math.max(0, now - changed))} ago`;
}
