import * as tf from "@tensorflow/tfjs-core";
import type {Pixels} from "../engine/photo-input.js";
import {pixelsToTensor} from "../engine/preprocess.js";
import {IGNORE} from "../formats/mask-picture.js";
import type {Mask} from "../formats/mask-picture.js";

/** From which ranges an augmentation is drawn. */
export interface AugmentationRanges {
  /** Factor on the photo's size, evenly spread. */
  readonly scale: readonly [smallest: number, largest: number];
  /** Whether half of the crops are mirrored. */
  readonly flip: boolean;
  /** How far brightness, contrast and saturation go from 0 and from 1, each way. */
  readonly colour: number;
}

/** The release's: scale 0.5 to 2 and mirroring (DeepLab v3, section 4.1); it changes no colours. */
export const RELEASED_RANGES: AugmentationRanges = {scale: [0.5, 2], flip: true, colour: 0};
export const NO_AUGMENTATION: AugmentationRanges = {scale: [1, 1], flip: false, colour: 0};

/** What becomes of one photo. */
export interface Augmentation {
  readonly scale: number;
  readonly flip: boolean;
  /** Where the crop lies in what the scaled photo has more than it: 0 at the top or left, 1 at the other end. */
  readonly down: number;
  readonly right: number;
  /** Added, in units of the whole range of a channel. */
  readonly brightness: number;
  /** Factor on the distance from mid grey. */
  readonly contrast: number;
  /** Factor on the distance from the pixel's own grey. */
  readonly saturation: number;
}

/** Draws an augmentation, by seven numbers whatever the ranges. @param next numbers in [0, 1) */
export function drawAugmentation({scale, flip, colour}: AugmentationRanges, next: () => number): Augmentation {
  const around = () => colour * (2 * next() - 1);
  return {
    scale: scale[0] + next() * (scale[1] - scale[0]),
    flip: next() < 0.5 && flip,
    down: next(),
    right: next(),
    brightness: around(),
    contrast: 1 + around(),
    saturation: 1 + around()
  };
}

const MID_GREY = 127.5;

/**
 * A crop of a photo and its labels as the network learns from them: the photo scaled bilinearly with corners aligned, the labels by their
 * nearest; what the photo does not reach is mid grey, and counts nothing.
 *
 * @param size of the crop in pixels, from 2 up
 * @returns [1, height, width, 3] in [-1, 1] and [1, height, width] class ids; the caller disposes both
 * @throws RangeError where photo and mask are not of one size
 */
export function augmented(
  photo: Pixels,
  mask: Mask,
  augmentation: Augmentation,
  size: {readonly height: number; readonly width: number}
): {readonly input: tf.Tensor4D; readonly labels: tf.Tensor3D} {
  if (photo.height !== mask.height || photo.width !== mask.width) {
    throw new RangeError(`The photo has ${photo.width} × ${photo.height} pixels and its mask ${mask.width} × ${mask.height}.`);
  }
  const {scale, flip, down, right} = augmentation;
  const [top, bottom] = sideOfBox(photo.height, size.height, scale, down);
  const [left, end] = sideOfBox(photo.width, size.width, scale, right);
  const box = flip ? [top, end, bottom, left] : [top, left, bottom, end];
  const crop = (image: tf.Tensor4D, method: "bilinear" | "nearest", outside: number) =>
    tf.image.cropAndResize(image, tf.tensor2d(box, [1, 4]), tf.tensor1d([0], "int32"), [size.height, size.width], method, outside);
  return tf.tidy(() => {
    const {height, width, channels, values} = photo;
    const pixels = tf.slice(pixelsToTensor(values, height, width, channels), [0, 0, 0, 0], [1, height, width, 3]);
    const coloured = recoloured(pixels, augmentation);
    const ids = tf.tensor4d(mask.ids, [1, height, width, 1], "float32");
    return {
      input: tf.sub(tf.mul(crop(coloured, "bilinear", MID_GREY), 1 / MID_GREY), 1),
      labels: tf.squeeze(crop(ids, "nearest", IGNORE), [3])
    } as unknown as tf.TensorContainerObject;
  }) as unknown as {input: tf.Tensor4D; labels: tf.Tensor3D};
}

/** Rounding must not put the last cell outside of the photo. */
const INSIDE = 1 - 1e-6;

/** First and last cell of a crop along a side, in units of the distance from the photo's first cell to its last. */
function sideOfBox(side: number, crop: number, scale: number, share: number): [first: number, last: number] {
  const scaled = Math.max(2, Math.round(side * scale));
  const offset = Math.floor(share * (Math.max(0, scaled - crop) + 1));
  return [(INSIDE * offset) / (scaled - 1), (INSIDE * (offset + crop - 1)) / (scaled - 1)];
}

function recoloured(pixels: tf.Tensor4D, {brightness, contrast, saturation}: Augmentation): tf.Tensor4D {
  if (brightness === 0 && contrast === 1 && saturation === 1) return pixels;
  const grey = tf.mean(pixels, 3, true);
  const saturated = tf.add(grey, tf.mul(tf.sub(pixels, grey), saturation));
  const changed = tf.add(tf.mul(tf.sub(saturated, MID_GREY), contrast), MID_GREY * (1 + 2 * brightness));
  return tf.clipByValue(changed, 0, 2 * MID_GREY) as tf.Tensor4D;
}
