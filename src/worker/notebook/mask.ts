import {classShares} from "../../engine/labels/pixel.js";
import type {Palette} from "../../formats/label-colours.js";

/** As many ids as there can be: one without a name is told, too. */
const IDS = 256;

/** A class for each pixel of a photo. */
export class Mask {
  constructor(
    readonly width: number,
    readonly height: number,
    /** One class id a pixel, rows from the top. */
    readonly labels: Uint8Array,
    /** Names of the classes by id. */
    readonly classes: readonly string[],
    /** One `[r, g, b]` (0-255) a class. */
    readonly palette: Palette
  ) {}

  /** Share of the photo of each class that is there, the largest first. */
  get shares(): {readonly name: string; readonly share: number}[] {
    return [...classShares(this.labels, IDS)]
      .map((share, id) => ({name: this.classes[id] ?? `class ${id}`, share}))
      .filter(({share}) => share > 0)
      .sort((a, b) => b.share - a.share);
  }
}
