import {confusionMatrix, countPixels, metrics} from "./metrics.js";

/** One run's label map with the names of its classes. */
export interface NamedLabels {
  /** One class id a pixel. */
  readonly labels: Uint8Array;
  /** Names by id. */
  readonly classes: readonly string[];
}

/** How far two label maps agree on one class. */
export interface ClassAgreement {
  readonly name: string;
  /** Share of the pixels, 0-1, that A and B give the class. */
  readonly shareOfA: number;
  readonly shareOfB: number;
  /** Pixels that both give it / pixels that either does, 0-1. */
  readonly iou: number;
}

export interface LabelAgreement {
  /** Pixels of a map. */
  readonly pixels: number;
  /** Pixels whose class differs. */
  readonly different: number;
  /** Share of the pixels, 0-1, whose class is the same; 1 of none. */
  readonly share: number;
  /** Mean of the classes' IoU, over the classes that occur in either; null where there is no pixel. */
  readonly meanIoU: number | null;
  /** The classes that occur in either, those with the most pixels of A first. */
  readonly classes: readonly ClassAgreement[];
}

/**
 * How far two label maps of one photo agree. Classes are the same where their names are, whatever their ids. IoU does not
 * depend on which map is taken as the truth.
 *
 * @throws RangeError where the maps have different sizes, or more than 255 classes together
 */
export function labelAgreement(a: NamedLabels, b: NamedLabels): LabelAgreement {
  const names = [...new Set([...a.classes, ...b.classes])];
  const matrix = confusionMatrix(names.length);
  countPixels(matrix, byName(a, names), byName(b, names));
  const {pixels, pixelAccuracy, meanIoU, perClass} = metrics(matrix);
  const share = pixelAccuracy ?? 1;
  return {
    pixels,
    different: pixels - Math.round(share * pixels),
    share,
    meanIoU,
    classes: perClass
      .flatMap(({truePixels, predictedPixels, iou}, id) =>
        iou === null ? [] : [{name: names[id]!, shareOfA: truePixels / pixels, shareOfB: predictedPixels / pixels, iou}]
      )
      .sort((one, other) => other.shareOfA - one.shareOfA || other.shareOfB - one.shareOfB)
  };
}

/**
 * Whether at each pixel the names of the two maps' classes differ: 1 where they do, 0 where not.
 *
 * @throws RangeError where the maps have different sizes
 */
export function labelChanges(a: NamedLabels, b: NamedLabels): Uint8Array {
  if (a.labels.length !== b.labels.length)
    throw new RangeError(`Label maps of ${a.labels.length} and ${b.labels.length} pixels cannot be compared.`);
  return a.labels.map((id, pixel) => (a.classes[id] === b.classes[b.labels[pixel]!] ? 0 : 1));
}

/** The map with each id replaced by its name's place in a list. */
function byName({labels, classes}: NamedLabels, names: readonly string[]): Uint8Array {
  const place = classes.map((name) => names.indexOf(name));
  return labels.map((id) => place[id]!);
}
