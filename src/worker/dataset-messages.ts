/** What the page and the worker say to each other of data sets. Plain data only. */
import type {CheckUp} from "../datasets/check-up.js";
import type {Dataset} from "../datasets/dataset.js";
import type {SplitMend} from "../datasets/mended.js";
import type {Photo} from "../engine/photo.js";
import type {MaskPicture} from "../formats/mask-picture.js";
import type {GivenFiles} from "./given-files.js";

/** A data set: the files that a reader brought, and what was put right since. With other mends it is another; the files stay. */
export interface DatasetChoice {
  readonly given: GivenFiles;
  readonly mends: readonly SplitMend[];
}

/** One list of photos of it. */
export interface SplitChoice extends DatasetChoice {
  readonly split: string;
}

/** What is known of a data set before its pictures are opened. */
export type DatasetFacts = Pick<Dataset, "layout" | "splits" | "classes" | "colours">;

/** What a look at every photo and mask of a list has found. */
export interface CheckedSplit extends CheckUp {
  /** Names of its photos, in their order. */
  readonly ids: readonly string[];
}

/** A photo of a data set with its mask as it is: ids, or whatever stands in their place. */
export interface SeenPhoto {
  readonly photo: Photo;
  readonly mask: MaskPicture;
}

/** How a data set is written. */
export interface WriteChoice {
  readonly layout: "voc" | "tfrecord";
  readonly classes: readonly string[] | undefined;
  /** Colours of the masks' palette. */
  readonly palette: readonly (readonly [number, number, number])[];
}
