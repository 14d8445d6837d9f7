import {PALETTE_SIZE, colourLabels} from "./label-colours.js";
import type {LabelImage, Palette} from "./label-colours.js";

/**
 * How a mask lies over its photo, wherever one is drawn: on canvases, by shaders, in files. What it covers stays to be seen: the mask is
 * thin, its colours are none that darken, and an outline says where it ends.
 */

/** Share of the mask over the photo where nobody asks for another one, 0-1. */
export const OVERLAY_OPACITY = 0.4;

/** Pixels of a label map's long side for each pixel that its outline is wide. */
const PER_PIXEL = 320;
/** A class that is black has no hue to keep. */
const GREY: Palette[number] = [128, 128, 128];

/** How opaque the outline of a mask is, 0-1: wholly where the mask is as opaque as usual. */
export function outlineOpacity(opacity: number): number {
  return Math.min(1, opacity / OVERLAY_OPACITY);
}

/** The colours of classes over a photo: of the same hue and saturation, half-way to the brightest. VOC's are as dark as [64, 0, 0]. */
export function overlayPalette(palette: Palette): Palette {
  return palette.map((colour) => {
    const value = Math.max(...colour);
    const brighter = (channel: number) => Math.round((channel * (value + 255)) / 2 / value);
    return value === 0 ? GREY : [brighter(colour[0]), brighter(colour[1]), brighter(colour[2])];
  });
}

/** How many pixels away, along rows and columns and along diagonals, another class makes a pixel of a label map one of the outline. */
export function outlineReach({width, height}: Pick<LabelImage, "width" | "height">): {straight: number; diagonal: number} {
  const straight = Math.max(1, Math.round(Math.max(width, height) / PER_PIXEL));
  return {straight, diagonal: Math.max(1, Math.round(straight * Math.SQRT1_2))};
}

/**
 * The outlines of a label map's regions, which lie inside of them: 1 where one is. Where the picture ends is none.
 *
 * @param hidden ids that have none
 */
export function outlineOf(image: LabelImage, hidden: ReadonlySet<number>): Uint8Array {
  const {width, height, labels} = image;
  const {straight, diagonal} = outlineReach(image);
  const isHidden = Uint8Array.from({length: PALETTE_SIZE}, (_, id) => Number(hidden.has(id)));
  const outline = new Uint8Array(labels.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const [top, upper] = [Math.max(y - straight, 0) * width, Math.max(y - diagonal, 0) * width];
    const [bottom, lower] = [Math.min(y + straight, height - 1) * width, Math.min(y + diagonal, height - 1) * width];
    for (let x = 0; x < width; x++) {
      const id = labels[row + x]!;
      if (isHidden[id]) continue;
      const [left, right] = [Math.max(x - diagonal, 0), Math.min(x + diagonal, width - 1)];
      const isInside =
        labels[row + Math.max(x - straight, 0)] === id &&
        labels[row + Math.min(x + straight, width - 1)] === id &&
        labels[top + x] === id &&
        labels[bottom + x] === id &&
        labels[upper + left] === id &&
        labels[upper + right] === id &&
        labels[lower + left] === id &&
        labels[lower + right] === id;
      if (!isInside) outline[row + x] = 1;
    }
  }
  return outline;
}

/**
 * The outlines of a label map's regions in the classes' colours over a photo, as RGBA bytes; transparent elsewhere.
 *
 * @param colours of the label map, as `colourLabels` gives them for `overlayPalette`
 */
export function outlineColours(
  image: LabelImage,
  colours: Uint8ClampedArray<ArrayBuffer>,
  hidden: ReadonlySet<number>
): Uint8ClampedArray<ArrayBuffer> {
  const outline = outlineOf(image, hidden);
  const pixels = new Uint32Array(colours.slice().buffer);
  for (let i = 0; i < pixels.length; i++) if (!outline[i]) pixels[i] = 0;
  return new Uint8ClampedArray(pixels.buffer);
}

/** A mask that lies over a photo as usual in one picture, as RGBA bytes. @param hidden ids that are left transparent */
export function overlayColours(image: LabelImage, palette: Palette, hidden: ReadonlySet<number>): Uint8ClampedArray<ArrayBuffer> {
  const pixels = colourLabels(image, overlayPalette(palette), hidden);
  const outline = outlineOf(image, hidden);
  for (let i = 0; i < outline.length; i++) if (pixels[4 * i + 3]! > 0 && !outline[i]) pixels[4 * i + 3] = Math.round(255 * OVERLAY_OPACITY);
  return pixels;
}
