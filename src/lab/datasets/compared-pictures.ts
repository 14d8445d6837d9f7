import type {ComparedPicture} from "../../components/results/photo-comparison.js";
import {reducedSize} from "../../media/decode.js";
import {differenceColours} from "../../media/difference-look.js";
import {maskCanvas} from "../../media/picture.js";
import {rgbaCanvas} from "../../media/rgba-canvas.js";
import type {ComparedPhoto} from "../../worker/measure-messages.js";

/** Pixels of the long side of a picture as it is drawn. */
const SIDE = 560;

/** A labelled photo, its truth, what a network says of it, and where they differ. */
export function comparedPictures(
  {photo, truth, labels}: ComparedPhoto,
  palette: readonly (readonly [number, number, number])[]
): ComparedPicture[] {
  const {width, height} = photo;
  const size = reducedSize(width, height, SIDE);
  const picture = (title: string, canvas: HTMLCanvasElement, smooth: boolean): ComparedPicture => {
    const paint = (context: CanvasRenderingContext2D) => {
      context.imageSmoothingEnabled = smooth;
      context.drawImage(canvas, 0, 0, size.width, size.height);
    };
    return {title, ...size, smooth, paint};
  };
  const mask = (ids: Uint8Array) => maskCanvas({width, height, labels: ids}, palette);
  return [
    picture("Photo", rgbaCanvas(photo.rgba as Uint8ClampedArray<ArrayBuffer>, photo), true),
    picture("Truth", mask(truth), false),
    picture("Prediction", mask(labels), false),
    picture("Difference", rgbaCanvas(differenceColours(photo, truth, labels, palette), photo), false)
  ];
}
