import type {Step} from "../steps/kinds.js";
import type {Shape} from "../steps/kind.js";
import {laidOut} from "./arena.js";
import type {Group} from "./fuse.js";
import {WORD} from "./packing.js";

/** Where an activation lies: its cells row by row, `step` bytes from one to the next. */
export interface Place extends Shape {
  readonly address: number;
  readonly step: number;
}

/** What a product reads behind the last channel of the last cell, and throws away. */
export const BEHIND = 32;

/** An activation that holds others side by side, and where among its channels. */
interface Inside {
  readonly name: string;
  readonly channel: number;
}

/**
 * Places of all activations that are written, in one arena from `base` on. What is joined to others by its channels is written where it
 * will lie there.
 *
 * @param given what is there before the first group
 * @param kept what must still be there after the last
 */
export function placed(
  groups: readonly Group[],
  given: readonly Step[],
  kept: ReadonlySet<string>,
  base: number
): {readonly places: ReadonlyMap<string, Place>; readonly joined: ReadonlyMap<string, Inside>; readonly bytes: number} {
  const joined = joinedPlaces(groups, new Set(given.map(({name}) => name)));
  const holderOf = (name: string): string => {
    const inside = joined.get(name);
    return inside ? holderOf(inside.name) : name;
  };
  const shapes = new Map<string, Shape>([...given, ...groups.map(({output}) => output)].map((step) => [step.name, step]));
  const lives = new Map<string, {from: number; to: number}>();
  const live = (name: string, at: number) => {
    const holder = holderOf(name);
    const life = lives.get(holder);
    lives.set(holder, {from: Math.min(life?.from ?? at, at), to: Math.max(life?.to ?? at, at)});
  };
  for (const {name} of given) live(name, 0);
  groups.forEach(({output, reads}, at) => [output.name, ...reads].forEach((name) => live(name, at)));
  for (const name of kept) live(name, groups.length);

  const holders = [...lives.keys()];
  const {places, bytes} = laidOut(holders.map((name) => ({bytes: bytesOf(shapes.get(name)!) + BEHIND, ...lives.get(name)!})));
  const found = new Map<string, Place>();
  holders.forEach((name, index) => found.set(name, placeOf(shapes.get(name)!, base + places[index]!)));
  const within = (name: string): Place => {
    const place = found.get(name);
    if (place) return place;
    const {name: holder, channel} = joined.get(name)!;
    const {address, step} = within(holder);
    return {...placeOf(shapes.get(name)!, address + channel * WORD), step};
  };
  return {places: new Map([...shapes.keys()].map((name) => [name, within(name)])), joined, bytes};
}

/** Parts of concatenations that can be written where they belong: those that are written at all, each in one. */
function joinedPlaces(groups: readonly Group[], given: ReadonlySet<string>): Map<string, Inside> {
  const joined = new Map<string, Inside>();
  for (const {kind, output} of groups) {
    if (kind !== "step" || output.op !== "concat") continue;
    let channel = 0;
    output.inputs.forEach((name, index) => {
      if (!given.has(name) && !joined.has(name)) joined.set(name, {name: output.name, channel});
      channel += output.from[index]!.channels;
    });
  }
  return joined;
}

function placeOf({height, width, channels}: Shape, address: number): Place {
  return {address, step: channels * WORD, height, width, channels};
}

function bytesOf({height, width, channels}: Shape): number {
  return height * width * channels * WORD;
}
