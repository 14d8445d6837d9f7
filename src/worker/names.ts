import type {Photo} from "../engine/photo.js";
import type {GivenFiles} from "./given-files.js";

/** What is large, and goes to the worker once: a photo's pixels, the list of a data set's files. */
export type Named = Photo | GivenFiles;

/** Stands for one of them in what is sent to the worker, which has it or is given it along. */
interface Name {
  readonly sentNumber: number;
}

/**
 * Puts names in the place of what is large, wherever in plain data it is.
 *
 * @param nameOf called with each
 */
export function withNames(value: unknown, nameOf: (named: Named) => number): unknown {
  return replaced(value, (object) => (isPhoto(object) || isGiven(object) ? ({sentNumber: nameOf(object)} satisfies Name) : undefined));
}

/**
 * The inverse.
 *
 * @param namedBy called with each name
 */
export function withoutNames(value: unknown, namedBy: (name: number) => Named): unknown {
  return replaced(value, (object) => (isName(object) ? namedBy(object.sentNumber) : undefined));
}

/** A copy of plain data in which some objects are others; what is no plain object or list stays what it is. */
function replaced(value: unknown, other: (object: object) => object | undefined): unknown {
  if (Array.isArray(value)) return value.map((each) => replaced(each, other));
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return other(value) ?? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, other)]));
}

export function isPhoto(object: object): object is Photo {
  return "rgba" in object && object.rgba instanceof Uint8ClampedArray;
}

function isGiven(object: object): object is GivenFiles {
  return "kind" in object && object.kind === "files of a data set";
}

function isName(object: object): object is Name {
  return "sentNumber" in object;
}
