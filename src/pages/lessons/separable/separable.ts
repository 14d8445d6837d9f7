import type {Sample} from "../../../data/samples/samples.js";
import {effectiveExtent} from "../../../engine/padding.js";
import {lesson} from "../../../lab/lesson.js";
import {oneOf, range} from "../../../lab/state.js";
import {countsFigure} from "./counts.js";
import {costOf, SHOWN_OUTPUTS, times} from "./layer.js";
import type {LayerState} from "./layer.js";
import {RACE_LAYERS, raceFigure} from "./race.js";
import type {RaceLayer} from "./race.js";
import {rankFigure} from "./rank.js";
import {slidingFigure} from "./sliding.js";

const LARGEST_INPUT = 64;

const TABLE = {
  size: range("size", 4, LARGEST_INPUT, 12),
  channels: range("channels", 1, 16, 3),
  kernelSize: oneOf("kernel", [1, 3, 5, 7], 5),
  outputs: range("outputs", 1, 512, 256),
  rate: range("rate", 1, 6, 1),
  /** The position that the reader chose; beyond the output it is its last one. */
  row: range("row", 0, LARGEST_INPUT - 1, 0),
  column: range("column", 0, LARGEST_INPUT - 1, 0),
  spelled: oneOf("spelled", [1, 2, 3], 1),
  shownOutput: oneOf("shown", SHOWN_OUTPUTS, 1),
  raceLayer: oneOf("race", Object.keys(RACE_LAYERS) as RaceLayer[], "33 × 33 × 256")
};
export type SeparableTable = typeof TABLE;

/** The page about depthwise separable convolution. */
export function separableLesson({main, samples}: {readonly main: HTMLElement; readonly samples: readonly Sample[]}) {
  const page = lesson({main, table: TABLE, samples});
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
    picker: page.picker,
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
