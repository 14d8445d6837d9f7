import type {MaskPicture} from "../formats/mask-picture.js";
import {packed} from "./colours.js";

/** More are no palette, but a photo or a smoothed mask. */
const MOST_COLOURS = 4096;

/** What the masks of many photos hold. */
export interface Census {
  /** Masks whose pixels are single values, by value: pixels, and how many masks have it. Values over 255 count as `deep`. */
  readonly pixels: Float64Array;
  readonly masks: Uint32Array;
  /** Masks by what their pixels are. */
  readonly kinds: {readonly ids: string[]; readonly colours: string[]; readonly greyColours: string[]; readonly deep: string[]};
  /** Colours of masks that hold colours as 0xRRGGBB, with the pixels of each. */
  readonly colours: Map<number, number>;
  /** Masks whose object is ignored altogether: nothing but 0 and 255, a good share of the latter. */
  readonly ignored: string[];
  /** Masks of which hardly any pixel belongs to most of their values, as smoothing leaves them. */
  readonly smoothed: string[];
}

/** An outline that is ignored, as VOC has it, takes less of a photo than this. */
const IGNORED_SHARE = 0.1;
/** So many values, each of which so few pixels have, most of them between their neighbours' values, do not come from labels. */
const SMOOTHED = {values: 12, share: 0.002, between: 0.5};

export function newCensus(): Census {
  return {
    pixels: new Float64Array(256),
    masks: new Uint32Array(256),
    kinds: {ids: [], colours: [], greyColours: [], deep: []},
    colours: new Map(),
    ignored: [],
    smoothed: []
  };
}

/** Counts the mask of one photo. */
export function countMask(census: Census, id: string, picture: MaskPicture): void {
  if (picture.channels > 2) countColours(census, id, picture);
  else countValues(census, id, picture);
}

function countValues(census: Census, id: string, {width, channels, values}: MaskPicture): void {
  const ids = channels === 1 ? values : values.filter((_, index) => index % channels === 0);
  const counts = new Float64Array(256);
  let deep = false;
  for (const value of ids) {
    if (value > 255) deep = true;
    else counts[value]!++;
  }
  census.kinds[deep ? "deep" : "ids"].push(id);
  if (deep) return;
  addCounts(census, id, counts);
  if (isSmoothed(ids, width, counts)) census.smoothed.push(id);
}

function addCounts(census: Census, id: string, counts: Float64Array): void {
  const total = counts.reduce((sum, count) => sum + count, 0);
  counts.forEach((count, value) => {
    census.pixels[value]! += count;
    if (count > 0) census.masks[value]!++;
  });
  if (counts[0]! + counts[255]! === total && counts[255]! > IGNORED_SHARE * total) census.ignored.push(id);
}

/** Whether a map has many rare values, and these are found where smoothing leaves them: on the way from one neighbour to the other. */
function isSmoothed(ids: Uint8Array | Uint16Array, width: number, counts: Float64Array): boolean {
  const rare = counts.map((count) => Number(count > 0 && count < SMOOTHED.share * ids.length));
  if (rare.reduce((sum, is) => sum + is, 0) < SMOOTHED.values) return false;
  const isBetween = (at: number, step: number) => (ids[at]! - ids[at - step]!) * (ids[at + step]! - ids[at]!) > 0;
  let [found, between] = [0, 0];
  for (let at = width; at < ids.length - width; at++) {
    if (rare[ids[at]!] === 0) continue;
    found++;
    if (isBetween(at, 1) || isBetween(at, width)) between++;
  }
  return between > SMOOTHED.between * found;
}

function countColours(census: Census, id: string, {channels, depth, values}: MaskPicture): void {
  const counts = new Float64Array(256);
  let grey = true;
  const shift = depth === 16 ? 8 : 0;
  // Neighbours mostly have the same colour: one look at the map a run, not a pixel.
  let last = -1;
  let run = 0;
  const flush = () => {
    const known = census.colours.get(last);
    if (run > 0 && (known !== undefined || census.colours.size < MOST_COLOURS)) census.colours.set(last, (known ?? 0) + run);
    run = 0;
  };
  for (let i = 0; i < values.length; i += channels) {
    const [r, g, b] = [values[i]! >> shift, values[i + 1]! >> shift, values[i + 2]! >> shift];
    if (r !== g || g !== b) grey = false;
    else counts[r]!++;
    const colour = packed(r, g, b);
    if (colour !== last) {
      flush();
      last = colour;
    }
    run++;
  }
  flush();
  census.kinds[grey ? "greyColours" : "colours"].push(id);
  if (grey) addCounts(census, id, counts);
}

/** The values that single-valued masks hold, in order. */
export function valuesIn({pixels}: Census): number[] {
  return Array.from(pixels.keys()).filter((value) => pixels[value]! > 0);
}
