import type {ShownClass} from "../../components/datasets/check-up-view.js";
import {vocPalette} from "../../data/labels/voc.js";
import {sameClass} from "../../datasets/class-names.js";
import type {Expected} from "../../datasets/finding.js";
import type {CheckedSplit, DatasetFacts} from "../../worker/dataset-messages.js";

/** What the ids in masks are called, and their colours. */
export interface ClassLook {
  readonly names: readonly string[];
  /** 256 of them. */
  readonly palette: readonly (readonly [number, number, number])[];
}

/** What counts nothing in a mask. */
export const IGNORED = 255;

/** As the data set calls them where it tells, else as a network does; a class of the network has its colour, whatever its number here. */
export function classLook({classes, palette}: Expected, facts: DatasetFacts): ClassLook {
  const own = facts.classes ?? classes ?? [];
  const theirs = (name: string) => classes?.findIndex((each) => sameClass(each, name)) ?? -1;
  const colours = own.map((name, id) => palette?.[theirs(name)] ?? facts.colours?.[id]);
  const untold = own.length > 0 ? [] : (facts.colours ?? palette ?? []);
  return {
    names: Object.assign([...own], {[IGNORED]: "ignored"}),
    palette: vocPalette(256).map((colour, id) => colours[id] ?? untold[id] ?? colour)
  };
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
