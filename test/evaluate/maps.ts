import {IGNORE} from "../../src/formats/mask-picture.js";
import type {Mask} from "../../src/formats/mask-picture.js";

/** A label map as it is drawn: a row a line, ids with spaces between, "v" where nothing is labelled. */
export function labels(drawn: string): Mask {
  const rows = drawn
    .trim()
    .split("\n")
    .map((row) => row.trim().split(" "));
  const ids = Uint8Array.from(rows.flat(), (id) => (id === "v" ? IGNORE : Number(id)));
  return {width: rows[0]!.length, height: rows.length, ids};
}

/** A map with ids from 0 up, the last of them not labelled, the same at every run. */
export function someLabels(width: number, height: number, classes: number): Mask {
  // Blots, so that there are an inside and outlines.
  const ids = Uint8Array.from({length: width * height}, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const id = Math.floor(Math.abs(Math.sin(x / 11) + Math.cos(y / 9) + Math.sin((x + 2 * y) / 19)) * 2) % (classes + 1);
    return id === classes ? IGNORE : id;
  });
  return {width, height, ids};
}
