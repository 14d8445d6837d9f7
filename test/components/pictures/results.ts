import {classBars} from "../../../src/components/results/class-bars.js";
import {confusionMatrixView} from "../../../src/components/results/confusion-matrix.js";
import {differenceIntervals} from "../../../src/components/results/difference-intervals.js";
import {metricTable} from "../../../src/components/results/metric-table.js";
import {photoComparison} from "../../../src/components/results/photo-comparison.js";
import {resultList} from "../../../src/components/results/result-list.js";
import {CLASSES, PALETTE, nothing, shown} from "./some.js";

const colours = PALETTE.map((colour) => `rgb(${colour.join(" ")})`);

export const results = {
  "class-bars": () =>
    shown(classBars({label: "IoU by class"}), (view) =>
      view.update([
        {name: "cat", colour: colours[1]!, share: 0.613, note: "4.0 % of the labels"},
        {name: "dog", colour: colours[2]!, share: null, note: "not in the labels"}
      ])
    ),

  "confusion-matrix": () =>
    shown(confusionMatrixView({label: "Confusion matrix", onChoose: nothing}), (view) =>
      view.update({
        classes: CLASSES.map((name, id) => ({id, name, colour: colours[id]!})),
        chosen: {truth: 1, guess: 2},
        cell({truth, guess}) {
          if (truth === 0 && guess > 0) return null;
          const share = truth === guess ? 0.9 : truth === 1 ? 0.1 : 0.001;
          return {share, words: "90 of 100 pixels"};
        }
      })
    ),

  "difference-intervals": () =>
    shown(differenceIntervals({label: "Both results"}), (view) =>
      view.update({first: "shown", second: "compared"}, [
        {name: "mIoU", first: 0.6, second: 0.62, difference: 0.02, low: -0.01, high: 0.05},
        {name: "Pixel accuracy", first: 0.92, second: 0.9, difference: -0.02, low: -0.03, high: -0.01}
      ])
    ),

  "metric-table": () =>
    shown(metricTable({label: "Measures"}), (view) =>
      view.update([{name: "Pixel accuracy", value: "93.0 %", baseline: "73.0 %", words: "Right pixels, whatever their class."}], {
        value: "here",
        baseline: "if all were background"
      })
    ),

  "photo-comparison": () =>
    shown(photoComparison({name: "2007_000033", facts: "91.0 % of its pixels right"}), (view) => {
      const names = () => [{name: "aeroplane", x: 0.75, y: 0.5}];
      view.show([
        {title: "Photo", width: 2, height: 1, smooth: true, paint: (context) => context.fillRect(0, 0, 1, 1)},
        {title: "Truth", width: 2, height: 1, words: "an aeroplane", names, paint: (context) => context.fillRect(1, 0, 1, 1)}
      ]);
      view.name(true);
    }),

  "result-list": () =>
    shown(resultList({onShow: nothing, onDelete: nothing}), (view) =>
      view.update([
        {key: "1", title: "nano, output stride 16", facts: "voc-sample, val: 44 of 44 photos", isShown: true},
        {key: "2", title: "nano, output stride 8", facts: "voc-sample, val: 17 of 44 photos", isShown: false}
      ])
    )
};
