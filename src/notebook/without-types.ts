import {TraceMap, originalPositionFor} from "@jridgewell/trace-mapping";
import {transform} from "../vendor/sucrase.js";
import {CellError} from "./cell-error.js";
import type {Place} from "./notebook.js";

/** A program of TypeScript as JavaScript: each of its lines is the same line there. */
export interface WithoutTypes {
  readonly text: string;
  /** Where in the program as it was written what stands at a place of `text` is. */
  written(place: Place): Place;
}

/** Of a cell: messages do not name it. */
const FILE = "cell";

/**
 * Takes the types out of a program.
 *
 * @throws CellError where it cannot be read
 */
export function withoutTypes(program: string): WithoutTypes {
  const {code, sourceMap} = transformed(program);
  if (code === program) return {text: program, written: (place) => place};
  const map = new TraceMap({...sourceMap!, version: 3});
  return {
    text: code,
    written(place) {
      const {line, column} = originalPositionFor(map, place);
      return line === null ? place : {line, column};
    }
  };
}

/** Whether a cell's code is TypeScript, and no JavaScript. */
export function isTyped(code: string): boolean {
  // In brackets what begins like a block is an object.
  return [`(${code}\n)`, code].some((program) => {
    try {
      return withoutTypes(program).text !== program;
    } catch {
      return false;
    }
  });
}

function transformed(program: string) {
  try {
    return transform(program, {
      transforms: ["typescript"],
      // What browsers know stays as it is.
      disableESTransforms: true,
      keepUnusedImports: true,
      filePath: FILE,
      sourceMapOptions: {compiledFilename: FILE}
    });
  } catch (error) {
    const {message, loc} = error as SyntaxError & {readonly loc?: Place};
    const sentence = message.replace(`Error transforming ${FILE}: `, "").replace(/ \(\d+:\d+\)$/, "");
    // Its columns begin at 1.
    throw new CellError(sentence, loc ? {line: loc.line, column: loc.column - 1} : null);
  }
}
