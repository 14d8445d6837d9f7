import {percent} from "../../components/classes/class-legend.js";
import type {ComparedPicture} from "../../components/results/photo-comparison.js";
import {classPlaces} from "../../engine/labels/class-places.js";
import {confusionMatrix, countPixels, metrics} from "../../engine/labels/metrics.js";
import type {Photo} from "../../engine/photo.js";
import {reducedSize} from "../../media/decode.js";
import {differenceColours} from "../../media/difference-look.js";
import {maskColours} from "../../media/mask-look.js";
import {maskCanvas} from "../../media/drawn-mask.js";
import {rgbaCanvas} from "../../media/rgba-canvas.js";
import type {SeenPhoto} from "../../worker/dataset-messages.js";
import type {ComparedPhoto} from "../../worker/measure-messages.js";
import {maskInWords} from "../mask-in-words.js";
import {regionNames} from "../region-names.js";

/** What masks are drawn and told with. */
export interface MaskClasses {
  /** By id; there may be more colours than names. */
  readonly classes: readonly string[];
  readonly palette: readonly (readonly [number, number, number])[];
}

/** Pixels of the long side of a picture as it is drawn. */
const SIDE = 560;

/** A labelled photo, its truth, what a network says of it, and where they differ. */
export function comparedPictures({photo, truth, labels}: ComparedPhoto, look: MaskClasses): ComparedPicture[] {
  const {palette} = look;
  return [
    ...cropPictures({photo, truth}, look),
    maskPicture("Prediction", {...sizeOf(photo), labels}, look),
    {
      ...picture("Difference", rgbaCanvas(differenceColours(photo, truth, labels, palette), photo), false),
      words: wrongInWords(truth, labels, palette.length)
    }
  ];
}

/** A photo of a data set and its mask as it is. */
export function labelledPictures({photo, mask}: SeenPhoto, look: MaskClasses): ComparedPicture[] {
  const {width, height, channels, values} = mask;
  // What holds colours has no classes yet.
  const truth = channels > 1 ? picture("Truth", rgbaCanvas(maskColours(mask, look.palette), mask), false) : null;
  return [pictureOf(photo), truth ?? maskPicture("Truth", {width, height, labels: Uint8Array.from(values)}, look)];
}

/** A crop that is learnt from, and its labels. */
export function cropPictures({photo, truth}: Pick<ComparedPhoto, "photo" | "truth">, look: MaskClasses): ComparedPicture[] {
  return [pictureOf(photo), maskPicture("Truth", {...sizeOf(photo), labels: truth}, look)];
}

/** A mask in colour, with its classes in words and the names of its regions. */
function maskPicture(title: string, mask: Parameters<typeof maskCanvas>[0], {classes, palette}: MaskClasses): ComparedPicture {
  return {
    ...picture(title, maskCanvas(mask, palette), false),
    words: maskInWords(classPlaces(mask, classes.length), classes),
    names: () => regionNames(mask, classes)
  };
}

/** How much of it is wrong, as the difference shows it. */
function wrongInWords(truth: Uint8Array, labels: Uint8Array, classes: number): string {
  const matrix = confusionMatrix(classes);
  countPixels(matrix, truth, labels);
  const {pixelAccuracy} = metrics(matrix);
  return pixelAccuracy === null ? "no pixel is labelled" : `${percent(1 - pixelAccuracy)} of the labelled pixels are of another class`;
}

function sizeOf({width, height}: Photo): {readonly width: number; readonly height: number} {
  return {width, height};
}

function pictureOf(photo: Photo): ComparedPicture {
  return picture("Photo", rgbaCanvas(photo.rgba as Uint8ClampedArray<ArrayBuffer>, photo), true);
}

function picture(title: string, canvas: HTMLCanvasElement, smooth: boolean): ComparedPicture {
  const size = reducedSize(canvas.width, canvas.height, SIDE);
  const paint = (context: CanvasRenderingContext2D) => {
    context.imageSmoothingEnabled = smooth;
    context.drawImage(canvas, 0, 0, size.width, size.height);
  };
  return {title, ...size, smooth, paint};
}
