import type {Tap} from "../../../components/tables/tap-sum.js";
import {paddingOf} from "../../../engine/padding.js";
import type {AtrousOptions} from "../../../engine/padding.js";
import type {Grid} from "../../../worker/demonstrations/atrous.js";
import {PATCH, TAPS} from "./state.js";

/** A kernel as a grid. */
export function square(values: readonly number[]): Grid {
  return {height: TAPS, width: TAPS, values: Float32Array.from(values)};
}

/** The middle row of a patch, for one dimension. */
export function middleRow({width, values, height}: Grid): Grid {
  const from = Math.floor(height / 2) * width;
  return {height: 1, width, values: values.slice(from, from + width)};
}

/** Where each tap of an output cell lies on the input, and what it reads there. */
export function tapsOf(
  row: number,
  column: number,
  patch: Grid,
  kernel: readonly number[],
  options: AtrousOptions
): (Tap & {row: number; column: number})[] {
  const {before} = paddingOf(PATCH, TAPS, options);
  return kernel.map((weight, index) => {
    const tapRow = row * options.stride - before + Math.floor(index / TAPS) * options.rate;
    const tapColumn = column * options.stride - before + (index % TAPS) * options.rate;
    const inside = [tapRow, tapColumn].every((position) => position >= 0 && position < PATCH);
    return {row: tapRow, column: tapColumn, weight, inside, input: inside ? patch.values[tapRow * PATCH + tapColumn]! : 0};
  });
}
