import type {Expected, Finding, Looked, Rule} from "./finding.js";
import {backgroundNotFirst, otherClasses, outOfRange, unseen} from "./rules-of-classes.js";
import {missing, noted, repeatedPhotos, sharedPhotos, sizes, unpaired, unreadable} from "./rules-of-files.js";
import {colours, deep, greyColours, greyLevels, ignoredObjects, noObject, smoothed} from "./rules-of-ids.js";

/** The gravest first: what makes every figure worthless, then what stops a run, then what makes it doubtful. */
const RULES: readonly Rule[] = [
  noObject,
  greyLevels,
  smoothed,
  colours,
  greyColours,
  deep,
  otherClasses,
  outOfRange,
  ignoredObjects,
  backgroundNotFirst,
  unreadable,
  missing,
  sizes,
  sharedPhotos,
  repeatedPhotos,
  unpaired,
  noted,
  unseen
];

/** What is to be said of a data set, the gravest first. */
export function findingsOf(looked: Looked, expected: Expected): Finding[] {
  const found = RULES.flatMap((rule) => rule(looked, expected));
  return [...found.filter(({grave}) => grave), ...found.filter(({grave}) => !grave)];
}
