import {interpolateRdBu, interpolateViridis, rgb} from "d3";
import type {Colour, Shade} from "./colour-values.js";

// Odd, so that zero has a shade of its own in the middle of a scale with a sign.
export const SHADES = 257;

function table(interpolate: (t: number) => string): readonly Colour[] {
  return Array.from({length: SHADES}, (_, index) => {
    const {r, g, b} = rgb(interpolate(index / (SHADES - 1)));
    return [r, g, b] as const;
  });
}

/**
 * The shades of both scales for who draws many values at once: `[sequential, diverging]`, SHADES RGBA bytes each; a value has the
 * shade round((value - low) / (high - low) * (SHADES - 1)), kept inside the table, or the first where that is no number.
 */
export function shadeTables(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...viridis(), ...blueRed()].flatMap(([r, g, b]) => [r, g, b, 255]));
}

const viridis = onFirstUse(() => table(interpolateViridis));
// Blue below zero, red above.
const blueRed = onFirstUse(() => table((t) => interpolateRdBu(1 - t)));

/** What is made when it is first asked for, and no page waits for that shows no map. */
function onFirstUse<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function shade(colours: readonly Colour[], t: number): Colour {
  // A value that is no number has no place on a map: it is drawn as the lowest.
  return colours[Math.min(SHADES - 1, Math.max(0, Math.round((t || 0) * (SHADES - 1))))]!;
}

/** The colours of activations: perceptually even, dark for `low`, light for `high`. */
export function sequential(low: number, high: number): (value: number) => Colour {
  const span = high - low || 1;
  const colours = viridis();
  return (value) => shade(colours, (value - low) / span);
}

/** The colours of values with a sign: white at zero, blue below, red above, `extent` at the ends. */
export function diverging(extent: number): (value: number) => Colour {
  const colours = blueRed();
  return (value) => shade(colours, 0.5 + value / (2 * (extent || 1)));
}

/** Most of a colour that lies over a photo. */
const HEAT_ALPHA = 230;

/** How a value with a sign is laid over a photo: blue below zero, red above, and nothing at zero. */
export function heat(extent: number): (value: number) => Shade {
  const colour = diverging(extent);
  return (value) => [...colour(value), HEAT_ALPHA * Math.min(1, Math.abs(value) / (extent || 1)) ** 0.7];
}

/** Greys of a picture's brightness, 0-1. */
export function grey(value: number): Colour {
  const level = Math.round(Math.min(1, Math.max(0, value)) * 255);
  return [level, level, level];
}

/** Smallest and largest value. */
export function extentOf(values: ArrayLike<number>): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  return low > high ? [0, 0] : [low, high];
}

/** The largest distance from zero: the extent of colours with a sign. */
export function reachOf(values: ArrayLike<number>): number {
  return Math.max(...extentOf(values).map(Math.abs));
}
