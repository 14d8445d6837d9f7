import {IGNORE} from "../formats/mask-picture.js";
import {valuesIn} from "./census.js";
import {finding, listed, masks} from "./finding.js";
import type {Expected, Finding, Looked} from "./finding.js";
import {hexOf, idsOfColours} from "./colours.js";

/* What can be wrong with what masks hold. */

/** No mask has anything but background. */
export function noObject({census}: Looked): readonly Finding[] {
  const values = valuesIn(census);
  if (values.length === 0 || values.some((value) => value !== 0 && value !== IGNORE)) return [];
  if (!values.includes(IGNORE)) return [finding("No pixel has class 1: all masks hold 0, the background, alone.", {grave: false})];
  const ids = {[IGNORE]: 1};
  return [
    finding(
      "No pixel has class 1: the masks hold 0 and 255 alone, and 255 is what is ignored. A network that finds nothing at all would be perfect.",
      {mend: {label: "Take 255 as class 1", apply: {kind: "ids", ids}}}
    )
  ];
}

/** Values so far apart, evenly from 0 up, are no ids. */
const FAR_APART = 32;

/** Ids are shades of grey. */
export function greyLevels({census}: Looked): readonly Finding[] {
  const values = valuesIn(census);
  const step = values[1] ?? 0;
  const last = values.at(-1) ?? 0;
  const even = (width: number) => values.every((value, index) => Math.abs(value - index * width) <= 2);
  const outline = values.length === 2 && last === IGNORE;
  if (values.length < 2 || outline || step < FAR_APART || !(even(step) || even(last / (values.length - 1)))) return [];
  const ids = Object.fromEntries(values.map((value, index) => [value, index]));
  return [
    finding(
      `The masks hold ${listed(values)}: these look like grey levels. The classes are perhaps ${listed(values.map((_, index) => index))}.`,
      {mend: {label: "Number them so", apply: {kind: "ids", ids}}}
    )
  ];
}

/** Masks were resized or compressed as photos are. */
export function smoothed({census}: Looked): readonly Finding[] {
  if (census.smoothed.length === 0) return [];
  const total = census.pixels.reduce((sum, pixels) => sum + pixels, 0);
  const ids = valuesIn(census).filter((value) => census.pixels[value]! > total / 200);
  return [
    finding(
      `${masks(census.smoothed)} many values that hardly any pixel has: they were resized, or saved as JPEG, with values between two ` +
        `classes along the outlines. Most pixels have ${listed(ids)}.`,
      {photos: census.smoothed, mend: {label: "Take the nearest of these for each pixel", apply: {kind: "nearest", ids}}}
    )
  ];
}

/** Colours stand for classes. */
export function colours({census, dataset}: Looked, {palette}: Expected): readonly Finding[] {
  const photos = census.kinds.colours;
  if (photos.length === 0) return [];
  const known = dataset.colours ?? palette;
  const ids = idsOfColours(known ?? []);
  // VOC draws what is ignored in this colour.
  const all = {...ids, 0xe0e0c0: IGNORE};
  const strange = [...census.colours].filter(([colour]) => !Object.hasOwn(all, colour)).sort((a, b) => b[1] - a[1]);
  const begins = `${masks(photos)} colours in the place of class ids.`;
  if (known && strange.length === 0) {
    return [
      finding(`${begins} Each of them is that of a class.`, {photos, mend: {label: "Read them as ids", apply: {kind: "colours", ids: all}}})
    ];
  }
  const shown = strange.slice(0, 5).map(([colour]) => hexOf(colour));
  return [
    finding(
      `${begins} ${strange.length === 1 ? "One colour belongs" : `${strange.length} colours belong`} to no class that is known: ` +
        `${listed(shown)}${strange.length > shown.length ? ", ..." : ""}. Say in labelmap.txt beside the folders what each stands for: person:192,128,128::`,
      {photos}
    )
  ];
}

/** One channel stands three times. */
export function greyColours({census}: Looked): readonly Finding[] {
  const photos = census.kinds.greyColours;
  if (photos.length === 0) return [];
  const ids = Object.fromEntries(Array.from({length: 256}, (_, id) => [id * 0x010101, id]));
  return [
    finding(`${masks(photos)} the same value in red, green and blue, where one channel of ids is expected.`, {
      photos,
      mend: {label: "Take one channel", apply: {kind: "colours", ids}}
    })
  ];
}

/** Values are no classes. */
export function deep({census}: Looked): readonly Finding[] {
  const photos = census.kinds.deep;
  return photos.length === 0
    ? []
    : [finding(`${masks(photos)} values over 255: they are depths or numbers of objects, not classes.`, {photos})];
}

/** Objects are ignored. */
export function ignoredObjects({census}: Looked): readonly Finding[] {
  // Where no mask has an object, that was said.
  if (census.ignored.length === 0 || valuesIn(census).every((value) => value === 0 || value === IGNORE)) return [];
  return [
    finding(`${masks(census.ignored)} an object that is 255 all over, which is what is ignored: it does not count.`, {
      photos: census.ignored,
      grave: false,
      mend: {label: "Leave these photos out", apply: {kind: "leave out", photos: census.ignored}}
    })
  ];
}
