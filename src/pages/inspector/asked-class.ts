import type {Choice} from "../../components/fields/fields.js";
import {classShares, logitsAt} from "../../engine/labels/pixel.js";
import type {Segmentation} from "../../worker/protocol.js";
import {pointOf, toCells} from "../../lab/photo-geometry.js";
import type {InspectorState} from "./inspection.js";

/** The class that is asked about. */
export interface AskedClass {
  readonly id: number;
  /** The name that the state asks for where this model has no such class; the class is chosen as if none was named. */
  readonly unknown: string | null;
}

/**
 * The class that a state asks about: the named one, or the winner at the chosen point, or the largest in the photo but the first, the
 * background.
 */
export function askedClass({about, x, y}: Pick<InspectorState, "about" | "x" | "y">, result: Segmentation): AskedClass {
  const named = result.classes.indexOf(about);
  if (named >= 0) return {id: named, unknown: null};
  const unknown = about === "" ? null : about;
  if (x >= 0 && y >= 0) return {id: largest(scoresAt({x, y}, result)), unknown};
  const shares = classShares(result.labels, result.classes.length);
  const others = shares.map((share, id) => (id === 0 ? 0 : share));
  return {id: largest(others.some((share) => share > 0) ? others : shares), unknown};
}

/** The logits at a chosen point, one a class. */
export function scoresAt(chosen: {readonly x: number; readonly y: number}, result: Segmentation): Float32Array {
  const {row, column} = toCells(result, result.logits, pointOf(chosen, result));
  return logitsAt(result.logits, row, column);
}

/** Choices of a class for a list, the automatic one first. */
export function classChoices({classes}: Pick<Segmentation, "classes">, automatic: string): Choice[] {
  return [{value: "", label: automatic}, ...classes.map((name) => ({value: name, label: name}))];
}

/** Where the largest value stands; the first of equal ones. */
function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let id = 1; id < values.length; id++) if (values[id]! > values[best]!) best = id;
  return best;
}
