import {confusionMatrix, countPixels, metrics} from "../engine/labels/metrics.js";
import type {ConfusionMatrix, Metrics} from "../engine/labels/metrics.js";
import type {Mask} from "../formats/mask-picture.js";
import {boundaryCounts, boundaryMetrics, countBoundaries} from "./boundary.js";
import type {BoundaryCounts, BoundaryDistance, BoundaryMetrics} from "./boundary.js";

/** How well label maps agree with the masks. */
export interface Agreement {
  readonly metrics: Metrics;
  /** Where outlines were to be measured. */
  readonly boundary?: BoundaryMetrics | undefined;
}

export interface Evaluation extends Agreement {
  /** The labels of the CRF, where there was one, and what it took a photo. */
  readonly withCrf?: (Agreement & {readonly milliseconds: number}) | undefined;
  readonly images: number;
  /** From pixels to labels, reading and decoding files not counted. */
  readonly imagesPerSecond: number;
}

/** Pixels of label maps by true and predicted class. */
export interface LabelCounts {
  readonly matrix: ConfusionMatrix;
  /** Where outlines are measured. */
  readonly outlines?: BoundaryCounts | undefined;
}

/** What was counted of some photos so far: plain data, which adds up and can be sent. */
export interface Counts {
  images: number;
  /** From pixels to labels. */
  milliseconds: number;
  /** Of the CRF alone. */
  crfMilliseconds: number;
  readonly network: LabelCounts;
  /** Of the CRF's labels, where there is one. */
  readonly crf?: LabelCounts | undefined;
}

/** Counts of nothing. @param setting what is to be counted */
export function newCounts(
  classes: number,
  {crf, boundaryDistance}: {readonly crf?: object | undefined; readonly boundaryDistance?: BoundaryDistance | undefined}
): Counts {
  const labels = (): LabelCounts => ({matrix: confusionMatrix(classes), outlines: boundaryDistance && boundaryCounts(classes)});
  return {images: 0, milliseconds: 0, crfMilliseconds: 0, network: labels(), crf: crf && labels()};
}

/** Adds one label map and its prediction. */
export function countLabels(
  {matrix, outlines}: LabelCounts,
  truth: Mask,
  labels: ArrayLike<number>,
  boundaryDistance: BoundaryDistance | undefined
): void {
  countPixels(matrix, truth.ids, labels);
  if (outlines && boundaryDistance) countBoundaries(outlines, truth, labels, boundaryDistance);
}

/** The measures of what was counted, in one place or in several at the same time. */
export function evaluationOf(parts: readonly [Counts, ...Counts[]]): Evaluation {
  const images = parts.reduce((sum, part) => sum + part.images, 0);
  const crf = parts.flatMap((part) => part.crf ?? []);
  const crfMilliseconds = parts.reduce((sum, part) => sum + part.crfMilliseconds, 0);
  return {
    ...agreementOf(parts.map(({network}) => network)),
    withCrf: crf.length > 0 ? {...agreementOf(crf), milliseconds: crfMilliseconds / images} : undefined,
    images,
    imagesPerSecond: parts.reduce((sum, part) => sum + (part.images > 0 ? (1000 * part.images) / part.milliseconds : 0), 0)
  };
}

function agreementOf(parts: readonly LabelCounts[]): Agreement {
  const outlines = parts.flatMap((part) => part.outlines ?? []);
  return {
    metrics: metrics(sum(parts.map(({matrix}) => matrix))),
    boundary:
      outlines.length > 0
        ? boundaryMetrics({
            classes: outlines[0]!.classes,
            rings: outlines[0]!.rings.map((_, index) => sum(outlines.map(({rings}) => rings[index]!))),
            edges: sum(outlines.map(({edges}) => edges))
          })
        : undefined
  };
}

function sum(matrices: readonly ConfusionMatrix[]): ConfusionMatrix {
  const {classes, counts} = matrices[0]!;
  return {classes, counts: counts.map((_, index) => matrices.reduce((total, matrix) => total + matrix.counts[index]!, 0))};
}
