/** What the worker says of the crops that a step learns from. Plain data only. */
import type {Labels} from "../data/labels/index.js";
import type {Photo} from "../engine/photo.js";
import type {Augmentation} from "../train/augment.js";

/** A crop of a photo as a step learns from it. */
export interface TrainingCrop {
  /** Id of its photo. */
  readonly id: string;
  readonly photo: Photo;
  /** One id a pixel, rows from the top; 255 does not count. */
  readonly truth: Uint8Array;
  readonly augmentation: Augmentation;
}

/** Of the classes that are learnt, names and colours. */
export interface TrainingCrops extends Labels {
  readonly crops: readonly TrainingCrop[];
}
