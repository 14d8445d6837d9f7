import type {ConfusionMatrix} from "../engine/labels/metrics.js";
import {metricsOfTallies} from "../engine/labels/metrics.js";
import type {PhotoCounts} from "./photo-counts.js";
import {talliesOf} from "./photo-counts.js";
import type {Report} from "./report.js";

/*
 * What was measured as tables for spreadsheets: commas between, a header first, shares between 0 and 1 with all their digits, nothing where
 * there is no value (RFC 4180).
 */

type Cell = string | number | null;

/** A class a row. */
export function classesCsv({perClass}: Pick<Report, "perClass">): string {
  const header = ["id", "class", "iou", "accuracy", "boundary iou", "labelled pixels", "predicted pixels"];
  const rows = perClass.map(({id, name, iou, accuracy, boundaryIoU = null, truePixels, predictedPixels}) => [
    id,
    name,
    iou,
    accuracy,
    boundaryIoU,
    truePixels,
    predictedPixels
  ]);
  return csv([header, ...rows]);
}

/** Pixels by true class, a row each, and predicted class. */
export function matrixCsv({classes, counts}: ConfusionMatrix, names: readonly string[]): string {
  const rows = Array.from({length: classes}, (_, truth) => [names[truth]!, ...counts.subarray(truth * classes, (truth + 1) * classes)]);
  return csv([["true \\ predicted", ...names], ...rows]);
}

/** A photo a row. @param classes of the network */
export function photosCsv(photos: readonly PhotoCounts[], classes: number): string {
  const rows = photos.map((photo) => {
    const {pixels, pixelAccuracy, meanIoUOfLabelled} = metricsOfTallies(talliesOf(photo, classes));
    return [photo.id, pixels, pixelAccuracy, meanIoUOfLabelled];
  });
  return csv([["photo", "counted pixels", "pixel accuracy", "mean iou of its classes"], ...rows]);
}

function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => row.map(field).join(",") + "\r\n").join("");
}

function field(cell: Cell): string {
  const text = String(cell ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
