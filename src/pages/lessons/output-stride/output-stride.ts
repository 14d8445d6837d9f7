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
import {rangeOf} from "../../../lab/try-this.js";
import {NOT_CHOSEN, strideTable} from "./state.js";
import type {StrideLessonTable} from "./state.js";
import {segmented} from "../../segmented.js";

/** Milliseconds that one run at each stride may take together for them to be timed again, in turns. */
const WORTH_REPEATING = 1500;

/** How many times as much, and sides of inputs in pixels, to predict. */
const TIMES = [{text: "twice", below: 3}, {text: "four times", below: 6}, {text: "eight times"}];
const SIDES = [512, 513, 521];

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
  const page = lesson({main, table: strideTable(models.map(({id}) => id)), samples, strip: ({model}) => modelUrl(model)});
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
        runs.push({outputStride, result, cost: cost(result.plan), features: result.taps[features]!, picture: segmented(photo, result)});
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
      for (const list of Object.values(attempts)) list.refresh();
    }
  });

  const attempts = {
    pictures: page.tryThis(
      [
        {
          ask: "Choose an input of 513 pixels: twice as many a side. How many times the multiply-adds is that?",
          guesses: TIMES.map(({text}) => text),
          answer: ({inputSize}) => {
            if (!shown || inputSize !== "513") return null;
            const {plan: now} = shown.runs[0]!.result;
            if (Math.max(now.inputHeight, now.inputWidth) !== Number(inputSize)) return null;
            // One more than twice: corners stay aligned.
            const half = (side: number) => (side + 1) / 2;
            const sides = {height: half(now.inputHeight), width: half(now.inputWidth)};
            const before = plan(now.network, {...sides, outputStride: now.outputStride});
            const times = cost(now).multiplyAdds / cost(before).multiplyAdds;
            return {right: rangeOf(times, TIMES), text: `${times.toFixed(2)} times: both sides of every map count.`};
          }
        },
        {
          ask: "Point inside an object, away from its edges. How many of the three masks name its class there?",
          guesses: STRIDES.map((_, index) => String(index + 1)),
          answer: (state) => {
            if (!shown || state.x === NOT_CHOSEN) return null;
            const names = classesAt(shown, chosenPixel(state, shown));
            const named = names.at(-1)!;
            if (named === BACKGROUND) return null;
            const agreeing = names.filter((name) => name === named).length;
            return {
              right: String(agreeing),
              text:
                agreeing === names.length
                  ? `All say ${named}: away from edges a coarse map is enough.`
                  : `From output stride ${STRIDES[0]} to ${STRIDES.at(-1)} they say ${names.join(", ")}. Point further inside.`
            };
          }
        }
      ],
      "three masks"
    ),
    blocks: page.tryThis(
      [
        {
          ask: "Choose the output stride at which nothing but the last stage runs at a rate above 1. Which one is it?",
          guesses: STRIDES.map(String),
          answer: ({outputStride}) => {
            if (!shown) return null;
            const dilated = blocksAtStride(runAt(shown, outputStride).result.plan).filter(({rate}) => rate > 1);
            const rates = new Set(dilated.map(({rate}) => rate));
            return rates.size === 1
              ? {right: String(outputStride), text: `${dilated.map(({name}) => name).join(", ")} at rate ${[...rates].join()}.`}
              : null;
          }
        }
      ],
      "blocks"
    ),
    sizes: page.tryThis(
      [
        {
          ask: "One of these sizes has its corners aligned at output stride 8 but not at 16. Set the slider to it.",
          guesses: SIDES.map(String),
          answer: ({side}) => {
            if (!shown) return null;
            const network = networkOf(shown);
            const isHalfAligned = (at: number) => {
              const aligned = (outputStride: OutputStride) =>
                cornersAligned(cellCentres(plan(network, {height: at, width: at, outputStride})), at);
              return aligned(8) && !aligned(16);
            };
            return isHalfAligned(side)
              ? {
                  right: String(SIDES.find(isHalfAligned)),
                  text: `${side} = 8 · ${(side - 1) / 8} + 1, but ${side - 1} is no multiple of 16.`
                }
              : null;
          }
        }
      ],
      "sizes"
    )
  };

  return {
    bar: page.bar,
    show: page.show,
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
