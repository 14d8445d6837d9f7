import {writeFile} from "node:fs/promises";
import path from "node:path";
import type {LabelledPhoto} from "../../src/datasets/dataset.js";
import type {CountOptions} from "../../src/evaluate/evaluate.js";
import type {Palette} from "../../src/formats/label-colours.js";
import {pictureNames, picturesOf} from "./pictures.js";

/** Writes the pictures of each photo into a folder. @param items of the whole list, after which pictures are named */
export function pictureWriter(out: string, items: readonly LabelledPhoto[], palette: Palette): NonNullable<CountOptions["onLabels"]> {
  const names = pictureNames(items);
  return async (item, photo, labels) => {
    for (const [kind, bytes] of picturesOf(photo, labels, palette)) {
      await writeFile(path.join(out, `${names.get(item)!}_${kind}.png`), bytes, {flag: "wx"});
    }
  };
}
