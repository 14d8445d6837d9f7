import type {Step} from "../steps/kinds.js";
import {KINDS, finishing} from "./operations.js";
import type {Operation} from "./operations.js";
import type {Place} from "./places.js";

/** Cells that are put together at once. */
const CELLS = 4;

/**
 * Sum and product cell by cell.
 *
 * @param words addresses and steps of what is read, of factors, of summands
 */
export function combination(words: readonly number[], y: Place, activation: Step["activation"]): Operation {
  return {
    words: [KINDS.combine, ...words, y.address, y.step, y.channels, ...finishing(activation)],
    units: y.height * y.width,
    grain: CELLS,
    scratch: 0
  };
}
