import {BACKGROUND} from "../data/labels/index.js";

/** Whether the mask of a view leaves a class out. An overlay tints what was found; darkening all the rest would say nothing. */
export function isLeftOut(name: string, {hidden, view}: {readonly hidden: readonly string[]; readonly view: string}): boolean {
  return hidden.includes(name) || (view === "overlay" && name === BACKGROUND);
}
