import * as tf from "@tensorflow/tfjs-core";
import type {Photo} from "../../engine/photo.js";
import {augmented} from "../../train/augment.js";
import {drawnFor} from "../../train/learn-from.js";
import type {TrainingCrop} from "../training-crops.js";
import type {TrainingSettings} from "../training-messages.js";
import type {NamedPhotos} from "./photos.js";

/** The crops that a step learns from, as pictures. @throws as photos are read */
export async function cropsOf(photos: NamedPhotos, settings: TrainingSettings, step: number): Promise<TrainingCrop[]> {
  const {crop} = settings;
  const crops: TrainingCrop[] = [];
  for (const {index, augmentation} of drawnFor(settings, photos.count, step)) {
    const {photo, mask} = await photos.read(index);
    const {input, labels} = augmented(photo, mask, augmentation, {height: crop, width: crop});
    try {
      const [values, ids] = await Promise.all([input.data(), labels.data()]);
      crops.push({id: photos.ids[index]!, photo: pictureOf(values, crop), truth: Uint8Array.from(ids), augmentation});
    } finally {
      tf.dispose([input, labels]);
    }
  }
  return crops;
}

/** @param values red, green and blue in [-1, 1], as the network gets them */
function pictureOf(values: ArrayLike<number>, side: number): Photo {
  const rgba = new Uint8ClampedArray(4 * side * side).fill(255);
  for (let from = 0, to = 0; to < rgba.length; from += 3, to += 4) {
    for (let channel = 0; channel < 3; channel++) rgba[to + channel] = Math.round(127.5 * (values[from + channel]! + 1));
  }
  return {width: side, height: side, rgba};
}
