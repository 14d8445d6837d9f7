import type {Palette} from "../../formats/label-colours.js";

/** Entries of a table: one for each id that a byte can hold. */
export const IDS = 256;

/** RGBA of each id; alpha 0 where the mask leaves the class out. */
export function paletteTable(palette: Palette, hidden: readonly number[]): Uint8Array<ArrayBuffer> {
  return table((id) => [...(palette[id] ?? [0, 0, 0]), hidden.includes(id) ? 0 : 255]);
}

/** Four bytes an id, of which the last is 255 for the subject and 0 for all else. */
export function subjectTable(subject: readonly number[]): Uint8Array<ArrayBuffer> {
  return table((id) => [0, 0, 0, subject.includes(id) ? 255 : 0]);
}

function table(entry: (id: number) => readonly number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Array.from({length: IDS}, (_, id) => entry(id)).flat());
}
