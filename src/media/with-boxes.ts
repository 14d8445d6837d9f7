import type {DecodedPhoto} from "./decode.js";

/** A part of a picture, in whole pixels. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A photo at another size with boxes painted over it, to the pixel. @param colour of CSS */
export function withBoxesPainted(
  photo: DecodedPhoto,
  {width, height}: {readonly width: number; readonly height: number},
  boxes: readonly Box[],
  colour: string
): DecodedPhoto {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, {width, height});
  const context = canvas.getContext("2d", {willReadFrequently: true})!;
  context.imageSmoothingQuality = "high";
  context.drawImage(photo.canvas, 0, 0, width, height);
  context.fillStyle = colour;
  for (const box of boxes) context.fillRect(box.left, box.top, box.width, box.height);
  return {name: photo.name, width, height, rgba: context.getImageData(0, 0, width, height).data, canvas, notices: photo.notices};
}
