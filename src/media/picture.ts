import type {Photo} from "../engine/photo.js";
import {compose} from "./compose.js";
import type {DecodedPhoto} from "./decode.js";
import {colourLabels} from "../formats/label-colours.js";
import type {LabelImage, Palette} from "../formats/label-colours.js";
import {rgbaCanvas} from "./rgba-canvas.js";

/** A label map in colour, for drawing. @param hidden ids that are left transparent */
export function maskCanvas(image: LabelImage, palette: Palette, hidden: ReadonlySet<number> = new Set()): HTMLCanvasElement {
  return rgbaCanvas(colourLabels(image, palette, hidden), image);
}

/** Makes masks for drawing: `maskCanvas`, or one that remembers. */
export type MaskMaker = typeof maskCanvas;

/** A mask maker that gives the mask it made last where it is asked for the same again. Nobody draws on it. */
export function keptMask(): MaskMaker {
  let kept: {readonly labels: Uint8Array; readonly palette: Palette; readonly hidden: string; readonly canvas: HTMLCanvasElement} | null =
    null;
  return (image, palette, ids = new Set()) => {
    const {labels} = image;
    const hidden = [...ids].sort().join();
    if (kept?.labels !== labels || kept.palette !== palette || kept.hidden !== hidden) {
      kept = {labels, palette, hidden, canvas: maskCanvas(image, palette, ids)};
    }
    return kept.canvas;
  };
}

/** Paints a photo with its mask over it. */
export function paintOverlay(
  photo: CanvasImageSource,
  mask: HTMLCanvasElement,
  opacity: number
): (context: CanvasRenderingContext2D) => void {
  const {width, height} = mask;
  return (context) => compose(context, {photo, mask, width, height, view: "overlay", opacity, split: 0});
}

/** Paints a square of a picture, enlarged so that its pixels can be counted. */
export function paintDetail(
  paint: (context: CanvasRenderingContext2D) => void,
  {left, top}: {left: number; top: number}
): (context: CanvasRenderingContext2D) => void {
  return (context) => {
    context.save();
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.translate(-left, -top);
    paint(context);
    context.restore();
  };
}

/** The middle of a photo, as large as fits, at another size: what stands in for a photo of that size. */
export function covering(
  photo: DecodedPhoto,
  {width, height}: {readonly width: number; readonly height: number}
): Photo & Pick<DecodedPhoto, "canvas"> {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", {willReadFrequently: true})!;
  const scale = Math.max(width / photo.width, height / photo.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(
    photo.canvas,
    (width - photo.width * scale) / 2,
    (height - photo.height * scale) / 2,
    photo.width * scale,
    photo.height * scale
  );
  return {width, height, rgba: context.getImageData(0, 0, width, height).data, canvas};
}
