import {percent} from "../components/classes/class-legend.js";
import {BACKGROUND} from "../data/labels/index.js";
import type {ClassPlace} from "../engine/labels/class-places.js";

/** A picture's thirds end here. */
const THIRDS = [1 / 3, 2 / 3] as const;
/** What takes this much of a side goes across it. */
const ACROSS = 0.85;
/** How many classes are told of one by one. */
const TOLD = 6;

/** Where in the picture a class lies: "in the middle", "at the top left", "across the bottom". */
export function placeInWords({middle, extent}: Pick<ClassPlace, "middle" | "extent">): string {
  const isWide = extent.right - extent.left >= ACROSS;
  const isTall = extent.bottom - extent.top >= ACROSS;
  const across = third(middle.x, ["left", "", "right"]);
  const down = third(middle.y, ["top", "", "bottom"]);
  if (isWide && isTall) return "all over it";
  if (isWide) return `across the ${down || "middle"}`;
  if (isTall) return across ? `along the ${across}` : "in the middle, from top to bottom";
  const corner = `${down} ${across}`.trim();
  return corner ? `at the ${corner}` : "in the middle";
}

function third(place: number, words: readonly [string, string, string]): string {
  return words[place < THIRDS[0] ? 0 : place < THIRDS[1] ? 1 : 2];
}

/**
 * What a mask shows, for those who do not see it: "dog, 30.1 % of the picture, in the middle; the rest is background."
 *
 * @param places the largest first
 */
export function maskInWords(places: readonly ClassPlace[], names: readonly string[]): string {
  const things = places.filter(({id}) => names[id] !== BACKGROUND);
  if (things.length === 0) return "None of the classes that the network knows: all is background.";
  const told = things
    .slice(0, TOLD)
    .map((place, index) => `${names[place.id]!}, ${percent(place.share)}${index === 0 ? " of the picture" : ""}, ${placeInWords(place)}`);
  const more = things.length - told.length;
  const rest = [
    ...(more > 0 ? [`${more} ${more === 1 ? "class" : "classes"} more with less`] : []),
    ...(things.length < places.length ? ["the rest is background"] : [])
  ];
  return `${[...told, ...rest].join("; ")}.`;
}

/**
 * What changed from one mask of a photo to the next: "1.9 % of the pixels changed class: dog 30.1 % before, 31.2 % now."
 *
 * @param changed share of the pixels whose class is another, 0-1
 */
export function maskChangeInWords(
  changed: number,
  before: readonly ClassPlace[],
  now: readonly ClassPlace[],
  names: readonly string[]
): string {
  if (changed === 0) return "No pixel changed its class.";
  const shareIn = (places: readonly ClassPlace[], id: number) => places.find((place) => place.id === id)?.share ?? 0;
  const all = [...now, ...before.filter(({id}) => shareIn(now, id) === 0)];
  const told = all
    .map((place) => ({name: names[place.id]!, was: percent(shareIn(before, place.id)), is: percent(shareIn(now, place.id)), place}))
    .filter(({was, is}) => was !== is)
    .slice(0, TOLD)
    .map(({name, was, is, place}) => {
      if (shareIn(before, place.id) === 0) return `${name} is new, ${is}`;
      return shareIn(now, place.id) === 0 ? `${name} is gone, ${was} before` : `${name} ${was} before, ${is} now`;
    });
  return `${percent(changed)} of the pixels changed class${told.length > 0 ? `: ${told.join("; ")}` : ""}.`;
}
