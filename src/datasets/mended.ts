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
    ...mends.reduce(renumbered, dataset),
    async read(name) {
      const own = mends.filter(({split, mend}) => split === name || mend.kind === "classes").map(({mend}) => mend);
      const split = await dataset.read(name);
      return own.length === 0 ? split : mendedSplit(split, own, photoSize);
    }
  };
}

type Numbered = Pick<Dataset, "classes" | "colours">;

/** Classes and their colours once they are numbered otherwise. */
function renumbered(before: Numbered, {mend}: SplitMend): Numbered {
  if (mend.kind !== "classes") return before;
  const {classes, ids} = mend;
  const from = classes.map((_, id) => Object.keys(ids).find((old) => ids[Number(old)] === id));
  const colours = from.map((old) => before.colours?.[Number(old)]);
  return {classes, colours: colours.every((colour) => colour !== undefined) ? colours : undefined};
}
