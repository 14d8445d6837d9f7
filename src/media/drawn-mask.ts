import {colourLabels} from "../formats/label-colours.js";
import type {LabelImage, Palette} from "../formats/label-colours.js";
import {outlineColours, outlineOpacity, overlayPalette} from "../formats/overlay-look.js";
import {rgbaCanvas} from "./rgba-canvas.js";

/** A label map in colour, for drawing. @param hidden ids that are left transparent */
export function maskCanvas(image: LabelImage, palette: Palette, hidden: ReadonlySet<number> = new Set()): HTMLCanvasElement {
  return rgbaCanvas(colourLabels(image, palette, hidden), image);
}

/** A label map for drawing, as each view needs it; made when it is first drawn. */
export interface DrawnMask {
  readonly width: number;
  readonly height: number;
  /** As a picture of its own: in the colours of the classes. */
  readonly plain: HTMLCanvasElement;
  /** What lies over a photo, and its outlines (`overlay-look.ts`). */
  readonly fill: HTMLCanvasElement;
  readonly outline: HTMLCanvasElement;
}

/** A label map, to be drawn alone or over its photo. @param hidden ids that are left transparent */
export function drawnMask(image: LabelImage, palette: Palette, hidden: ReadonlySet<number>): DrawnMask {
  const made: {plain?: HTMLCanvasElement; over?: Pick<DrawnMask, "fill" | "outline">} = {};
  const over = () => {
    const colours = colourLabels(image, overlayPalette(palette), hidden);
    return {fill: rgbaCanvas(colours, image), outline: rgbaCanvas(outlineColours(image, colours, hidden), image)};
  };
  return {
    width: image.width,
    height: image.height,
    get plain() {
      return (made.plain ??= maskCanvas(image, palette, hidden));
    },
    get fill() {
      return (made.over ??= over()).fill;
    },
    get outline() {
      return (made.over ??= over()).outline;
    }
  };
}

/** Makes masks for drawing: `drawnMask`, or one that remembers. */
export type MaskMaker = typeof drawnMask;

/** A mask maker that gives the mask it made last where it is asked for the same again. Nobody draws on it. */
export function keptMask(): MaskMaker {
  let kept: {readonly labels: Uint8Array; readonly palette: Palette; readonly hidden: string; readonly mask: DrawnMask} | null = null;
  return (image, palette, ids) => {
    const {labels} = image;
    const hidden = [...ids].sort().join();
    if (kept?.labels !== labels || kept.palette !== palette || kept.hidden !== hidden) {
      kept = {labels, palette, hidden, mask: drawnMask(image, palette, ids)};
    }
    return kept.mask;
  };
}

/** Draws a mask over what is there. @param mask and the size that it is to have there @param opacity 0-1 */
export function drawOver(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  {fill, outline, width, height}: Readonly<Record<"fill" | "outline", CanvasImageSource>> & Pick<DrawnMask, "width" | "height">,
  opacity: number
): void {
  context.globalAlpha = opacity;
  context.drawImage(fill, 0, 0, width, height);
  context.globalAlpha = outlineOpacity(opacity);
  context.drawImage(outline, 0, 0, width, height);
  context.globalAlpha = 1;
}
