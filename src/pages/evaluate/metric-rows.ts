import type {MetricRow} from "../../components/results/metric-table.js";
import type {Metrics} from "../../engine/labels/metrics.js";
import {percent} from "./figures.js";

type Measured = Omit<Metrics, "perClass"> & {
  readonly perClass: readonly Pick<Metrics["perClass"][number], "truePixels" | "predictedPixels">[];
};

/** The measures of a result, in words that hold for it. */
export function metricRows(measured: Measured, {name, metrics}: {readonly name: string; readonly metrics: Metrics}): MetricRow[] {
  const {perClass, pixels} = measured;
  const labelled = perClass.filter(({truePixels}) => truePixels > 0).length;
  const alone = perClass.filter(({truePixels, predictedPixels}) => truePixels === 0 && predictedPixels > 0).length;
  const most = Math.max(...perClass.map(({truePixels}) => truePixels)) / pixels;
  const row = (title: string, key: Exclude<keyof Metrics, "perClass" | "pixels">, words: string) => ({
    name: title,
    value: percent(measured[key]),
    baseline: percent(metrics[key]),
    words
  });
  return [
    row(
      "Pixel accuracy",
      "pixelAccuracy",
      `Right pixels, whatever their class. ${percent(most)} of them are ${name}: a small class can be missed whole and hardly show.`
    ),
    row(
      "Mean accuracy",
      "meanAccuracy",
      `How much of each class is found, all ${labelled} alike. What is painted too much costs only the class below it.`
    ),
    row(
      "mIoU, classes in the labels",
      "meanIoUOfLabelled",
      `Overlap, all ${labelled} classes that the labels hold alike: too little and too much both cost. The steadier figure on few photos.`
    ),
    row(
      "mIoU, all classes",
      "meanIoU",
      alone > 0
        ? `The same, with the ${alone} ${alone === 1 ? "class that is" : "classes that are"} only predicted: each counts as 0, be it for a single pixel. ${labelled + alone} of ${perClass.length} classes occur.`
        : `The same, with classes that are only predicted, which count as 0: there is none here. ${labelled} of ${perClass.length} classes occur.`
    ),
    row("Frequency-weighted IoU", "frequencyWeightedIoU", "Overlap, each class weighted by its share of the labels: large classes decide.")
  ];
}
