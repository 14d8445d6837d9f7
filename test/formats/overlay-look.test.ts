import {describe, expect, it} from "vitest";
import {vocPalette} from "../../data/labels/voc.js";
import {colourLabels} from "../../src/formats/label-colours.js";
import {
  OVERLAY_OPACITY,
  outlineColours,
  outlineOf,
  outlineOpacity,
  outlineReach,
  overlayColours,
  overlayPalette
} from "../../src/formats/overlay-look.js";

const NONE: ReadonlySet<number> = new Set();

/** A label map of digits. */
function map(rows: readonly string[]): {width: number; height: number; labels: Uint8Array} {
  return {width: rows[0]!.length, height: rows.length, labels: Uint8Array.from([...rows.join("")], Number)};
}

/** The outline of a map, a character a pixel. */
function drawn(rows: readonly string[], hidden = NONE): string[] {
  const image = map(rows);
  const outline = outlineOf(image, hidden);
  return rows.map((_, y) => Array.from(outline.subarray(y * image.width, (y + 1) * image.width), (is) => (is ? "#" : ".")).join(""));
}

describe("outlineOf", () => {
  it("is what lies inside of a region beside another class, not where the picture ends", () => {
    expect(drawn(["00000000", "00000000", "00111111", "00111111", "00111111", "00111111"])).toEqual([
      "........",
      ".#######",
      ".#######",
      ".##.....",
      ".##.....",
      ".##....."
    ]);
  });
  it("is not drawn of a hidden class, but beside one", () => {
    expect(drawn(["000000", "001110", "001110", "001110", "000000"], new Set([0]))).toEqual([
      "......",
      "..###.",
      "..#.#.",
      "..###.",
      "......"
    ]);
  });
  it("is wider where the picture has more pixels, and rounder along diagonals", () => {
    expect(outlineReach({width: 90, height: 60})).toEqual({straight: 1, diagonal: 1});
    expect(outlineReach({width: 720, height: 1280})).toEqual({straight: 4, diagonal: 3});
    const [width, height] = [1280, 4];
    const labels = Uint8Array.from({length: width * height}, (_, i) => Number(i % width >= 640));
    const outline = outlineOf({width, height, labels}, NONE);
    expect([...outline.subarray(0, width)].flatMap((is, x) => (is ? [x] : []))).toEqual([636, 637, 638, 639, 640, 641, 642, 643]);
  });
});

it("over a photo no class of VOC is as dark as in its palette, and all keep their hue and stay apart", () => {
  const palette = vocPalette(21);
  const over = overlayPalette(palette);
  expect(over[12]).toEqual([96, 0, 192]);
  expect(new Set(over.map(String)).size).toBe(21);
  for (const [id, colour] of over.entries()) {
    expect(Math.max(...colour)).toBeGreaterThanOrEqual(128);
    expect(colour.map((channel) => channel === 0)).toEqual(palette[id]!.map((channel) => channel === 0 && id > 0));
  }
});

it("an outline is opaque where the mask is as usual, and goes with it", () => {
  expect([0, OVERLAY_OPACITY / 2, OVERLAY_OPACITY, 1].map(outlineOpacity)).toEqual([0, 0.5, 1, 1]);
});

it("a mask in one picture is what fill and outline make together over a photo", () => {
  const image = map(["00000", "02222", "02222", "02222"]);
  const palette = vocPalette(3);
  const hidden = new Set([0]);
  const fill = colourLabels(image, overlayPalette(palette), hidden);
  const outline = outlineColours(image, fill, hidden);
  const one = overlayColours(image, palette, hidden);
  const over = (below: number, pixels: Uint8ClampedArray, at: number, channel: number, opacity: number) =>
    below + (pixels[at + channel]! - below) * (pixels[at + 3]! / 255) * opacity;
  for (let at = 0; at < one.length; at += 4) {
    for (const channel of [0, 1, 2]) {
      const two = over(over(200, fill, at, channel, OVERLAY_OPACITY), outline, at, channel, outlineOpacity(OVERLAY_OPACITY));
      expect(over(200, one, at, channel, 1)).toBeCloseTo(two, 5);
    }
  }
  expect(new Set(one.filter((_, i) => i % 4 === 3))).toEqual(new Set([0, 102, 255]));
});
