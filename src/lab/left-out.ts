import {BACKGROUND} from "../data/labels/index.js";

/** A view, and the classes that the reader hides. */
interface Shown {
  readonly hidden: readonly string[];
  readonly view: string;
}

/** Whether the mask of a view leaves a class out. An overlay tints what was found; darkening all the rest would say nothing. */
export function isLeftOut(name: string, {hidden, view}: Shown): boolean {
  return hidden.includes(name) || (view === "overlay" && name === BACKGROUND);
}

/** Ids of the classes that the mask of a view leaves out. @param classes names by id */
export function leftOutIds(classes: readonly string[], shown: Shown): ReadonlySet<number> {
  return new Set(classes.flatMap((name, id) => (isLeftOut(name, shown) ? [id] : [])));
}
