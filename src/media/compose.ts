import {drawOver} from "./drawn-mask.js";
import type {DrawnMask} from "./drawn-mask.js";

export const VIEWS = ["overlay", "side-by-side", "mask", "compare"] as const;
export type View = (typeof VIEWS)[number];

export interface Composition {
  readonly photo: CanvasImageSource;
  readonly mask: DrawnMask;
  readonly width: number;
  readonly height: number;
  readonly view: View;
  /** Share of the mask in the overlay, 0-1. */
  readonly opacity: number;
  /** Where the compare view changes from photo to mask, 0-1 of the width. */
  readonly split: number;
}

/** Width of the line between the halves of the compare view, in pixels of the picture. */
const SPLIT_LINE = 2;

/** Size in pixels of a view of a photo. */
export function viewSize({width, height, view}: Pick<Composition, "width" | "height" | "view">): {width: number; height: number} {
  return {width: view === "side-by-side" ? 2 * width : width, height};
}

/** Draws photo and mask as a view shows them, onto a canvas of the view's size. */
export function compose(context: CanvasRenderingContext2D, {photo, mask, width, height, view, opacity, split}: Composition): void {
  const draw = (source: CanvasImageSource, left = 0) => context.drawImage(source, left, 0, width, height);
  const size = viewSize({width, height, view});
  context.clearRect(0, 0, size.width, size.height);
  switch (view) {
    case "overlay":
      draw(photo);
      drawOver(context, mask, opacity);
      break;
    case "side-by-side":
      draw(photo);
      draw(mask.plain, width);
      break;
    case "mask":
      draw(mask.plain);
      break;
    case "compare": {
      const edge = Math.round(split * width);
      draw(photo);
      context.save();
      context.beginPath();
      context.rect(edge, 0, width - edge, height);
      context.clip();
      // Opaque under the mask, so that a hidden class shows as nothing and not as the photo.
      context.clearRect(edge, 0, width - edge, height);
      draw(mask.plain);
      context.restore();
      context.fillStyle = "white";
      context.fillRect(edge - SPLIT_LINE / 2, 0, SPLIT_LINE, height);
    }
  }
}

/** The point of the photo under a point of a view, both 0-1 of width and height; side by side shows the photo twice. */
export function pointOnPhoto({x, y}: {readonly x: number; readonly y: number}, view: View): {x: number; y: number} {
  return {x: view === "side-by-side" ? (x * 2) % 1 : x, y};
}

/** The inverse, in the left half of a view that shows the photo twice. */
export function pointInView({x, y}: {readonly x: number; readonly y: number}, view: View): {x: number; y: number} {
  return {x: view === "side-by-side" ? x / 2 : x, y};
}

/** The pixel under a point, 0-1 of a picture's width and height. */
export function pixelAt({width, height}: Pick<Composition, "width" | "height">, x: number, y: number): {x: number; y: number} {
  const clamp = (value: number, size: number) => Math.min(Math.max(Math.floor(value * size), 0), size - 1);
  return {x: clamp(x, width), y: clamp(y, height)};
}
