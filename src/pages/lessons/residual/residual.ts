import type {Sample} from "../../../data/samples/samples.js";
import {lesson} from "../../../lab/lesson.js";
import {mobileNetFigure} from "./mobilenet.js";
import {multiGridFigure, ratesOf} from "./multi-grid.js";
import {RESIDUAL_TABLE} from "./state.js";
import {unitFigures} from "./unit.js";
import {whole} from "../../../lab/quantities.js";

/** The page about residual units and multi-grid. */
export function residualLesson({main, samples}: {readonly main: HTMLElement; readonly samples: readonly Sample[]}) {
  const page = lesson({main, table: RESIDUAL_TABLE, samples});
  const {unit, comparison, result} = unitFigures(page, () => attempts.refresh());
  const attempts = page.tryThis([
    {
      ask: "Switch the skip connection off and set the branch to 0 %.",
      answer: ({skip, branch}) => {
        const shown = result();
        return shown && !skip && branch === 0 && shown.branch === 0
          ? `The output's norm is ${shown.withoutSkip.norm.toFixed(1)}: nothing passes. Switch the skip on: the output is the input, largest change ${shown.change.withSkip.toFixed(1)}.`
          : null;
      }
    },
    {
      ask: "Find the unit with the fewest parameters at 256 channels.",
      answer: (state) => {
        const {cheapest, parameters} = comparison(state);
        return state.channels === 256 && state.unit === cheapest
          ? `${whole(parameters)}: its 3×3 works on a quarter of the channels.`
          : null;
      }
    },
    {
      ask: "In the next figure, give block 4 the rates 4, 8, 16.",
      answer: (state) => {
        const rates = ratesOf(state);
        return rates.join() === "4,8,16"
          ? `Output stride ${state.outputStride} has base rate ${rates[0]}, times (${state.multiGrid.replaceAll(",", ", ")}).`
          : null;
      }
    }
  ]);
  return {
    bar: page.bar,
    unit,
    attempts,
    multiGrid: multiGridFigure(page),
    mobileNet: mobileNetFigure(page),
    dispose: page.dispose
  };
}
