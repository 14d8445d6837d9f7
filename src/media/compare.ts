import {colourLabels} from "../formats/label-colours.js";
import type {LabelImage, Palette} from "../formats/label-colours.js";
import {drawOver} from "./drawn-mask.js";
import type {DrawnMask} from "./drawn-mask.js";
import {rgbaCanvas} from "./rgba-canvas.js";

/** Width of the line between the two masks, in pixels of the picture. */
const LINE = 2;
/** How much of the photo is left where two masks agree. */
const FAINT = 0.3;

/**
 * Paints a photo with one mask over its left part and another over its right part.
 *
 * @param options.opacity of the masks, 0-1
 * @param options.split where the one ends and the other begins, 0-1 of the width
 */
export function paintSplit({
  photo,
  left,
  right,
  opacity,
  split
}: {
  readonly photo: CanvasImageSource;
  readonly left: DrawnMask;
  readonly right: DrawnMask;
  readonly opacity: number;
  readonly split: number;
}): (context: CanvasRenderingContext2D) => void {
  return (context) => {
    const {width, height} = left;
    const edge = Math.round(split * width);
    context.clearRect(0, 0, width, height);
    context.drawImage(photo, 0, 0, width, height);
    const part = (mask: DrawnMask, from: number, to: number) => {
      context.save();
      context.beginPath();
      context.rect(from, 0, to - from, height);
      context.clip();
      drawOver(context, mask, opacity);
      context.restore();
    };
    part(left, 0, edge);
    part(right, edge, width);
    context.fillStyle = "white";
    context.fillRect(edge - LINE / 2, 0, LINE, height);
  };
}

/** The label map in colour where `changed` is 1, transparent elsewhere. */
export function changesCanvas(image: LabelImage, palette: Palette, changed: Uint8Array): HTMLCanvasElement {
  const pixels = colourLabels(image, palette);
  changed.forEach((is, pixel) => {
    if (!is) pixels[4 * pixel + 3] = 0;
  });
  return rgbaCanvas(pixels, image);
}

/** Paints a photo faintly, on white, and what changed in full colour. */
export function paintChanges(photo: CanvasImageSource, changes: HTMLCanvasElement): (context: CanvasRenderingContext2D) => void {
  return (context) => {
    const {width, height} = changes;
    context.fillStyle = "white";
    context.fillRect(0, 0, width, height);
    context.globalAlpha = FAINT;
    context.drawImage(photo, 0, 0, width, height);
    context.globalAlpha = 1;
    context.drawImage(changes, 0, 0);
  };
}
