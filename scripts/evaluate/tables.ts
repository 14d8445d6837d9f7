import type {Averaging} from "../../src/engine/averaging.js";
import type {AblationReport} from "../../src/evaluate/ablations.js";
import type {BoundaryDistance} from "../../src/evaluate/boundary.js";
import type {Evaluation} from "../../src/evaluate/counts.js";
import type {CrfFigures, Report} from "../../src/evaluate/report.js";
import {countInWords} from "../../src/datasets/count-in-words.js";

/** The report as a table for people; per cent with one decimal, "-" where there is no value. */
export function table(report: Report): string {
  const {imagesPerSecond, perClass, boundary, withCrf} = report;
  const there = perClass.filter(({iou}) => iou !== null);
  const nameWidth = Math.max("class".length, ...there.map(({name}) => name.length));
  const row = (name: string, iou: string, accuracy: string, share: string, boundaryIoU: string, crfIoU: string) =>
    `${name.padEnd(nameWidth)} ${iou.padStart(8)} ${accuracy.padStart(10)} ${share.padStart(14)}${boundary ? boundaryIoU.padStart(16) : ""}${withCrf ? crfIoU.padStart(17) : ""}`;
  const summary: [string, string][] = [
    ["mIoU", percent(report.meanIoU)],
    ["mIoU of the classes in the labels", percent(report.meanIoUOfLabelled)],
    ["Pixel accuracy", percent(report.pixelAccuracy)],
    ["Mean accuracy", percent(report.meanAccuracy)],
    ["Frequency-weighted IoU", percent(report.frequencyWeightedIoU)],
    ...(boundary ? boundaryLines(boundary) : []),
    ["Images a second", imagesPerSecond.toFixed(2)],
    ...(withCrf ? crfLines(withCrf) : [])
  ];
  const labelWidth = Math.max(...summary.map(([label]) => label.length));
  const valueWidth = Math.max(...summary.map(([, value]) => value.length));
  return [
    title(report),
    "",
    row("class", "IoU %", "accuracy %", "% of labels", "Boundary IoU %", "IoU % with CRF"),
    ...there.map(({name, iou, accuracy, truePixels, boundaryIoU = null, iouWithCrf = null}) =>
      row(name, percent(iou), percent(accuracy), percent(truePixels / report.pixels), percent(boundaryIoU), percent(iouWithCrf))
    ),
    "",
    ...summary.map(([label, value]) => `${label.padEnd(labelWidth)}  ${value.padStart(valueWidth)}`)
  ].join("\n");
}

/** The means along outlines, of the classes in the labels. */
function boundaryLines({bands, meanIoUOfLabelled}: NonNullable<Report["boundary"]>): [string, string][] {
  return [
    ["Boundary IoU of those classes", percent(meanIoUOfLabelled)],
    ...bands.map(({width, meanIoUOfLabelled: iou}): [string, string] => [`Their mIoU within ${width} px of outlines`, percent(iou)])
  ];
}

/** The same means of a CRF's labels. */
function crfLines({meanIoU, meanIoUOfLabelled, pixelAccuracy, boundary, milliseconds}: CrfFigures): [string, string][] {
  const lines: [string, string][] = [
    ["mIoU", percent(meanIoU)],
    ["mIoU of the classes in the labels", percent(meanIoUOfLabelled)],
    ["Pixel accuracy", percent(pixelAccuracy)],
    ...(boundary ? boundaryLines(boundary) : []),
    ["Milliseconds a photo", milliseconds.toFixed(0)]
  ];
  return lines.map(([label, value]) => [`With CRF: ${label}`, value]);
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
  averaging,
  rates,
  muted,
  weights,
  crf,
  boundaryDistance
}: Omit<Report, keyof Evaluation["metrics"] | "imagesPerSecond" | "pixels">): string {
  return [
    `${model} on ${dataset} (${split}, ${countInWords(images, "photo")})`,
    `output stride ${outputStride}`,
    `input size ${inputSize ?? "native"}`,
    `${padding} padding`,
    ...(averaging ? [averagingText(averaging)] : []),
    ...(rates ? [`rates ${rates.join(", ")}`] : []),
    ...(muted ? [`without ${muted.join(", ")}`] : []),
    ...(weights ? [`weights ${weights}`] : []),
    ...(crf ? [`CRF on the ${crf.grid} (${crf.iterations} iterations, bilateral ${Object.values(crf.bilateral).join(", ")})`] : []),
    ...(boundaryDistance ? [`Boundary IoU at ${distanceText(boundaryDistance)}`] : [])
  ].join(", ");
}

function averagingText({scales, flip}: Averaging): string {
  return `${scales.length === 1 ? "scale" : "scales"} ${scales.join(", ")}${flip ? " and mirrored" : ""}`;
}

function distanceText(distance: BoundaryDistance): string {
  return "pixels" in distance ? `${distance.pixels} px` : `${100 * distance.share} % of the diagonal`;
}

/** A share as per cent with one decimal. */
export function percent(share: number | null): string {
  return share === null ? "-" : (100 * share).toFixed(1);
}

/** The report as a table for people. */
export function ablationTable(report: AblationReport): string {
  const {runs} = report;
  const nameWidth = Math.max(...runs.map(({name}) => name.length));
  const widths = runs[0]!.bands?.map(({width}) => `${width} px`) ?? [];
  const row = (name: string, miou: string, person: string, outlines: readonly string[], losses: string) =>
    `${name.padEnd(nameWidth)} ${miou.padStart(7)} ${person.padStart(9)}${outlines.map((value) => value.padStart(OUTLINE)).join("")}   ${losses}`.trimEnd();
  const points = (change: number) => `${change < 0 ? "-" : "+"}${Math.abs(100 * change).toFixed(1)}`;
  return [
    title(report),
    "",
    row("", "mIoU %", "person %", widths.length > 0 ? [...widths, "boundary"] : [], "classes that lose most"),
    ...runs.map(({name, meanIoU, personIoU, losses, bands, boundaryIoU}) =>
      row(
        name,
        percent(meanIoU),
        percent(personIoU),
        bands ? [...bands.map((band) => percent(band.meanIoU)), percent(boundaryIoU!)] : [],
        losses.map((loss) => `${loss.name} ${points(loss.change)}`).join(", ")
      )
    ),
    ...(widths.length > 0 ? ["", "px: mIoU % within so many pixels of the true outlines; boundary: Boundary IoU %"] : [])
  ].join("\n");
}

/** Width of a column of `ablationTable` along outlines. */
const OUTLINE = 10;
