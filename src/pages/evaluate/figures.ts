import {metricsOfTallies} from "../../engine/labels/metrics.js";
import type {ConfusionMatrix, Metrics} from "../../engine/labels/metrics.js";
import {evaluationOf} from "../../evaluate/counts.js";
import {countAt, summedCounts, talliesOf} from "../../evaluate/photo-counts.js";
import type {PhotoCounts} from "../../evaluate/photo-counts.js";
import {reportOf} from "../../evaluate/report.js";
import type {Report} from "../../evaluate/report.js";
import {averagingInWords} from "../../lab/averaging.js";
import type {KeptRun} from "./kept-runs.js";

/** All that a run says. */
export interface Figures {
  /** As the command prints it. */
  readonly report: Report;
  readonly matrix: ConfusionMatrix;
  /** Of the photos that are measured. */
  readonly photos: readonly PhotoCounts[];
  /** The same measures if every pixel had been given to the class that the labels have most of. */
  readonly baseline: {readonly name: string; readonly metrics: Metrics};
}

export function figuresOf({model, dataset, split, setting, photos: measured}: KeptRun): Figures {
  const photos = measured.filter((photo) => photo !== null).map(({counts}) => counts);
  const counts = summedCounts(photos, model.classes.length, setting);
  const report = reportOf(evaluationOf([counts]), {...setting, model: {card: model}, name: model.id, dataset, split});
  return {report, matrix: counts.network.matrix, photos, baseline: baselineOf(report)};
}

function baselineOf({perClass, pixels}: Report): Figures["baseline"] {
  const labelled = perClass.map(({truePixels}) => truePixels);
  const most = labelled.indexOf(Math.max(...labelled));
  const only = (value: number) => labelled.map((_, id) => (id === most ? value : 0));
  return {name: perClass[most]!.name, metrics: metricsOfTallies({labelled, predicted: only(pixels), hits: only(labelled[most]!)})};
}

/** So many classes are legible side by side. */
const LEGIBLE = 32;

/** Ids of the classes that a matrix has pixels of, those with most where they are too many. */
export function shownClasses({perClass}: Pick<Report, "perClass">, most = LEGIBLE): number[] {
  return perClass
    .filter(({truePixels, predictedPixels}) => truePixels + predictedPixels > 0)
    .sort((a, b) => b.truePixels + b.predictedPixels - a.truePixels - a.predictedPixels)
    .slice(0, most)
    .map(({id}) => id)
    .sort((a, b) => a - b);
}

/** A photo with what it is ranked by. */
export interface RankedPhoto {
  /** In its list. */
  readonly place: number;
  readonly id: string;
  readonly accuracy: number | null;
  readonly iou: number | null;
  /** Pixels in the cell that is asked about. */
  readonly pixels: number;
}

/** The photos of a run, the worst first; or those with a pixel in a cell of the matrix, the most first. */
export function rankedPhotos(
  {photos, model: {classes}}: KeptRun,
  by: "accuracy" | "iou",
  cell: {readonly truth: number; readonly guess: number} | null
): RankedPhoto[] {
  const ranked = photos.flatMap((photo, place): RankedPhoto[] => {
    if (photo === null) return [];
    const {counts} = photo;
    const {pixelAccuracy: accuracy, meanIoUOfLabelled: iou} = metricsOfTallies(talliesOf(counts, classes.length));
    const pixels = cell ? countAt(counts, classes.length, cell.truth, cell.guess) : 0;
    return [{place, id: counts.id, accuracy, iou, pixels}];
  });
  return cell
    ? ranked.filter(({pixels}) => pixels > 0).sort((a, b) => b.pixels - a.pixels)
    : ranked.sort((a, b) => (a[by] ?? 1) - (b[by] ?? 1));
}

/** A run's model and setting in words. */
export function runInWords({model, setting: {outputStride, inputSize, padding, averaging}}: KeptRun): string {
  return [
    model.title,
    `output stride ${outputStride}`,
    inputSize === null ? "photos as they are" : `${inputSize} px`,
    `${padding} padding`,
    ...(averaging ? [averagingInWords(averaging)] : [])
  ].join(", ");
}

/** A share as per cent with one decimal. */
export function percent(share: number | null): string {
  return share === null ? "–" : `${(100 * share).toFixed(1)} %`;
}
