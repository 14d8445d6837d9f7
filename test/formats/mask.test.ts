import {decode} from "fast-png";
import {expect, it} from "vitest";
import {vocPalette} from "../../src/data/labels/voc.js";
import {colourLabels} from "../../src/formats/label-colours.js";
import {colourPng, palettePng} from "../../src/formats/mask.js";

const image = {width: 3, height: 2, labels: Uint8Array.from([0, 15, 20, 255, 1, 15])};
const palette = vocPalette(21);

it("palettePng holds class ids as pixel values, and the VOC colours as palette", () => {
  const {data, depth, channels, width, height, palette: colours} = decode(palettePng(image, palette));
  expect({depth, channels, width, height}).toEqual({depth: 8, channels: 1, width: 3, height: 2});
  expect([...data]).toEqual([...image.labels]);
  expect(colours).toHaveLength(256);
  expect(colours![15]!.slice(0, 3)).toEqual([192, 128, 128]);
  expect(colours![1]!.slice(0, 3)).toEqual([128, 0, 0]);
});

it("colourPng is opaque and shows each class in its colour", () => {
  const {data, channels} = decode(colourPng({width: 2, height: 1, labels: Uint8Array.from([15, 8])}, palette));
  expect(channels).toBe(3);
  expect([...data]).toEqual([192, 128, 128, 64, 0, 0]);
});

it("colourLabels leaves hidden classes and unknown ids transparent", () => {
  const pixels = colourLabels(image, palette, new Set([15]));
  const alphas = Array.from({length: 6}, (_, i) => pixels[4 * i + 3]);
  expect(alphas).toEqual([255, 0, 255, 0, 255, 0]);
  expect([...pixels.slice(8, 11)]).toEqual(palette[20]);
});
