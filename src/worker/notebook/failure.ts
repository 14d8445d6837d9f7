import {CellError} from "../../notebook/cell-error.js";
import type {Place} from "../../notebook/notebook.js";

/** What went wrong with a cell, as the page says it. */
export interface Failure {
  readonly message: string;
  readonly place: Place | null;
}

/** The program that a cell ran as. */
export interface CellProgram {
  /** What it is called in stacks. */
  readonly script: string;
  /** Where in the cell what stands at a place of the program was written. */
  written(place: Place): Place;
}

/** Names that belong to a page, which a worker does not have. */
const OF_PAGES = /^(document|window|localStorage|alert|Image|HTMLElement) is not defined/;

/** What a cell threw, in a sentence, and where in it. */
export function failureOf(error: unknown, program: CellProgram | null = null): Failure {
  if (error instanceof CellError) return {message: error.message, place: error.place};
  if (!(error instanceof Error)) {
    const thrown = typeof error === "object" ? "something that is no error" : String(error);
    return {message: `The cell threw ${thrown}.`, place: null};
  }
  const place = program && placeIn(error.stack ?? "", program);
  if (OF_PAGES.test(error.message))
    return {message: `${error.message}: cells run beside the page. Return a value, or a drawing by svg\`...\`.`, place};
  const isPlain = error.name === "Error" || error.name === "RangeError" || error.name === "TypeError";
  return {message: isPlain ? error.message : `${error.name}: ${error.message}`, place};
}

/** The topmost line of the cell in a stack, however the browser writes it. */
function placeIn(stack: string, {script, written}: CellProgram): Place | null {
  const found = new RegExp(`${script.replaceAll(".", "\\.")}:(\\d+):(\\d+)`).exec(stack);
  return found && written({line: Number(found[1]), column: Number(found[2]) - 1});
}
