import {paddingOf} from "../padding.js";
import type {Axis} from "../steps/kind.js";
import type {Step} from "../steps/kinds.js";
import type {Window} from "../steps/window.js";
import {WORD} from "./packing.js";

/** What a depthwise convolution notes down: the address of each row that it reads, and two of each tap. */
export function tapBytes({kernel: [rows, columns]}: Window): number {
  return rows * (1 + 2 * columns) * WORD;
}

/** A kernel as operations have it: its sides, stride, rate, and the zeros above and to the left. */
export function windowWords(step: Window & Pick<Step, "from">): number[] {
  return [...step.kernel, step.stride, step.rate, paddingAlong(step, "height").before, paddingAlong(step, "width").before];
}

export function paddingAlong(step: Window & Pick<Step, "from">, axis: Axis) {
  return paddingOf(step.from[0]![axis], step.kernel[axis === "height" ? 0 : 1], step);
}
