import {checkUp} from "../../src/datasets/check-up.js";
import type {CheckUp} from "../../src/datasets/check-up.js";
import {wholeSplit} from "../../src/datasets/dataset.js";
import type {Dataset, Split} from "../../src/datasets/dataset.js";
import type {Expected} from "../../src/datasets/finding.js";
import {photoSize} from "../evaluate/photo.js";
import {progressBar} from "../evaluate/progress.js";
import {findingLine} from "./tables.js";

/** What commands that leave the data set as it is advise. */
export const WRITE_ANEW = '"npm run dataset -- convert <folder> --to voc --out <folder> --mend" writes it anew with what can be mended.';

/** A list of a data set, with what is wrong with it. @throws Error with a sentence for the reader where there is none of that name */
export async function namedSplit(dataset: Dataset, name = dataset.splits[0]!): Promise<Split> {
  return dataset.splits.includes(name) ? dataset.read(name) : wholeSplit(dataset, name);
}

/** Looks at every photo and mask, with a progress bar. @param withOthers as `checkUp` */
export async function looked(dataset: Dataset, split: Split, expected: Expected, withOthers = false): Promise<CheckUp> {
  const bar = progressBar(split.items.length);
  try {
    return await checkUp(dataset, split, expected, {photoSize, onPhoto: () => bar.advance(), withOthers});
  } finally {
    bar.stop();
  }
}

/**
 * The same split, once it was looked at and nothing grave was found.
 *
 * @param advice what to do about what was
 * @throws Error saying what was found, a line each
 */
export async function sound(dataset: Dataset, split: Split, expected: Expected, advice: string): Promise<Split> {
  const grave = (await looked(dataset, split, expected)).findings.filter((finding) => finding.grave);
  if (grave.length === 0) return split;
  throw new Error([`In ${split.name}:`, ...grave.map(findingLine), advice].join("\n"));
}
