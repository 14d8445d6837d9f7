/**
 * Effects as arithmetic on a photo's bytes. Not a canvas's filters, which Safari does not have and every browser
 * rounds in its own way: a link must show, and segment, the same photo everywhere.
 */
import {pseudoRandom} from "../seeded.js";
import {boxBlurred, boxReach} from "./box-blur.js";
import type {Edit, Effect, Size} from "./edit.js";
import {regionOf} from "./region.js";
import type {Region} from "./region.js";

/** Weights of red, green and blue in a pixel's brightness (Rec. 709), as in the filters of CSS. */
const LUMA = [0.2126, 0.7152, 0.0722] as const;
/** Noise is the same wherever it is made. */
const SEED = 1;

/**
 * Does one edit to a photo.
 *
 * @param rgba RGBA bytes, opaque, rows from the top; changed in place
 */
export function applyEdit(rgba: Uint8ClampedArray, size: Size, {shape, effect}: Edit): void {
  const region = regionOf(shape, size);
  const {left, top, width, height, inside} = region;
  if (width === 0 || height === 0) return;
  const changed = changedPixels(rgba, size, region, effect);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = row * width + column;
      if (inside[from] === 0) continue;
      const to = 4 * ((top + row) * size.width + left + column);
      for (let channel = 0; channel < 3; channel++) rgba[to + channel] = changed[4 * from + channel]!;
    }
  }
}

/** What an effect makes of a region's box: RGBA bytes. */
function changedPixels(rgba: Uint8ClampedArray, size: Size, region: Region, effect: Effect): Uint8ClampedArray {
  switch (effect.kind) {
    case "cover": {
      const [r, g, b] = bytesOf(effect.colour);
      return eachPixel(rgba, size, region, (to, at) => put(to, at, r, g, b));
    }
    case "blur":
      return boxBlurred(rgba, size, region, boxReach((effect.amount / 1000) * Math.max(size.width, size.height)));
    case "noise": {
      const random = pseudoRandom(SEED);
      const most = (effect.amount / 100) * 255;
      const shift = () => (2 * random() - 1) * most;
      return eachPixel(rgba, size, region, (to, at, r, g, b) => put(to, at, r + shift(), g + shift(), b + shift()));
    }
    case "turn":
      return turned(rgba, size, region, effect.amount);
    case "hue": {
      const matrix = hueMatrix(effect.amount);
      const row = (i: number, r: number, g: number, b: number) => matrix[i]! * r + matrix[i + 1]! * g + matrix[i + 2]! * b;
      return eachPixel(rgba, size, region, (to, at, r, g, b) => put(to, at, row(0, r, g, b), row(3, r, g, b), row(6, r, g, b)));
    }
    case "grey":
      return eachPixel(rgba, size, region, (to, at, r, g, b) => {
        const luma = LUMA[0] * r + LUMA[1] * g + LUMA[2] * b;
        put(to, at, luma, luma, luma);
      });
  }
}

function eachPixel(
  rgba: Uint8ClampedArray,
  size: Size,
  {left, top, width, height}: Region,
  change: (to: Uint8ClampedArray, at: number, r: number, g: number, b: number) => void
): Uint8ClampedArray {
  const found = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = 4 * ((top + row) * size.width + left + column);
      change(found, 4 * (row * width + column), rgba[from]!, rgba[from + 1]!, rgba[from + 2]!);
    }
  }
  return found;
}

function put(to: Uint8ClampedArray, at: number, r: number, g: number, b: number): void {
  to[at] = r;
  to[at + 1] = g;
  to[at + 2] = b;
}

/** The part as seen through a window onto the photo turned around the window's middle; beyond the photo its border goes on. */
function turned(rgba: Uint8ClampedArray, size: Size, {left, top, width, height}: Region, degrees: number): Uint8ClampedArray {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const middle = {x: left + (width - 1) / 2, y: top + (height - 1) / 2};
  const found = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [dx, dy] = [left + column - middle.x, top + row - middle.y];
      const x = Math.min(Math.max(middle.x + cos * dx + sin * dy, 0), size.width - 1);
      const y = Math.min(Math.max(middle.y - sin * dx + cos * dy, 0), size.height - 1);
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      const [x1, y1] = [Math.min(x0 + 1, size.width - 1), Math.min(y0 + 1, size.height - 1)];
      for (let channel = 0; channel < 3; channel++) {
        const at = (px: number, py: number) => rgba[4 * (py * size.width + px) + channel]!;
        const above = at(x0, y0) + (at(x1, y0) - at(x0, y0)) * (x - x0);
        const below = at(x0, y1) + (at(x1, y1) - at(x0, y1)) * (x - x0);
        found[4 * (row * width + column) + channel] = above + (below - above) * (y - y0);
      }
    }
  }
  return found;
}

/** The matrix of a hue turned by degrees that keeps every pixel's brightness, as in the filters of CSS: 3 x 3, row by row. */
function hueMatrix(degrees: number): number[] {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [r, g, b] = [0.213, 0.715, 0.072];
  return [
    ...[r + cos * (1 - r) - sin * r, g - cos * g - sin * g, b - cos * b + sin * (1 - b)],
    ...[r - cos * r + sin * 0.143, g + cos * (1 - g) + sin * 0.14, b - cos * b - sin * 0.283],
    ...[r - cos * r - sin * (1 - r), g - cos * g + sin * g, b + cos * (1 - b) + sin * b]
  ];
}

function bytesOf(colour: string): [number, number, number] {
  const value = parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
