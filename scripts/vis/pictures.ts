import {encode} from "fast-png";
import {vocPalette} from "../../data/labels/voc.js";
import type {LabelledPhoto} from "../../src/datasets/dataset.js";
import type {OpenedPhoto} from "../../src/evaluate/measure-photo.js";
import {colourLabels} from "../../src/formats/label-colours.js";
import {colourPng} from "../../src/formats/mask.js";
import type {Palette} from "../../src/formats/label-colours.js";

/** How much of the photo is seen under the prediction, 0-1. */
const PHOTO_SHARE = 0.4;

/** A name for the pictures of each photo: its own, with a number where others have it before. */
export function pictureNames(items: readonly LabelledPhoto[]): ReadonlyMap<LabelledPhoto, string> {
  const taken = new Map<string, number>();
  return new Map(
    items.map((item) => {
      const before = taken.get(item.id) ?? 0;
      taken.set(item.id, before + 1);
      return [item, before === 0 ? item.id : `${item.id}-${before + 1}`];
    })
  );
}

/**
 * A photo, its truth and a prediction in the colours of the classes, and that over the photo, as PNG files of its size.
 *
 * @param labels the prediction, an id a pixel
 * @param classColours of the classes; what is ignored is drawn as VOC draws it
 */
export function picturesOf({pixels, truth}: OpenedPhoto, labels: Uint8Array, classColours: Palette): ReadonlyMap<string, Uint8Array> {
  const {width, height, channels, values} = pixels;
  const palette = vocPalette(256).map((colour, id) => classColours[id] ?? colour);
  const predicted = colourLabels({width, height, labels}, palette);
  const at = (share: number) =>
    Uint8Array.from({length: width * height * 3}, (_, i) => {
      const [pixel, channel] = [Math.floor(i / 3), i % 3];
      return share * values[pixel * channels + channel]! + (1 - share) * predicted[pixel * 4 + channel]!;
    });
  const png = (data: Uint8Array) => encode({width, height, channels: 3, depth: 8, data});
  return new Map([
    ["image", png(at(1))],
    ["truth", colourPng({width, height, labels: truth.ids}, palette)],
    ["prediction", colourPng({width, height, labels}, palette)],
    ["overlay", png(at(PHOTO_SHARE))]
  ]);
}
