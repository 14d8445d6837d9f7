import {countInWords} from "../datasets/count-in-words.js";
import type {ModelCard} from "../engine/model.js";
import type {Score} from "./measure.js";

/** What a trained model's card is made from. */
export interface Run {
  readonly name: string;
  /** Card of the model that it started from. */
  readonly start: Pick<ModelCard, "name" | "license" | "source">;
  /** What the photos are, in words. */
  readonly from: string;
  readonly photos: {readonly train: number; readonly val: number};
  /** Settings, in words. */
  readonly settings: string;
  /** Of the weights, and in all. */
  readonly step: number;
  readonly steps: number;
  /** How it did, on the photos that were kept apart or, where there were none, on those that it learnt from; null: not measured. */
  readonly score: Omit<Score, "loss"> | null;
  /** How photos were measured, in words. */
  readonly measuredHow: string;
  /** Mean loss of photos that it learnt from and of others in the end. */
  readonly lossInTheEnd: {readonly train: number; readonly val: number | null} | null;
}

/** The card of a trained model: data, settings, the curve's end, IoU by class, and what it came from with its licence. */
export function trainedCard(run: Run, {classes, palette}: Pick<ModelCard, "classes" | "palette">): ModelCard {
  const {start, photos, settings, step, steps, from} = run;
  const apart = photos.val > 0 ? `, ${photos.val} kept apart` : "";
  return {
    name: run.name,
    classes,
    palette,
    license: `of the model that it was trained from: ${start.license || "unknown"}; of the photos: their owner's`,
    source: `Trained from ${start.name} for ${step} of ${steps} steps on ${from}: ${countInWords(photos.train, "photo")} learnt from${apart}. ${settings}. Before: ${start.source}`,
    measured: measured(run, classes)
  };
}

function measured({score, photos, measuredHow, lossInTheEnd}: Run, classes: readonly string[]): string {
  if (score === null || score.meanIoU === null) return "";
  const ofClasses = score.iou.flatMap((iou, index) => (iou === null ? [] : [`${classes[index]} ${percent(iou)}`]));
  const on = photos.val > 0 ? `${countInWords(photos.val, "photo")} kept apart` : "photos that it was trained on";
  const end = lossInTheEnd
    ? `; loss in the end ${lossInTheEnd.train.toPrecision(3)} on photos learnt from${lossInTheEnd.val === null ? "" : `, ${lossInTheEnd.val.toPrecision(3)} on those kept apart`}`
    : "";
  return `mIoU ${percent(score.meanIoU)} on ${on} (${measuredHow}): ${ofClasses.join(", ")}${end}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
