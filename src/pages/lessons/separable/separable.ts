import type {Sample} from "../../../data/samples/samples.js";
import {effectiveExtent} from "../../../engine/padding.js";
import {lesson} from "../../../lab/lesson.js";
import {countsFigure} from "./counts.js";
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
      ask: "Set 16 input channels. Does “Fewer by” change?",
      answer: (state) =>
        state.channels === 16 && fewer(state) ? `It stays at ${times(fewer(state))}: both counts grow with the channels.` : null
    },
    {
      ask: "Make the split save nothing at all.",
      answer: (state) =>
        fewer(state) > 0 && fewer(state) <= 1
          ? `${times(fewer(state))}: 1/${state.outputs} + 1/${state.kernelSize}² is ${(1 / fewer(state)).toFixed(2)}, no less than 1.`
          : null
    },
    {
      ask: "With a rate of 2 or more, leave a single output cell.",
      answer: (state) => {
        const extent = effectiveExtent(state.kernelSize, state.rate);
        return state.rate > 1 && costOf(state).outputSize === 1
          ? `At rate ${state.rate} the kernel covers ${extent} × ${extent} cells, the whole input, with the weights of rate 1.`
          : null;
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
