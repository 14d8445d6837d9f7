import {encode} from "fast-png";
import {PALETTE_SIZE, colourLabels} from "./label-colours.js";
import type {LabelImage, Palette} from "./label-colours.js";

/** The label map as a PNG whose pixels are class ids and whose palette is the classes' colours: the VOC format. */
export function palettePng({width, height, labels}: LabelImage, palette: Palette): Uint8Array {
  const entries = Array.from({length: PALETTE_SIZE}, (_, id) => [...(palette[id] ?? [id, id, id])]);
  return encode({width, height, data: labels, depth: 8, channels: 1, palette: entries});
}

/** The label map as an opaque colour PNG. */
export function colourPng(image: LabelImage, palette: Palette): Uint8Array {
  const {width, height} = image;
  const rgba = colourLabels(image, palette);
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!;
    rgb[to + 1] = rgba[from + 1]!;
    rgb[to + 2] = rgba[from + 2]!;
  }
  return encode({width, height, data: rgb, depth: 8, channels: 3});
}

/** Where one class is, as a grey PNG: white, all else black. */
export function classPng(image: LabelImage, id: number): Uint8Array {
  return greyPng(
    image,
    image.labels.map((label) => (label === id ? 255 : 0))
  );
}

/** A grey PNG. @param data 0 (black) to 255, row by row */
export function greyPng({width, height}: {readonly width: number; readonly height: number}, data: Uint8Array): Uint8Array {
  return encode({width, height, data, depth: 8, channels: 1});
}
