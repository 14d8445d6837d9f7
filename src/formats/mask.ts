import {encode} from "fast-png";

/** One `[r, g, b]` (0-255) a class. */
export type Palette = readonly (readonly [number, number, number])[];

export interface LabelImage {
  readonly width: number;
  readonly height: number;
  /** One class id a pixel. */
  readonly labels: Uint8Array;
}

/** Entries of an 8-bit palette. */
const PALETTE_SIZE = 256;

/**
 * Colours of a label map as RGBA bytes.
 *
 * @param hidden ids that are left transparent
 */
export function colourLabels(
  {labels}: LabelImage,
  palette: Palette,
  hidden: ReadonlySet<number> = new Set()
): Uint8ClampedArray<ArrayBuffer> {
  const lookup = new Uint32Array(PALETTE_SIZE);
  palette.forEach(([r, g, b], id) => {
    // Little-endian, as every platform with a browser is.
    if (!hidden.has(id)) lookup[id] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
  const pixels = new Uint32Array(labels.length);
  for (let i = 0; i < labels.length; i++) pixels[i] = lookup[labels[i]!]!;
  return new Uint8ClampedArray(pixels.buffer);
}

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
export function classPng({width, height, labels}: LabelImage, id: number): Uint8Array {
  return encode({width, height, data: labels.map((label) => (label === id ? 255 : 0)), depth: 8, channels: 1});
}
