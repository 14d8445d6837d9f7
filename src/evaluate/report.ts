import type {Band} from "./boundary.js";
import type {ModelCard} from "../engine/model.js";
import type {Evaluation} from "./counts.js";
import type {Setting} from "./setting.js";

/** Everything that was measured and with what, as plain data: what `--json` prints. Shares are between 0 and 1. */
export interface Report extends Setting {
  readonly model: string;
  readonly dataset: string;
  readonly split: string;
  /** Names of photos of the split that were left out. */
  readonly without?: readonly string[];
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
    /** Where outlines were measured. */
    readonly boundaryIoU?: number | null;
    /** Where a CRF was. */
    readonly iouWithCrf?: number | null;
  }[];
  /** Where a CRF was. */
  readonly withCrf?: CrfFigures;
  /** Where outlines were measured. */
  readonly boundary?: {readonly bands: readonly Band[]; readonly meanIoUOfLabelled: number | null};
}

/** The figures of a CRF's labels. */
export interface CrfFigures extends Pick<Report, "meanIoU" | "meanIoUOfLabelled" | "pixelAccuracy" | "boundary"> {
  /** Of the CRF alone, a photo. */
  readonly milliseconds: number;
}

/** What was measured, on what and how. */
export interface Circumstances extends Setting {
  readonly model: {readonly card: Pick<ModelCard, "classes">};
  /** As the reader named it. */
  readonly name: string;
  readonly dataset: string;
  readonly split: string;
  /** Names of photos of the split that were left out; none by default. */
  readonly without?: readonly string[];
}

/** Puts an evaluation and its circumstances together. */
export function reportOf(
  {metrics, boundary, withCrf, images, imagesPerSecond}: Evaluation,
  {model, name, dataset, split, without, ...setting}: Circumstances
): Report {
  const {perClass, ...overall} = metrics;
  return {
    model: name,
    dataset,
    split,
    ...(without?.length && {without}),
    outputStride: setting.outputStride,
    inputSize: setting.inputSize,
    padding: setting.padding,
    ...(setting.averaging && {averaging: setting.averaging}),
    ...(setting.rates && {rates: setting.rates}),
    ...(setting.muted?.length && {muted: setting.muted}),
    ...(setting.enlargedAtOnce && {enlargedAtOnce: true}),
    ...(setting.weights && {weights: setting.weights}),
    ...(setting.crf && {crf: setting.crf}),
    ...(setting.boundaryDistance && {boundaryDistance: setting.boundaryDistance}),
    images,
    imagesPerSecond,
    ...overall,
    ...outlineFigures(boundary),
    ...(withCrf && {withCrf: crfFigures(withCrf)}),
    perClass: perClass.map((values, id) => ({
      id,
      name: model.card.classes[id] ?? `class ${id}`,
      ...values,
      ...(boundary && {boundaryIoU: boundary.perClass[id]!}),
      ...(withCrf && {iouWithCrf: withCrf.metrics.perClass[id]!.iou})
    }))
  };
}

function outlineFigures(boundary: Evaluation["boundary"]): Pick<Report, "boundary"> {
  return boundary ? {boundary: {bands: boundary.bands, meanIoUOfLabelled: boundary.meanIoUOfLabelled}} : {};
}

function crfFigures({metrics, boundary, milliseconds}: NonNullable<Evaluation["withCrf"]>): CrfFigures {
  const {meanIoU, meanIoUOfLabelled, pixelAccuracy} = metrics;
  return {meanIoU, meanIoUOfLabelled, pixelAccuracy, ...outlineFigures(boundary), milliseconds};
}
