/**
 * Edits as a short text for an address. An edit is a shape and an effect, as in `r250.250.500.500-c808080`; an
 * underscore stands between two. All of it are letters that addresses do not escape.
 *
 *   shape   q x.y.side  a loose square     k x.y.side  a kept one
 *           r x.y.width.height  a rectangle     o the same  all but a rectangle
 *           l radius.x.y.x.y...  a line
 *   effect  c rrggbb  cover    b n noise etc.: its letter and amount    g  grey
 */
import type {Edit, Effect, Shape} from "../../../engine/photo-edits/edit.js";

/** Longest text that is written and read: addresses of a few thousand letters pass everywhere. */
export const LONGEST_TEXT = 2000;

/** The amounts that an effect takes. */
export const AMOUNTS = {
  blur: {min: 1, max: 60, letter: "b"},
  noise: {min: 1, max: 100, letter: "n"},
  turn: {min: 1, max: 359, letter: "t"},
  hue: {min: 1, max: 359, letter: "h"}
} as const;

/** The text of a list of edits; empty for none. */
export function formatEdits(edits: readonly Edit[]): string {
  return edits.map(({shape, effect}) => `${formatShape(shape)}-${formatEffect(effect)}`).join("_");
}

/** The edits that a text stands for; undefined where it stands for none. */
export function parseEdits(text: string): readonly Edit[] | undefined {
  if (text === "") return [];
  if (text.length > LONGEST_TEXT) return undefined;
  const edits = text.split("_").map((part) => {
    const [shapeText = "", effectText = "", ...rest] = part.split("-");
    const shape = parseShape(shapeText);
    const effect = parseEffect(effectText);
    return shape && effect && rest.length === 0 ? {shape, effect} : undefined;
  });
  return edits.every((edit) => edit !== undefined) ? edits : undefined;
}

/** What edits did to a photo, as part of a sentence. */
export function changesInWords({length}: readonly Edit[]): string {
  return length === 1 ? "changed in one place" : `changed in ${length} places`;
}

function formatShape(shape: Shape): string {
  switch (shape.kind) {
    case "square":
      return `${shape.loose ? "q" : "k"}${[shape.x, shape.y, shape.side].join(".")}`;
    case "rectangle":
      return `${shape.outside ? "o" : "r"}${[shape.x, shape.y, shape.width, shape.height].join(".")}`;
    case "line":
      return `l${[shape.radius, ...shape.points.flat()].join(".")}`;
  }
}

function parseShape(text: string): Shape | undefined {
  const numbers = text
    .slice(1)
    .split(".")
    .map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : NaN));
  if (!numbers.every((number) => number <= 1000)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  switch (text[0]) {
    case "q":
    case "k":
      return numbers.length === 3 && c > 0 ? {kind: "square", x: a, y: b, side: c, loose: text[0] === "q"} : undefined;
    case "r":
    case "o": {
      const fits = numbers.length === 4 && c > 0 && d > 0 && a + c <= 1000 && b + d <= 1000;
      return fits ? {kind: "rectangle", x: a, y: b, width: c, height: d, outside: text[0] === "o"} : undefined;
    }
    case "l": {
      if (numbers.length < 3 || numbers.length % 2 === 0 || a === 0) return undefined;
      const points = Array.from({length: (numbers.length - 1) / 2}, (_, i) => [numbers[2 * i + 1]!, numbers[2 * i + 2]!] as const);
      return {kind: "line", radius: a, points};
    }
    default:
      return undefined;
  }
}

function formatEffect(effect: Effect): string {
  switch (effect.kind) {
    case "cover":
      return `c${effect.colour.slice(1)}`;
    case "grey":
      return "g";
    default:
      return `${AMOUNTS[effect.kind].letter}${effect.amount}`;
  }
}

function parseEffect(text: string): Effect | undefined {
  if (text === "g") return {kind: "grey"};
  if (/^c[0-9a-f]{6}$/.test(text)) return {kind: "cover", colour: `#${text.slice(1)}`};
  const amount = /^[a-z]\d{1,3}$/.test(text) ? Number(text.slice(1)) : NaN;
  for (const kind of ["blur", "noise", "turn", "hue"] as const) {
    const {letter, min, max} = AMOUNTS[kind];
    if (text[0] === letter && amount >= min && amount <= max) return {kind, amount};
  }
  return undefined;
}
