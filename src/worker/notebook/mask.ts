import type {Palette} from "../../formats/label-colours.js";

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
    const counts = new Map<number, number>();
    for (const label of this.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    return [...counts]
      .map(([id, count]) => ({name: this.classes[id] ?? `class ${id}`, share: count / this.labels.length}))
      .sort((a, b) => b.share - a.share);
  }
}
