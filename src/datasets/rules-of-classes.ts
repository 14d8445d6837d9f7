import {IGNORE} from "../formats/mask-picture.js";
import {valuesIn} from "./census.js";
import {finding, listed, some} from "./finding.js";
import type {Expected, Finding, Looked} from "./finding.js";
import {isBackground, sameClass} from "./class-names.js";

/* What can be wrong with what classes are called and with their numbers. */

/** Ids are no class. */
export function outOfRange({census, dataset}: Looked, {classes = dataset.classes}: Expected): readonly Finding[] {
  const beyond = classes ? valuesIn(census).filter((value) => value >= classes.length && value !== IGNORE) : [];
  if (beyond.length === 0) return [];
  const ids = Object.fromEntries(beyond.map((value) => [value, IGNORE]));
  return [
    finding(
      `The masks hold ${listed(beyond)}, which ${beyond.length === 1 ? "is no class" : "are no classes"}: there are ${classes!.length}, 0 to ${classes!.length - 1}.`,
      {mend: {label: "Ignore these pixels", apply: {kind: "ids", ids}}}
    )
  ];
}

/** The data set numbers its classes in another way than the network. */
export function otherClasses({census, dataset: {classes: own}}: Looked, {classes}: Expected): readonly Finding[] {
  if (!own || !classes) return [];
  const used = valuesIn(census).filter((id) => id < own.length && id !== IGNORE);
  const other = used.find((id) => !sameClass(own[id]!, classes[id]));
  if (other === undefined) return [];
  const ownName = `class ${other} "${own[other]!}"`;
  const placeOf = (name: string) => classes.findIndex((each) => sameClass(each, name));
  if (!own.some((name) => !isBackground(name) && placeOf(name) >= 0)) {
    return [finding(`The data set calls ${ownName}, the model ${called(classes[other])}: they have no class in common.`, {grave: false})];
  }
  const background = classes.findIndex(isBackground);
  const rest = background >= 0 ? background : IGNORE;
  const ids = Object.fromEntries(own.map((name, id) => [id, placeOf(name) >= 0 ? placeOf(name) : rest]));
  const lacking = used.filter((id) => placeOf(own[id]!) < 0).map((id) => own[id]!);
  const becomes = background >= 0 ? "background" : "ignored";
  return [
    finding(
      `The data set calls ${ownName}, the model ${called(classes[other])}: they number their classes in different ways.` +
        (lacking.length > 0 ? ` The model does not know ${some(lacking)}, which would be ${becomes}.` : ""),
      {mend: {label: "Number them by their names, as the model does", apply: {kind: "classes", ids, classes}}}
    )
  ];
}

function called(name: string | undefined): string {
  return name === undefined ? "has no such class" : `"${name}"`;
}

/** Background has another id than 0. */
export function backgroundNotFirst({dataset: {classes = []}}: Looked, expected: Expected): readonly Finding[] {
  const at = classes.findIndex(isBackground);
  // Where there is a network, its own order is what counts.
  if (at <= 0 || expected.classes) return [];
  const ids = Object.fromEntries(classes.map((_, id) => [id, id === at ? 0 : id < at ? id + 1 : id]));
  const ordered = [classes[at]!, ...classes.filter((_, id) => id !== at)];
  return [
    finding(`The list of classes has ${classes[at]!} as number ${at}; class 0 is the background of most networks.`, {
      grave: false,
      mend: {label: "Put it first", apply: {kind: "classes", ids, classes: ordered}}
    })
  ];
}

/** Classes of which there is nothing to measure. */
export function unseen({census, dataset: {classes: own}}: Looked, {classes = []}: Expected): readonly Finding[] {
  const there = valuesIn(census);
  // By their names where the data set tells them: its numbers may be others.
  const isThere = (name: string, id: number) => (own ? there.some((value) => sameClass(name, own[value])) : there.includes(id));
  const absent = classes.filter((name, id) => !isThere(name, id));
  if (absent.length === 0 || there.length < 2 || absent.length === classes.length) return [];
  return [
    finding(`No pixel of this list has ${some(absent)}: nothing is measured of ${absent.length === 1 ? "it" : "these"}.`, {grave: false})
  ];
}
