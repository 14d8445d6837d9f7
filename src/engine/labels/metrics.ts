/** The four segmentation metrics, all from one confusion matrix (Long et al. 2015, section 5). Plain arrays, no tensors. */

/** Counts of pixels by true and predicted class. */
export interface ConfusionMatrix {
  readonly classes: number;
  /** classes x classes, row by row: `counts[i * classes + j]` pixels of true class i were predicted as j. */
  readonly counts: Float64Array;
}

/** Accuracy of one class; null where it is 0 / 0. */
export interface ClassMetrics {
  /** Pixels of the class in the labels. */
  readonly truePixels: number;
  /** Pixels predicted as the class. */
  readonly predictedPixels: number;
  /** Share of the class's pixels that were found, 0-1; null where the labels have none. */
  readonly accuracy: number | null;
  /** Intersection over union, 0-1; null where neither labels nor predictions have the class. */
  readonly iou: number | null;
}

/** All metrics lie between 0 and 1; null where no pixel was counted. */
export interface Metrics {
  /** Share of the counted pixels whose class is right. */
  readonly pixelAccuracy: number | null;
  /** Mean of the classes' accuracies, over the classes that occur in the labels. */
  readonly meanAccuracy: number | null;
  /** Mean IoU over the classes that occur in labels or predictions: a class only predicted counts as 0. */
  readonly meanIoU: number | null;
  /**
   * Mean IoU over the classes that occur in the labels. Equal to `meanIoU` on a data set that has every class; on a
   * small one, where a few stray pixels of an absent class would each cost a whole class, the steadier figure.
   */
  readonly meanIoUOfLabelled: number | null;
  /** IoU of each class weighted by its share of the labels. */
  readonly frequencyWeightedIoU: number | null;
  /** Pixels counted; ignored ones are not. */
  readonly pixels: number;
  readonly perClass: readonly ClassMetrics[];
}

/** An empty matrix. @throws RangeError when `classes` is not a whole number from 1 to 255 */
export function confusionMatrix(classes: number): ConfusionMatrix {
  if (!Number.isInteger(classes) || classes < 1 || classes > 255) {
    throw new RangeError(`A confusion matrix has from 1 to 255 classes; ${classes} were asked for.`);
  }
  return {classes, counts: new Float64Array(classes * classes)};
}

/**
 * Adds one label map and its prediction to a matrix, in place. Pixels whose label is not one of the classes
 * (255 = ignore, by convention) never count.
 *
 * @param labels true class ids, one a pixel
 * @param predictions predicted class ids, one a pixel, each below `matrix.classes` where the label counts
 * @throws RangeError when the lengths differ or a counted prediction is not one of the classes
 */
export function countPixels({classes, counts}: ConfusionMatrix, labels: ArrayLike<number>, predictions: ArrayLike<number>): void {
  if (labels.length !== predictions.length) {
    throw new RangeError(`Labels (${labels.length} pixels) and predictions (${predictions.length} pixels) differ in size.`);
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label >= classes) continue;
    const prediction = predictions[i]!;
    if (prediction >= classes) throw new RangeError(`Class ${prediction} was predicted; there are ${classes} classes.`);
    counts[label * classes + prediction]!++;
  }
}

/** What all metrics are made of: pixels by class, each list as long as there are classes. */
export interface ClassTallies {
  /** In the labels. */
  readonly labelled: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
  /** In both. */
  readonly hits: ArrayLike<number>;
}

/** All metrics of a matrix. */
export function metrics({classes, counts}: ConfusionMatrix): Metrics {
  const [labelled, predicted, hits] = [new Float64Array(classes), new Float64Array(classes), new Float64Array(classes)];
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      const count = counts[i * classes + j]!;
      labelled[i]! += count;
      predicted[j]! += count;
    }
    hits[i] = counts[i * classes + i]!;
  }
  return metricsOfTallies({labelled, predicted, hits});
}

/** The same of what a matrix comes down to. */
export function metricsOfTallies({labelled, predicted, hits}: ClassTallies): Metrics {
  let pixels = 0;
  let right = 0;
  const perClass = Array.from(labelled, (truePixels, i): ClassMetrics => {
    pixels += truePixels;
    right += hits[i]!;
    return {
      truePixels,
      predictedPixels: predicted[i]!,
      accuracy: share(hits[i]!, truePixels),
      iou: share(hits[i]!, truePixels + predicted[i]! - hits[i]!)
    };
  });
  return {
    pixelAccuracy: share(right, pixels),
    meanAccuracy: mean(perClass.map(({accuracy}) => accuracy)),
    meanIoU: mean(perClass.map(({iou}) => iou)),
    meanIoUOfLabelled: mean(perClass.map(({iou, truePixels}) => (truePixels > 0 ? iou : null))),
    frequencyWeightedIoU: share(
      perClass.reduce((sum, {iou, truePixels}) => sum + truePixels * (iou ?? 0), 0),
      pixels
    ),
    pixels,
    perClass
  };
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** Mean of the values that are there; null where none is. */
export function mean(values: readonly (number | null)[]): number | null {
  const there = values.filter((value) => value !== null);
  return share(
    there.reduce((sum, value) => sum + value, 0),
    there.length
  );
}
