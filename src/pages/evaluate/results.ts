import {html} from "htl";
import {lineChart} from "../../components/charts/line-chart.js";
import {choiceField} from "../../components/fields/fields.js";
import {figureBlock} from "../../components/page/figure-block.js";
import {classBars} from "../../components/results/class-bars.js";
import {confusionMatrixView} from "../../components/results/confusion-matrix.js";
import {metricTable} from "../../components/results/metric-table.js";
import {whole} from "../../lab/quantities.js";
import type {Store} from "../../lab/state.js";
import {percent, shownClasses} from "./figures.js";
import type {Figures} from "./figures.js";
import type {KeptRun} from "./kept-runs.js";
import {metricRows} from "./metric-rows.js";
import {cellOf} from "./state.js";
import type {EvaluateTable} from "./state.js";

export interface ResultsView {
  readonly elements: readonly HTMLElement[];
  show(run: KeptRun, figures: Figures): void;
}

/** The figures of a run: measures, classes, confusion matrix, outlines. */
export function resultsView(store: Store<EvaluateTable>, table: EvaluateTable): ResultsView {
  let shown: {readonly run: KeptRun; readonly figures: Figures} | null = null;
  const measures = metricTable({label: "Measures"});
  const bars = classBars({label: "IoU by class"});
  const matrix = confusionMatrixView({
    label: "Confusion matrix",
    onChoose: (cell) => store.set({cell: cell ? `${cell.truth}-${cell.guess}` : ""})
  });
  const note = html`<p class="hint"></p>` as HTMLElement;
  const outlines = lineChart({
    label: "Mean IoU within so many pixels of the true outlines",
    xTitle: "pixels on either side of the outlines"
  });
  const boundary = html`<p class="hint"></p>` as HTMLElement;
  const order = choiceField({
    label: "List classes by",
    choices: [
      {value: "iou", label: "IoU"},
      {value: "id", label: "number"}
    ],
    value: store.get().bars,
    onChange: (value) => store.set({bars: table.bars.parse(value)!})
  });
  const per = choiceField({
    label: "Per cent of",
    choices: [
      {value: "truth", label: "the true class (rows)"},
      {value: "prediction", label: "the predicted class (columns)"}
    ],
    value: store.get().per,
    onChange: (value) => store.set({per: table.per.parse(value)!})
  });

  function drawBars(): void {
    if (!shown) return;
    const {
      run: {
        model: {palette}
      },
      figures: {report}
    } = shown;
    const there = report.perClass.filter(({iou}) => iou !== null);
    if (store.get().bars === "iou") there.sort((a, b) => b.iou! - a.iou!);
    bars.update(
      there.map(({id, name, iou, truePixels}) => ({
        name,
        colour: `rgb(${palette[id]!.join(" ")})`,
        share: iou,
        note: truePixels > 0 ? `${percent(truePixels / report.pixels)} of the labels` : "not in the labels"
      }))
    );
  }

  function drawMatrix(): void {
    if (!shown) return;
    const {
      run: {
        model: {classes, palette}
      },
      figures: {report, matrix: counted}
    } = shown;
    const ids = shownClasses(report);
    const hidden = report.perClass.filter(({truePixels, predictedPixels}) => truePixels + predictedPixels > 0).length - ids.length;
    note.textContent = hidden > 0 ? `The ${ids.length} classes with most pixels; ${hidden} others are in the table for spreadsheets.` : "";
    const {per: of} = store.get();
    matrix.update({
      classes: ids.map((id) => ({id, name: classes[id]!, colour: `rgb(${palette[id]!.join(" ")})`})),
      chosen: cellOf(store.get(), classes.length),
      cell({truth, guess}) {
        const pixels = counted.counts[truth * counted.classes + guess]!;
        if (pixels === 0) return null;
        const all = of === "truth" ? report.perClass[truth]!.truePixels : report.perClass[guess]!.predictedPixels;
        const whose = of === "truth" ? `that are ${classes[truth]!}` : `predicted as ${classes[guess]!}`;
        return {share: pixels / all, words: `${whole(pixels)} of ${whole(all)} pixels ${whose}`};
      }
    });
  }

  store.listen((state, before) => {
    order.show(state.bars);
    per.show(state.per);
    if (state.bars !== before.bars) drawBars();
    if (state.per !== before.per || state.cell !== before.cell) drawMatrix();
  });

  return {
    elements: [
      figureBlock({
        title: "Measures",
        body: measures,
        caption:
          "All of them come from the confusion matrix below, pixels of all photos counted together. The grey column is what they would be if nothing were recognised: what a measure says is what lies above that."
      }),
      figureBlock({
        title: "IoU by class",
        controls: [order],
        body: bars,
        caption: "Intersection over union: of the pixels that labels or predictions give to a class, the share that both do."
      }),
      figureBlock({
        title: "Confusion matrix",
        controls: [per],
        body: [matrix, note],
        caption:
          "Choose a cell, by pointer or arrow keys and Enter, to see the photos whose pixels are in it, below. A dot is less than half a per cent."
      }),
      figureBlock({
        title: "Along outlines",
        body: [outlines, boundary],
        caption:
          "Most pixels lie inside, where a network is seldom wrong: near the outlines it is told how fine a mask is. Boundary IoU takes of each class only what is near its own outline, in labels and prediction."
      })
    ],
    show(run, figures) {
      shown = {run, figures};
      const {report, baseline} = figures;
      measures.update(metricRows(report, baseline), {value: "here", baseline: `if all were ${baseline.name}`});
      drawBars();
      drawMatrix();
      const {bands, meanIoUOfLabelled} = report.boundary!;
      const points = bands.flatMap(({width, meanIoUOfLabelled: iou}) => (iou === null ? [] : [{x: width, y: iou}]));
      outlines.update([{name: run.model.title, colour: "var(--concept-output)", points}]);
      boundary.textContent = `Boundary IoU at 2 % of the photo's diagonal, mean of the classes in the labels: ${percent(meanIoUOfLabelled)}.`;
    }
  };
}
