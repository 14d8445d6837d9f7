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
import {memoryInWords, timesFollowCost, timesInWords} from "./verdicts.js";
import type {StrideRun, StrideRuns} from "./runs.js";

/** Pixels that an arrow key moves the point by: less would be lost in the thousandths of a large photo. */
const KEY_STEP = 4;
/** The output stride that the others are compared with: the one that released models are measured at. */
const USUAL = 16;

export const RUN_FACTS = ["Feature size", "Multiply-adds", "Network time", "Activation memory"] as const;

/** Size, cost and time of a run, by the names of `RUN_FACTS`. */
export function runFactsOf({result, cost, time}: StrideRun): Record<(typeof RUN_FACTS)[number], string> {
  const {plan} = result;
  return {
    "Feature size": `${plan.featureWidth} × ${plan.featureHeight}`,
    "Multiply-adds": billions(cost.multiplyAdds),
    "Network time": milliseconds(time.milliseconds),
    "Activation memory": megabytes(cost.peakActivationBytes)
  };
}

/** How a run's time was measured, as a sentence. */
export function howTimed({result: {backend}, time: {runs}}: StrideRun): string {
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
    const facts = readouts(RUN_FACTS.map(named), (name) => name.replace(named(""), ""));
    return {
      map,
      element: html`<div class="stride-picture"><h4>Output stride ${outputStride}</h4>${map}${facts}</div>`,
      show(run: StrideRun) {
        map.draw({...run.picture, smooth: true});
        facts.update(Object.fromEntries(Object.entries(runFactsOf(run)).map(([name, text]) => [named(name), text])));
      }
    };
  });
  const timed = html`<p class="hint"></p>`;
  const key = classKey({label: "Classes found", none: "Nothing but background was found."});
  const bars = {
    multiplyAdds: costBars({label: "Multiply-adds by output stride"}),
    time: costBars({label: "Network time by output stride"}),
    memory: costBars({label: "Activation memory by output stride"})
  };
  const differences = readouts(["Pixels that differ between output stride 8 and 32", "Pixels that differ between output stride 8 and 16"]);
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
      body: [html`<div class="figure-columns" style="--column:10rem">${views.map(({element}) => element)}</div>`, timed, key, differences],
      more: [
        html`<div class="figure-columns stride-costs" style="--column:12.5rem">
          <div><h4>Multiply-adds</h4>${bars.multiplyAdds}</div><div><h4>Network time</h4>${bars.time}</div><div><h4>Activation memory</h4>${bars.memory}</div>
        </div>`,
        noisy,
        touched,
        memory
      ],
      caption:
        "The same network, with the same weights, run three times on your photo; the background class is left clear. Watch thin parts and outlines from left to right, and what they cost below. Point at a picture (or focus it and use the arrow keys) to enlarge that place in the next figure."
    }),

    show(shown: StrideRuns): void {
      shown.runs.forEach((run, index) => views[index]!.show(run));
      timed.textContent = howTimed(shown.runs[0]!);
      key.update(classesFound(shown));
      const [at8, at16, at32] = ([8, 16, 32] as const).map((outputStride) => runAt(shown, outputStride).result);
      const differing = (other: typeof at8) => `${(differenceShare(at8!.labels, other!.labels) * 100).toFixed(2)} %`;
      differences.update({
        "Pixels that differ between output stride 8 and 32": differing(at32),
        "Pixels that differ between output stride 8 and 16": differing(at16)
      });
      compare(bars.multiplyAdds, shown, ({cost}) => cost.multiplyAdds, billions);
      // Ratios of times that tell nothing would tell it with two decimals.
      compare(bars.time, shown, ({time}) => time.milliseconds, milliseconds, {ratios: timesFollowCost(shown.runs)});
      noisy.textContent = timesInWords(shown.runs);
      memory.textContent = memoryInWords(shown.runs);
      compare(bars.memory, shown, ({cost}) => cost.peakActivationBytes, megabytes);
      const sentence = (fine: OutputStride, coarse: OutputStride) => {
        const {layers, of, multiplyAdds} = touchedCost(runAt(shown, fine).result.plan, runAt(shown, coarse).result.plan);
        return `From output stride ${coarse} to ${fine}, ${layers} of ${of} convolutions get a larger map, and these cost ${(multiplyAdds[0] / multiplyAdds[1]).toFixed(2)} times as much.`;
      };
      touched.textContent = `${sentence(16, 32)} ${sentence(8, 16)} The others do not change.`;
    },

    /** Shows on all pictures which part is enlarged. */
    mark(marks: readonly Mark[]): void {
      for (const {map} of views) map.mark(marks);
    }
  };
}

/** Bars of one quantity, each with its ratio to the usual output stride, unless those are not wanted. */
function compare(
  bars: ReturnType<typeof costBars>,
  shown: StrideRuns,
  quantity: (run: StrideRun) => number,
  text: (value: number) => string,
  {ratios = true} = {}
): void {
  const usual = quantity(runAt(shown, USUAL));
  bars.update(
    shown.runs.map((run) => {
      const value = quantity(run);
      const ratio = run.outputStride === USUAL || !ratios ? "" : `, ${(value / usual).toFixed(2)} times that at ${USUAL}`;
      return {name: `Output stride ${run.outputStride}`, value, text: `${text(value)}${ratio}`};
    })
  );
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
