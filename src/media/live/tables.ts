import type {Palette} from "../../formats/label-colours.js";
import {overlayPalette} from "../../formats/overlay-look.js";
import type {Look} from "./look.js";

/** Entries of a table: one for each id that a byte can hold. */
export const IDS = 256;

/** RGBA of each id in a view; alpha 0 where the mask leaves the class out. */
export function paletteTable(palette: Palette, {view, hidden}: Pick<Look, "view" | "hidden">): Uint8Array<ArrayBuffer> {
  const colours = coloursIn(view, palette);
  return table((id) => [...(colours[id] ?? [0, 0, 0]), hidden.includes(id) ? 0 : 255]);
}

/** Names what a view's palette table is kept as. */
export function paletteName({view}: Pick<Look, "view">): string {
  return view === "overlay" ? "palette over photos" : "palette";
}

/** The classes' colours in a view. */
export function coloursIn(view: Look["view"], palette: Palette): Palette {
  return view === "overlay" ? overlayPalette(palette) : palette;
}

/** Four bytes an id, of which the last is 255 for the subject and 0 for all else. */
export function subjectTable(subject: readonly number[]): Uint8Array<ArrayBuffer> {
  return table((id) => [0, 0, 0, subject.includes(id) ? 255 : 0]);
}

function table(entry: (id: number) => readonly number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Array.from({length: IDS}, (_, id) => entry(id)).flat());
}
