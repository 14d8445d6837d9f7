import type {ShownClass} from "../../components/datasets/check-up-view.js";
import {vocPalette} from "../../data/labels/voc.js";
import type {Expected} from "../../datasets/finding.js";
import type {CheckedSplit, DatasetFacts} from "../../worker/dataset-messages.js";

/** What the ids in masks are called, and their colours. */
export interface ClassLook {
  readonly names: readonly string[];
  /** 256 of them. */
  readonly palette: readonly (readonly [number, number, number])[];
}

const IGNORED = 255;

/** As a network's classes are called where there is one, else as the data set calls them. */
export function classLook({classes, palette}: Expected, facts: DatasetFacts): ClassLook {
  const own = classes ? palette : (facts.colours ?? palette);
  const names = Object.assign([...(classes ?? facts.classes ?? [])], {[IGNORED]: "ignored"});
  return {names, palette: vocPalette(256).map((colour, id) => own?.[id] ?? colour)};
}

/** What masks hold, the largest share first. */
export function shownClasses({census: {pixels, masks}}: CheckedSplit, {names, palette}: ClassLook): ShownClass[] {
  const total = pixels.reduce((sum, count) => sum + count, 0);
  return Array.from(pixels, (count, id) => ({
    id,
    name: names[id] ?? "",
    colour: `rgb(${palette[id]!.join(" ")})`,
    share: count / total,
    masks: masks[id]!
  }))
    .filter(({masks}) => masks > 0)
    .sort((a, b) => b.share - a.share);
}
