import {stackFields} from "../../../engine/teaching/layer-stack.js";
import type {StackLayer} from "../../../engine/teaching/layer-stack.js";
import type {LessonState} from "../../../lab/lesson-table.js";
import type {Attempt} from "../../../lab/try-this.js";
import {LIMITS, stackText} from "./stack-text.js";
import {STACKS} from "./state.js";
import type {AtrousTable} from "./state.js";

/** Pixels that layers of stride 2 are asked to see. */
const GOAL = 31;

/** What the reader predicts of stacks, and tries. */
export const STACK_ATTEMPTS: readonly Attempt<LessonState<AtrousTable>>[] = [
  {
    ask: `With layers of 3 × 3 at stride 2 alone, see ${GOAL} pixels along a side. How many layers does it take?`,
    guesses: ["4", "8", "15"],
    answer({stack}) {
      if (!stack.every((layer) => isLayer(layer, {kernel: 3, stride: 2, rate: 1})) || fieldOf(stack).extent !== GOAL) return null;
      const alone = stack.map((_, index) => 2 * 2 ** index);
      return {
        right: String(stack.length),
        text: `1 + ${alone.join(" + ")} = ${GOAL}: each layer adds twice what the one before it adds. At stride 1 each adds 2, and it takes ${(GOAL - 1) / 2}.`
      };
    }
  },
  {
    ask: `Put one layer of stride 1 and rate 1 before DeepLab's atrous end, ${STACKS.atrousEnd}, so that no hole is left. How large must its kernel be?`,
    guesses: ["2", "3", "6"],
    answer({stack}) {
      const [first, ...others] = stack;
      if (stackText(others) !== STACKS.atrousEnd || first!.stride !== 1 || first!.rate !== 1 || fieldOf(stack).holes > 0) return null;
      const kernels = Array.from({length: LIMITS.kernel}, (_, index) => index + 1);
      const smallest = kernels.find((kernel) => fieldOf([{...first!, kernel}, ...others]).holes === 0)!;
      return {
        right: String(smallest),
        text: `From a cell that the end reads to the next it is up to ${widestStep(others)} cells, where the taps of the largest rate part: so many taps in a row reach over it.`
      };
    }
  }
];

const fieldOf = (stack: readonly StackLayer[]) => stackFields(stack, "valid").at(-1)!;

function isLayer(layer: StackLayer, {kernel, stride, rate}: StackLayer): boolean {
  return layer.kernel === kernel && layer.stride === stride && layer.rate === rate;
}

/** Cells from one that is read to the next, at most. */
function widestStep(stack: readonly StackLayer[]): number {
  const read = [...fieldOf(stack).paths.entries()].filter(([, ways]) => ways > 0).map(([cell]) => cell);
  return Math.max(...read.slice(1).map((cell, index) => cell - read[index]!));
}
