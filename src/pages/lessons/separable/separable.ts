import type {Sample} from "../../../data/samples/samples.js";
import {effectiveExtent} from "../../../engine/padding.js";
import {lesson} from "../../../lab/lesson.js";
import {countsFigure} from "./counts.js";
import {whole} from "../../../lab/quantities.js";
import {costOf, times} from "./layer.js";
import type {LayerState} from "./layer.js";
import {raceFigure} from "./race.js";
import {rankFigure} from "./rank.js";
import {slidingFigure} from "./sliding.js";
import {SEPARABLE_TABLE} from "./state.js";

/** The page about depthwise separable convolution. */
export function separableLesson({main, samples}: {readonly main: HTMLElement; readonly samples: readonly Sample[]}) {
  const page = lesson({main, table: SEPARABLE_TABLE, samples});
  const counts = countsFigure(page);
  const sliding = slidingFigure(page);
  const attempts = page.tryThis([
    {
      ask: "Set 16 input channels. What becomes of “Fewer by”?",
      guesses: ["it falls", "it stays", "it rises"],
      answer: (state) => {
        const [here, before] = [fewer(state), fewer({...state, channels: SEPARABLE_TABLE.channels.initial})];
        return state.channels === 16 && here > 0
          ? {
              right: here > before ? "it rises" : here < before ? "it falls" : "it stays",
              text: `${times(here)}, and ${times(before)} with ${SEPARABLE_TABLE.channels.initial}: both counts grow with the channels.`
            }
          : null;
      }
    },
    {
      ask: "Make the split save nothing at all, with a kernel larger than 1 × 1. How many output channels does it take?",
      guesses: ["1", "9", "25"],
      answer: (state) =>
        state.kernelSize > 1 && fewer(state) > 0 && fewer(state) <= 1
          ? {
              right: String(state.outputs),
              text: `${times(fewer(state))}: 1/${state.outputs} + 1/${state.kernelSize}² is ${(1 / fewer(state)).toFixed(2)}, no less than 1.`
            }
          : null
    },
    {
      ask: "With a rate of 2 or more, leave a single output cell. How many weights has the layer then?",
      guesses: ["fewer than at rate 1", "as many", "more"],
      answer: (state) => {
        if (state.rate === 1 || costOf(state).outputSize !== 1) return null;
        const [here, before] = [state, {...state, rate: 1}].map((layer) => costOf(layer).separable.parameters);
        const extent = effectiveExtent(state.kernelSize, state.rate);
        return {
          right: here! > before! ? "more" : here! < before! ? "fewer than at rate 1" : "as many",
          text: `At rate ${state.rate} the kernel covers ${extent} × ${extent} cells, the whole input, with ${whole(here!)} weights; at rate 1 ${whole(before!)}.`
        };
      }
    }
  ]);

  return {
    bar: page.bar,
    counts,
    attempts,
    sliding,
    rank: rankFigure(page),
    race: raceFigure(page),
    dispose() {
      sliding.dispose();
      page.dispose();
    }
  };
}

/** How many times fewer multiplications; 0 where there is no output. */
function fewer(state: LayerState): number {
  const {outputSize, standard, separable} = costOf(state);
  return outputSize > 0 ? standard.multiplyAdds / separable.multiplyAdds : 0;
}
