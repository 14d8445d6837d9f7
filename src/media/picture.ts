import type {Photo} from "../engine/photo.js";
import {compose} from "./compose.js";
import type {DecodedPhoto} from "./decode.js";
import type {DrawnMask} from "./drawn-mask.js";

/** Paints a photo with its mask over it. */
export function paintOverlay(photo: CanvasImageSource, mask: DrawnMask, opacity: number): (context: CanvasRenderingContext2D) => void {
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
