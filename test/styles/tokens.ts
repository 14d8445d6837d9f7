import {readFileSync} from "node:fs";
import path from "node:path";

type Rgb = readonly [number, number, number];

const FILE = path.resolve(import.meta.dirname, "../../src/styles/tokens.css");
type Scheme = "light" | "dark";

/** The colours of `tokens.css` as each scheme has them, by their names without the dashes. */
export function tokens(): Readonly<Record<Scheme, ReadonlyMap<string, Rgb>>> {
  const [light, dark] = readFileSync(FILE, "utf8").split("@media screen and (prefers-color-scheme: dark)");
  const said = (css: string) => new Map([...css.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]));
  const values = {light: said(light!), dark: new Map([...said(light!), ...said(dark!)])};
  return {light: coloursOf(values.light), dark: coloursOf(values.dark)};
}

function coloursOf(values: ReadonlyMap<string, string>): Map<string, Rgb> {
  const found = new Map<string, Rgb>();
  for (const [name, value] of values) {
    const colour = colourOf(value, values);
    if (colour) found.set(name, colour);
  }
  return found;
}

/** A colour as it is written in `tokens.css`: six digits, another's name, or two mixed; null where the value is none. */
function colourOf(value: string, values: ReadonlyMap<string, string>): Rgb | null {
  const digits = /^#([\da-f]{6})$/i.exec(value);
  if (digits) return [0, 2, 4].map((at) => parseInt(digits[1]!.slice(at, at + 2), 16)) as unknown as Rgb;
  const named = /^var\(--([\w-]+)\)$/.exec(value);
  if (named) return colourOf(values.get(named[1]!)!, values);
  const mixed = /^color-mix\(in srgb, (.+) (\d+)%, (.+)\)$/.exec(value);
  if (!mixed) return null;
  const [one, other] = [colourOf(mixed[1]!, values)!, colourOf(mixed[3]!, values)!];
  const share = Number(mixed[2]) / 100;
  return one.map((part, index) => share * part + (1 - share) * other[index]!) as unknown as Rgb;
}

/** How far two colours are apart in lightness, 1-21, as WCAG 2 defines it. */
export function contrast(one: Rgb, other: Rgb): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
