/** What the tests of live pictures show to the renderers, and how they read what is drawn. */
import {expect} from "vitest";
import type {Covered} from "../../src/engine/labels/postprocess.js";
import {seededValues} from "../../src/engine/seeded.js";
import type {Labelling, Look} from "../../src/media/live/look.js";
import {largestDifference} from "./difference.js";
import type {Labelled, Pixels} from "./pages/live-drawing.js";

export const CLASSES = 21;
export const WIDTH = 128;
export const HEIGHT = 96;
/** Columns and rows of the grid of logits. */
export const COLUMNS = 9;
export const ROWS = 7;
export const WHOLE: Covered = {width: 1, height: 1};
export const PLAIN: Labelling = {smoothing: false, edges: false};

/** A colour of its own for each id; red tells which. */
export const PALETTE = Array.from({length: CLASSES}, (_, id) => [id * 12, 255 - id * 7, (id * 53) % 256] as const);
export const OPTIONS = {palette: PALETTE, detail: 1280};
export const PERSON = 15;
export const CAT = 8;

export const LOOK: Look = {view: "mask", opacity: 1, mirror: false, hidden: [], subject: [PERSON], backdrop: [0, 0, 0], names: false};

export type Colour = readonly number[];

export function pixels(
  width: number,
  height: number,
  colour: (x: number, y: number) => Colour,
  alpha: (x: number) => number = () => 255
): Pixels {
  const rgba = Array.from({length: width * height}, (_, i) => [...colour(i % width, Math.floor(i / width)), alpha(i % width)]).flat();
  return {width, height, rgba: Buffer.from(rgba).toString("base64")};
}

/** A frame of random colours. */
export function noise(
  seed: number,
  change: (colour: [number, number, number], x: number) => Colour = (colour) => colour,
  width = WIDTH,
  height = HEIGHT
): Pixels {
  const values = seededValues(seed, width * height * 3).map((value) => Math.floor((value + 1) * 127.99));
  return pixels(width, height, (x, y) =>
    change([...values.slice(3 * (y * width + x), 3 * (y * width + x) + 3)] as [number, number, number], x)
  );
}

/** A frame of slow and fast waves, which is much the same from time to time. */
export function waves(time: number): Pixels {
  return pixels(WIDTH, HEIGHT, (x, y) => [x / 9 + time / 9, y / 5, (x + y) / 23].map((phase) => Math.round(127 + 120 * Math.sin(phase))));
}

export function randomLogits(seed: number): Float32Array {
  return seededValues(seed, ROWS * COLUMNS * CLASSES).map((value) => 8 * value);
}

/** Surely a cat before a column of cells, and as surely a person from it on. */
export function halves(column: number): Float32Array {
  return Float32Array.from({length: ROWS * COLUMNS * CLASSES}, (_, i) => {
    const id = i % CLASSES;
    return id === (Math.floor(i / CLASSES) % COLUMNS < column ? CAT : PERSON) ? 9 : 0;
  });
}

export function label(
  values: Float32Array,
  {covered = WHOLE, labelling = PLAIN, milliseconds = 30}: {covered?: Covered; labelling?: Labelling; milliseconds?: number} = {}
): {label: Labelled} {
  return {label: {values: [...values], grid: {height: ROWS, width: COLUMNS, classes: CLASSES, covered}, labelling, milliseconds}};
}

/** The ids that a mask shows, by their colour. */
export function idsOf(picture: Pixels): number[] {
  const bytes = bytesOf(picture);
  return Array.from({length: bytes.length / 4}, (_, i) => bytes[4 * i]! / 12);
}

export function at(picture: Pixels, x: number, y: number): Colour {
  const start = 4 * (y * picture.width + x);
  return [...bytesOf(picture).subarray(start, start + 3)];
}

/** R, G, B, A of each pixel. */
export function bytesOf({rgba}: Pixels): Buffer {
  return Buffer.from(rgba, "base64");
}

export function mix(from: Colour, to: Colour, share: number): Colour {
  return from.map((value, channel) => value + (to[channel]! - value) * share);
}

/** Two levels for what rounding does on the way through textures of eight bits. */
export function expectColour(found: Colour, wanted: Colour): void {
  expect(largestDifference(found, wanted), `${found} instead of ${wanted}`).toBeLessThanOrEqual(2);
}

export function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
