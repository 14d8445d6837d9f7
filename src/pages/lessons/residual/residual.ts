import type {Sample} from "../../../data/samples/samples.js";
import {OUTPUT_STRIDES} from "../../../engine/plan.js";
import {UNITS} from "../../../engine/teaching/residual-units.js";
import {lesson} from "../../../lab/lesson.js";
import {mobileNetFigure} from "./mobilenet.js";
import {multiGridFigure, ratesOf} from "./multi-grid.js";
import {RESIDUAL_TABLE} from "./state.js";
import {UNIT_NAMES, unitFigures} from "./unit.js";
import {whole} from "../../../lab/quantities.js";

/** The page about residual units and multi-grid. */
export function residualLesson({main, samples}: {readonly main: HTMLElement; readonly samples: readonly Sample[]}) {
  const page = lesson({main, table: RESIDUAL_TABLE, samples});
  const {unit, comparison, result} = unitFigures(page, () => attempts.unit.refresh());
  const attempts = {
    unit: page.tryThis(
      [
        {
          ask: "Switch the skip connection off and set the branch to 0 %. What passes?",
          guesses: ["the input", "something of it", "nothing"],
          answer: ({skip, branch}) => {
            const shown = result();
            if (!shown || skip || branch > 0 || shown.branch > 0) return null;
            const {withoutSkip, change} = shown;
            return {
              right: withoutSkip.norm === 0 ? "nothing" : change.withoutSkip === 0 ? "the input" : "something of it",
              text: `The output's norm is ${withoutSkip.norm.toFixed(1)}. Switch the skip on: the output is the input, largest change ${change.withSkip.toFixed(1)}.`
            };
          }
        },
        {
          ask: "Find the unit with the fewest parameters at 256 channels.",
          guesses: UNITS.map((kind) => UNIT_NAMES[kind]),
          answer: (state) => {
            const {cheapest, parameters} = comparison(state);
            return state.channels === 256 && state.unit === cheapest
              ? {right: UNIT_NAMES[cheapest], text: `${whole(parameters)}: its 3×3 works on a quarter of the channels.`}
              : null;
          }
        }
      ],
      "four units"
    ),
    multiGrid: page.tryThis(
      [
        {
          ask: "Give block 4 the rates 4, 8, 16. Which output stride does it take?",
          guesses: OUTPUT_STRIDES.map(String),
          answer: (state) => {
            const rates = ratesOf(state);
            return rates.join() === "4,8,16"
              ? {
                  right: String(state.outputStride),
                  text: `There the base rate is ${rates[0]}, times (${state.multiGrid.replaceAll(",", ", ")}).`
                }
              : null;
          }
        }
      ],
      "multi-grid"
    )
  };
  return {
    bar: page.bar,
    show: page.show,
    unit,
    attempts,
    multiGrid: multiGridFigure(page),
    mobileNet: mobileNetFigure(page),
    dispose: page.dispose
  };
}
