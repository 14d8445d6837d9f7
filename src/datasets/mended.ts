import type {Dataset} from "./dataset.js";
import {mendedSplit} from "./mend.js";
import type {Mend, PhotoSize} from "./mend.js";

/** A way to put one list of a data set right. */
export interface SplitMend {
  readonly split: string;
  readonly mend: Mend;
}

/** A new data set: another, whose lists are put right when they are read. That one stays as it is. @param mends in their order */
export function mendedDataset(dataset: Dataset, mends: readonly SplitMend[], photoSize: PhotoSize): Dataset {
  if (mends.length === 0) return dataset;
  return {
    ...dataset,
    async read(name) {
      const own = mends.filter(({split}) => split === name).map(({mend}) => mend);
      const split = await dataset.read(name);
      return own.length === 0 ? split : mendedSplit(split, own, photoSize);
    }
  };
}
