import {html} from "htl";
import {choiceField} from "../../components/fields/fields.js";
import {figureBlock} from "../../components/page/figure-block.js";
import {gradientNorms} from "../../components/training/gradient-norms.js";
import {stepChart} from "../../components/training/step-chart.js";
import type {StepSeries} from "../../components/training/step-chart.js";
import type {StepPoint} from "../../components/training/step-series.js";
import type {Store} from "../../lab/state.js";
import type {TrainingCourse} from "../../worker/training-messages.js";
import {at, pointsOf} from "./course.js";
import {layerNorms} from "./layer-norms.js";
import type {TrainTable} from "./state.js";
import {loss} from "./verdict.js";

export interface CurvesView {
  readonly elements: readonly HTMLElement[];
  /** @param end steps in all @param step that is looked at; the last one where it is undefined */
  show(course: TrainingCourse, end: number, step: number | undefined): void;
}

const TRAIN = {name: "photos it learns from", colour: "var(--concept-cost)"};
const VAL = {name: "photos kept apart", colour: "var(--accent)", dashes: "9 4"};

/**
 * What is told of a training, over its steps.
 *
 * @param onStep called with the step that the reader looks at
 */
export function curvesView(store: Store<TrainTable>, table: TrainTable, onStep: (step: number) => void): CurvesView {
  let shown: {readonly course: TrainingCourse; readonly end: number} | null = null;
  let lookedAt: number | undefined;
  const percent = (value: number) => `${Number((100 * value).toFixed(1))} %`;
  const losses = Object.fromEntries(
    table.scale.choices.map((scale) => [scale, stepChart({label: "Loss", scale, text: loss, onStep})])
  ) as Record<(typeof table.scale.choices)[number], ReturnType<typeof stepChart>>;
  const ious = stepChart({label: "Mean IoU", scale: "linear", least: 1, text: percent, onStep});
  const rates = stepChart({label: "Learning rate", scale: "linear", text: (value) => String(Number(value.toPrecision(2))), onStep});
  const lengths = stepChart({label: "Length of the gradient", scale: "log", text: (value) => String(Number(value.toPrecision(2))), onStep});
  const layers = gradientNorms({label: "Lengths of gradients by layer"});
  const lossPlace = html`<div></div>` as HTMLElement;
  const scale = choiceField({
    label: "Scale of the loss",
    choices: [
      {value: "log", label: "powers of ten"},
      {value: "linear", label: "from zero"}
    ],
    value: store.get().scale,
    onChange: (value) => store.set({scale: table.scale.parse(value)!})
  });

  function draw(): void {
    const chart = losses[store.get().scale];
    // Put in anew it would lose the focus.
    if (lossPlace.firstChild !== chart) lossPlace.replaceChildren(chart);
    if (!shown) return;
    const {
      end,
      course: {steps, measured, best, resumed}
    } = shown;
    const marks = [...(best === null ? [] : [{step: best, name: "best"}]), ...resumed.map((step) => ({step, name: "went on"}))];
    const curves = (series: readonly StepSeries[]) => ({series, marks, end, at: lookedAt});
    const one = (name: string, points: readonly StepPoint[]) => curves([{name, colour: "var(--concept-cost)", points}]);
    chart.update(
      curves([
        {...TRAIN, isNoisy: true, points: pointsOf(steps, (step) => step.loss)},
        {...VAL, points: pointsOf(measured, ({val}) => val?.loss ?? null)}
      ])
    );
    ious.update(
      curves([
        {...TRAIN, points: pointsOf(measured, ({train}) => train.meanIoU)},
        {...VAL, points: pointsOf(measured, ({val}) => val?.meanIoU ?? null)}
      ])
    );
    rates.update(
      one(
        "learning rate",
        pointsOf(steps, ({rate}) => rate)
      )
    );
    lengths.update(curves([{...TRAIN, name: "all weights together", isNoisy: true, points: pointsOf(steps, ({norm}) => norm)}]));
    const told = steps.filter(({norms}) => Object.keys(norms).length > 0);
    layers.update(layerNorms(at(told, lookedAt ?? end)?.norms ?? {}));
  }
  store.listen((state, before) => {
    scale.show(state.scale);
    if (state.scale !== before.scale) draw();
  });

  return {
    elements: [
      figureBlock({
        title: "Loss",
        controls: [scale],
        body: lossPlace,
        caption:
          "The mean cross-entropy of a pixel: how surprised the network is by the true class. Each step's crops are others, so the thin line jumps; the strong one is its mean over 25 steps. Press anywhere in a curve, or go through it by arrow keys, to look back: all figures follow."
      }),
      figureBlock({
        title: "Mean IoU",
        body: ious,
        caption:
          "What the loss stands in for, and cannot be differentiated: of each class, what mask and truth share over what either has, averaged over classes."
      }),
      figureBlock({
        title: "Learning rate",
        body: rates,
        caption:
          "Up over the first steps, while the optimiser knows little of its gradients; then down, by the papers' “poly” rule, to nothing."
      }),
      figureBlock({
        title: "Gradients",
        body: [lengths, layers],
        caption:
          "How far a small step would change the loss: of all weights together, and below by layer at the step that is looked at, where each quarter of a bar is a factor of ten. A layer that is held has none."
      })
    ],
    show(course, end, step) {
      shown = {course, end};
      lookedAt = step;
      draw();
    }
  };
}
