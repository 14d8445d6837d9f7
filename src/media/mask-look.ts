import type {MaskPicture} from "../formats/mask-picture.js";
import {colourLabels} from "../formats/label-colours.js";
import type {Palette} from "../formats/label-colours.js";

/**
 * A mask file in colour as RGBA bytes: ids in the colours of their classes, and where it holds colours these themselves.
 *
 * @param palette 256 colours
 */
export function maskColours({width, height, channels, depth, values}: MaskPicture, palette: Palette): Uint8ClampedArray<ArrayBuffer> {
  const shift = channels > 2 && depth === 16 ? 8 : 0;
  const channel = (index: number) => Uint8Array.from({length: width * height}, (_, i) => values[i * channels + index]! >> shift);
  if (channels <= 2) return colourLabels({width, height, labels: channel(0)}, palette);
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const index of [0, 1, 2]) channel(index).forEach((value, i) => (rgba[4 * i + index] = value));
  return rgba;
}

/** What a pixel of a mask file holds, as it stands there: "15", or "192, 128, 128" where it holds colours. */
export function rawValue({width, channels, values}: MaskPicture, x: number, y: number): string {
  const at = (y * width + x) * channels;
  return channels <= 2 ? String(values[at]) : Array.from(values.subarray(at, at + 3)).join(", ");
}
