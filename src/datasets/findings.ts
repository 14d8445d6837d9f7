import type {Expected, Finding, Looked, Rule} from "./finding.js";
import {named, repeatedPhotos, sharedPhotos, sizes, unpaired, unreadable} from "./rules-of-files.js";
import {
  backgroundNotFirst,
  colours,
  deep,
  greyColours,
  greyLevels,
  ignoredObjects,
  noObject,
  outOfRange,
  smoothed,
  unseen
} from "./rules-of-ids.js";

/** The gravest first: what makes every figure worthless, then what stops a run, then what makes it doubtful. */
const RULES: readonly Rule[] = [
  noObject,
  greyLevels,
  smoothed,
  colours,
  greyColours,
  deep,
  outOfRange,
  ignoredObjects,
  backgroundNotFirst,
  unreadable,
  named,
  sizes,
  sharedPhotos,
  repeatedPhotos,
  unpaired,
  unseen
];

/** What is to be said of a data set, the gravest first. */
export function findingsOf(looked: Looked, expected: Expected): Finding[] {
  const found = RULES.flatMap((rule) => rule(looked, expected));
  return [...found.filter(({grave}) => grave), ...found.filter(({grave}) => !grave)];
}
