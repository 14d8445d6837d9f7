import type {Place} from "./notebook.js";

/** What is wrong with a cell, in a sentence, and where in it. */
export class CellError extends Error {
  constructor(
    message: string,
    readonly place: Place | null = null
  ) {
    super(message);
  }
}
