import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import type {Mark} from "../../../components/maps/cell-map.js";
import {classKey} from "../../../components/classes/class-key.js";
import type {ClassKeyEntry} from "../../../components/classes/class-key.js";
import {legendEntries} from "../../../components/classes/class-legend.js";
import {costBars} from "../../../components/charts/cost-bars.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import type {Cell} from "../../../components/page/pointing.js";
import {readouts} from "../../../components/tables/readouts.js";
import {BACKGROUND} from "../../../data/labels/index.js";
import {differenceShare} from "../../../engine/labels/label-difference.js";
import {touchedCost} from "../../../engine/teaching/output-stride.js";
import {classShares} from "../../../engine/labels/pixel.js";
import type {OutputStride} from "../../../engine/plan.js";
import {capitals} from "../../../lab/backend-choices.js";
import type {ListedModel} from "../../../lab/model-list.js";
import {billions, megabytes, milliseconds} from "../../../lab/quantities.js";
import {codeUnder} from "../code-under.js";
import type {StrideLesson} from "./state.js";
import {BUNDLED} from "../bundled-model.js";
import {modelChoice} from "../model-choice.js";
import {STRIDES, runAt} from "./runs.js";
import {memoryInWords, timesInWords} from "./verdicts.js";
import type {StrideRun, StrideRuns} from "./runs.js";

/** Pixels that an arrow key moves the point by: less would be lost in the thousandths of a large photo. */
const KEY_STEP = 4;
/** What a run costs, and how it is written. */
const COSTS: readonly {readonly name: string; readonly shown: string; of(run: StrideRun): number; text(value: number): string}[] = [
  {name: "Multiply-adds", shown: "Multiply-adds", of: ({cost}) => cost.multiplyAdds, text: billions},
  {name: "Network time", shown: "Time", of: ({time}) => time.milliseconds, text: milliseconds},
  {name: "Activation memory", shown: "Memory", of: ({cost}) => cost.peakActivationBytes, text: megabytes}
];

/** How a run's time was measured, as a sentence. */
function howTimed({result: {backend}, time: {runs}}: StrideRun): string {
  return `Measured here, on ${capitals(backend)}: ${runs > 1 ? `the shortest of ${runs} runs, the strides in turns` : "one run"}.`;
}

