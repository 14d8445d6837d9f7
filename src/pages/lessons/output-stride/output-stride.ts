import type {Cell} from "../../../components/page/pointing.js";
import {BACKGROUND} from "../../../data/labels/index.js";
import type {Sample} from "../../../data/samples/samples.js";
import {cost} from "../../../engine/cost.js";
import {nearestDifference} from "../../../engine/labels/label-difference.js";
import {blocksAtStride, cellCentres} from "../../../engine/teaching/output-stride.js";
import {plan, smallestPlan} from "../../../engine/plan.js";
import type {OutputStride} from "../../../engine/plan.js";
import {lesson} from "../../../lab/lesson.js";
import type {LessonState} from "../../../lab/lesson-table.js";
import {modelUrl} from "../../../lab/model-list.js";
import type {ListedModel} from "../../../lab/model-list.js";
import {perMille, pointOf} from "../../../lab/photo-geometry.js";
import {blocksFigure} from "./blocks.js";
import {detailFigure} from "./detail.js";
import {picturesFigure} from "./pictures.js";
import {STRIDES, classesAt, runAt} from "./runs.js";
import type {StrideRun, StrideRuns} from "./runs.js";
import {cornersAligned, sizesFigure} from "./sizes.js";
import {NOT_CHOSEN, strideTable} from "./state.js";
import type {StrideLessonTable} from "./state.js";
import {segmented} from "../segmented.js";

/** Milliseconds that one run at each stride may take together for them to be timed again, in turns. */
const WORTH_REPEATING = 1500;

/** The page about the output stride. */
export function outputStrideLesson({
  main,
  models,
  samples
}: {
  readonly main: HTMLElement;
  readonly models: readonly ListedModel[];
  readonly samples: readonly Sample[];
}) {
  const page = lesson({main, table: strideTable(models.map(({id}) => id)), samples});
  const {store} = page;
  let shown: StrideRuns | null = null;

  const pointing = {
    at: () => shown && chosenPixel(store.get(), shown),
    onCell({row, column}: Cell) {
      if (!shown) return;
      store.set(perMille({row, column}, shown.photo));
    }
  };
  const pictures = picturesFigure(page, models, pointing);
  const detail = detailFigure(page);
  const blocks = blocksFigure(page);
  const sizes = sizesFigure(page);

  const point = () => {
    if (shown) pictures.mark(detail.show(shown, chosenPixel(store.get(), shown)));
  };
  page.follow(["x", "y"], point);
  page.follow(["outputStride"], () => shown && blocks.show(shown));
  page.follow(["side"], () => shown && sizes.show(networkOf(shown)));

  page.compute({
    on: ["model", "inputSize"],
    photo: true,
    async work({state, backend, engine, photo, checkWanted}): Promise<StrideRuns> {
      const {model, inputSize} = state;
      const url = modelUrl(model);
      const {features} = smallestPlan((await engine.describe(url)).network);
      const choice = {modelUrl: url, backend, inputSize: Number(inputSize)};
      const runs: Omit<StrideRun, "time">[] = [];
      for (const outputStride of STRIDES) {
        // Three runs take a while: what the reader no longer wants is not begun.
        checkWanted();
        const result = await engine.segment(photo, {...choice, outputStride, taps: [features]});
        const {paint} = segmented(photo, result);
        runs.push({outputStride, result, cost: cost(result.plan), features: result.taps[features]!, paint});
      }
      checkWanted();
      const once = runs.map(({result}) => result.timings.network);
      const times =
        once.reduce((sum, time) => sum + time, 0) > WORTH_REPEATING
          ? {milliseconds: once, runs: 1}
          : await engine.inspect(photo, {...choice, outputStride: STRIDES[0]!}, "strideTimes", {outputStrides: STRIDES});
      return {
        photo,
        runs: runs.map((run, index) => ({...run, time: {milliseconds: times.milliseconds[index]!, runs: times.runs}}))
      };
    },
    show(runs) {
      shown = runs;
      pictures.show(runs);
      blocks.show(runs);
      sizes.show(networkOf(runs));
      point();
      attempts.refresh();
    }
  });

  const attempts = page.tryThis([
    {
      ask: "Point inside an object, where all three masks agree on its class.",
      answer: (state) => {
        if (!shown || state.x === NOT_CHOSEN) return null;
        const [first, ...others] = classesAt(shown, chosenPixel(state, shown));
        return first !== BACKGROUND && others.every((name) => name === first)
          ? `All three say ${first}: away from edges a coarse map is enough.`
          : null;
      }
    },
    {
      ask: "Choose the output stride at which nothing but the last stage runs at a rate above 1.",
      answer: ({outputStride}) => {
        if (!shown) return null;
        const dilated = blocksAtStride(runAt(shown, outputStride).result.plan).filter(({rate}) => rate > 1);
        const rates = new Set(dilated.map(({rate}) => rate));
        return rates.size === 1
          ? `Output stride ${outputStride}: ${dilated.map(({name}) => name).join(", ")} at rate ${[...rates].join()}.`
          : null;
      }
    },
    {
      ask: "Find an input size whose corners are aligned at output stride 8 but not at 16.",
      answer: ({side}) => {
        if (!shown) return null;
        const network = networkOf(shown);
        const aligned = (outputStride: OutputStride) =>
          cornersAligned(cellCentres(plan(network, {height: side, width: side, outputStride})), side);
        return aligned(8) && !aligned(16) ? `${side} = 8 · ${(side - 1) / 8} + 1, but ${side - 1} is no multiple of 16.` : null;
      }
    }
  ]);

  return {
    bar: page.bar,
    pictures: pictures.element,
    detail: detail.element,
    blocks: blocks.element,
    sizes: sizes.element,
    attempts,
    dispose: page.dispose
  };
}

function networkOf({runs}: StrideRuns) {
  return runs[0]!.result.plan.network;
}

/** The pixel that the reader chose; without a choice the one nearest to the middle where the finest and the coarsest mask differ. */
function chosenPixel({x, y}: Pick<LessonState<StrideLessonTable>, "x" | "y">, shown: StrideRuns): Cell {
  const {height, width} = shown.photo;
  if (x !== NOT_CHOSEN && y !== NOT_CHOSEN) return pointOf({x, y}, shown.photo);
  const [coarsest, finest] = [shown.runs[0]!, shown.runs.at(-1)!].map(({result}) => result.labels);
  return nearestDifference(coarsest!, finest!, width) ?? {row: Math.floor(height / 2), column: Math.floor(width / 2)};
}
