import type {Model} from "../../src/engine/model.js";
import type {Evaluation, Setting} from "./evaluate.js";

/** Everything that was measured and with what, as plain data: what `--json` prints. Shares are between 0 and 1. */
export interface Report extends Setting {
  readonly model: string;
  readonly dataset: string;
  readonly split: string;
  readonly images: number;
  readonly imagesPerSecond: number;
  readonly pixels: number;
  readonly meanIoU: number | null;
  readonly meanIoUOfLabelled: number | null;
  readonly pixelAccuracy: number | null;
  readonly meanAccuracy: number | null;
  readonly frequencyWeightedIoU: number | null;
  readonly perClass: readonly {
    readonly id: number;
    readonly name: string;
    readonly iou: number | null;
    readonly accuracy: number | null;
    readonly truePixels: number;
    readonly predictedPixels: number;
  }[];
}

/** What was measured, on what and how. */
export interface Circumstances extends Setting {
  readonly model: Model;
  /** As the reader named it. */
  readonly name: string;
  readonly dataset: string;
  readonly split: string;
}

/** Puts an evaluation and its circumstances together. */
export function reportOf({metrics, images, imagesPerSecond}: Evaluation, {model, name, dataset, split, ...setting}: Circumstances): Report {
  const {perClass, ...overall} = metrics;
  return {
    model: name,
    dataset,
    split,
    outputStride: setting.outputStride,
    inputSize: setting.inputSize,
    padding: setting.padding,
    ...(setting.rates && {rates: setting.rates}),
    ...(setting.muted?.length && {muted: setting.muted}),
    images,
    imagesPerSecond,
    ...overall,
    perClass: perClass.map((values, id) => ({id, name: model.card.classes[id] ?? `class ${id}`, ...values}))
  };
}

/** The report as a table for people; per cent with one decimal, "-" where there is no value. */
export function table(report: Report): string {
  const {imagesPerSecond, perClass} = report;
  const there = perClass.filter(({iou}) => iou !== null);
  const nameWidth = Math.max("class".length, ...there.map(({name}) => name.length));
  const row = (name: string, iou: string, accuracy: string, share: string) =>
    `${name.padEnd(nameWidth)} ${iou.padStart(8)} ${accuracy.padStart(10)} ${share.padStart(14)}`;
  const summary: [string, string][] = [
    ["mIoU", percent(report.meanIoU)],
    ["mIoU of the classes in the labels", percent(report.meanIoUOfLabelled)],
    ["Pixel accuracy", percent(report.pixelAccuracy)],
    ["Mean accuracy", percent(report.meanAccuracy)],
    ["Frequency-weighted IoU", percent(report.frequencyWeightedIoU)],
    ["Images a second", imagesPerSecond.toFixed(2)]
  ];
  const labelWidth = Math.max(...summary.map(([label]) => label.length));
  const valueWidth = Math.max(...summary.map(([, value]) => value.length));
  return [
    title(report),
    "",
    row("class", "IoU %", "accuracy %", "% of labels"),
    ...there.map(({name, iou, accuracy, truePixels}) => row(name, percent(iou), percent(accuracy), percent(truePixels / report.pixels))),
    "",
    ...summary.map(([label, value]) => `${label.padEnd(labelWidth)}  ${value.padStart(valueWidth)}`)
  ].join("\n");
}

/** What was measured and how, in one line. */
export function title({
  model,
  dataset,
  split,
  images,
  outputStride,
  inputSize,
  padding,
  rates,
  muted
}: Omit<Report, keyof Evaluation["metrics"] | "imagesPerSecond" | "pixels">): string {
  return [
    `${model} on ${dataset} (${split}, ${images} ${images === 1 ? "photo" : "photos"})`,
    `output stride ${outputStride}`,
    `input size ${inputSize ?? "native"}`,
    `${padding} padding`,
    ...(rates ? [`rates ${rates.join(", ")}`] : []),
    ...(muted ? [`without ${muted.join(", ")}`] : [])
  ].join(", ");
}

/** A share as per cent with one decimal. */
export function percent(share: number | null): string {
  return share === null ? "-" : (100 * share).toFixed(1);
}