/** The same network at three output strides, side by side, and what each costs. */
export function picturesFigure(
  page: StrideLesson,
  models: readonly ListedModel[],
  pointing: {at(): Cell | null; onCell(cell: Cell): void}
) {
  const views = STRIDES.map((outputStride) => {
    const named = (name: string) => `${name} at output stride ${outputStride}`;
    const map = page.named(cellMap({label: named("Mask"), ...pointing, step: KEY_STEP}));
    const size = readouts([named("Feature size")], () => "Feature size");
    const bars = costBars({label: named("Costs")});
    return {
      map,
      element: html`<div class="stride-picture"><h4>Output stride ${outputStride}</h4>${map}<div>${size}${bars}</div></div>`,
      /** @param most the largest of each cost of any run, which bars are measured against */
      show(run: StrideRun, most: readonly number[]) {
        const {featureWidth, featureHeight} = run.result.plan;
        map.draw({...run.picture, smooth: true});
        size.update({[named("Feature size")]: `${featureWidth} × ${featureHeight}`});
        bars.update(
          COSTS.map(({name, shown, of, text}, index) => ({
            name: shown,
            value: of(run) / most[index]!,
            text: text(of(run)),
            label: named(name)
          })),
          1
        );
      }
    };
  });
  const timed = html`<p class="hint"></p>`;
  const key = classKey({label: "Classes found", none: "Nothing but background was found."});
  const differences = readouts(
    ["Pixels that differ between output stride 8 and 32", "Pixels that differ between output stride 8 and 16"],
    (name) => name.replace("between output stride ", "at ")
  );
  const touched = html`<p class="taps-sum"></p>`;
  const noisy = html`<p class="look"></p>`;
  const memory = html`<p class="taps-sum"></p>`;
  const choice = modelChoice(page, models);

  const model = models[0]!.id;
  const presets = page.presets([
    {
      label: "Few cells",
      look: "257 pixels: at output stride 32 the whole photo is a few dozen cells, and thin parts melt into the background.",
      state: {model, inputSize: "257"}
    },
    {
      label: "The papers' size",
      look: "513 pixels: four times the cells at every stride, and about four times the multiply-adds. Compare 513 at stride 16 with 257 at stride 8: as many cells.",
      state: {model, inputSize: "513"}
    },
    ...(models.some(({id}) => id === BUNDLED.id) && model !== BUNDLED.id
      ? [
          {
            label: "With a decoder",
            look: "nano's decoder also reads features at stride 4, so an outline can bend within a feature cell. Which class a part gets still changes with the output stride.",
            state: {model: BUNDLED.id, inputSize: "257"} as const
          }
        ]
      : [])
  ]);

  return {
    element: figureBlock({
      title: "One set of weights, three resolutions",
      code: codeUnder(page.store, (codes) => codes.outputStride.pictures),
      controls: [
        choice.field,
        page.select("inputSize", "Input size", {
          "257": "257 px",
          "321": "321 px",
          "385": "385 px",
          "513": "513 px",
          "641": "641 px",
          "769": "769 px"
        }),
        presets,
        choice.lacks
      ],
      body: [html`<div class="figure-columns stride-pictures">${views.map(({element}) => element)}</div>`, timed, key, differences],
      more: [noisy, touched, memory],
      caption: "Point at a picture, or focus it and use the arrow keys, to enlarge that place in the next figure."
    }),

    show(shown: StrideRuns): void {
      const most = COSTS.map(({of}) => Math.max(...shown.runs.map(of)));
      shown.runs.forEach((run, index) => views[index]!.show(run, most));
      timed.textContent = howTimed(shown.runs[0]!);
      key.update(classesFound(shown));
      const [at8, at16, at32] = ([8, 16, 32] as const).map((outputStride) => runAt(shown, outputStride).result);
      const differing = (other: typeof at8) => `${(differenceShare(at8!.labels, other!.labels) * 100).toFixed(2)} %`;
      differences.update({
        "Pixels that differ between output stride 8 and 32": differing(at32),
        "Pixels that differ between output stride 8 and 16": differing(at16)
      });
      noisy.textContent = timesInWords(shown.runs);
      memory.textContent = memoryInWords(shown.runs);
      const sentence = (fine: OutputStride, coarse: OutputStride) => {
        const [finer, coarser] = [runAt(shown, fine), runAt(shown, coarse)];
        const {layers, of, multiplyAdds} = touchedCost(finer.result.plan, coarser.result.plan);
        const times = (a: number, b: number) => (a / b).toFixed(2);
        return `From output stride ${coarse} to ${fine}, ${layers} of ${of} convolutions get a larger map: these cost ${times(...multiplyAdds)} times as much, the whole network ${times(finer.cost.multiplyAdds, coarser.cost.multiplyAdds)} times.`;
      };
      touched.textContent = `${sentence(16, 32)} ${sentence(8, 16)}`;
    },

    /** Shows on all pictures which part is enlarged. */
    mark(marks: readonly Mark[]): void {
      for (const {map} of views) map.mark(marks);
    }
  };
}

/** The classes of any run, the largest first; those that not every run found say where they are. */
function classesFound({runs}: StrideRuns): ClassKeyEntry[] {
  const {classes, palette} = runs[0]!.result;
  const shares = runs.map(({result}) => classShares(result.labels, classes.length));
  const largest = classes.map((_, id) => Math.max(...shares.map((of) => of[id]!)));
  return legendEntries(largest, classes, palette)
    .filter(({name}) => name !== BACKGROUND)
    .map(({id, name, colour}) => {
      const where = runs.filter((_, index) => shares[index]![id]! > 0).map(({outputStride}) => outputStride);
      return {name, colour, ...(where.length < runs.length && {note: `(only at output stride ${where.join(" and ")})`})};
    });
}
