import {withoutPhotos} from "../../src/datasets/dataset.js";
import type {Split} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import type {Model} from "../../src/engine/model.js";
import {readModel} from "../../src/importers/model-file.js";
import {WRITE_ANEW, namedSplit, sound} from "../dataset/look.js";
import {filesAt} from "./disk.js";
import {modelBytes} from "./model.js";

/** A model, and the photos that it is measured on. */
export interface Measured {
  readonly model: Model;
  /** The model's file. */
  readonly bytes: Uint8Array;
  /** Where the data set lies. */
  readonly place: string;
  /** What is measured. */
  readonly split: Split;
  /** The list that it is of, nothing left out. */
  readonly whole: Split;
}

/**
 * Opens a model and a list of a data set, and looks at all of it.
 *
 * @throws Error with a sentence for the reader where one of them is not there, or something grave is found
 */
export async function openMeasured(options: {
  readonly dataset: string;
  readonly model: string;
  readonly split: string | undefined;
  readonly without: readonly string[];
}): Promise<Measured> {
  const dataset = await openDataset(await filesAt(options.dataset));
  const whole = await namedSplit(dataset, options.split);
  const bytes = await modelBytes(options.model);
  const model = readModel(bytes);
  const split = await sound(dataset, withoutPhotos(whole, options.without), model.card, WRITE_ANEW);
  return {model, bytes, place: options.dataset, split, whole};
}
