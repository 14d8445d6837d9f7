import type {PlacedName} from "../../components/photo/mask-names.js";
import type {Canvas} from "../../drawing/canvas.js";
import {regionNames} from "../../lab/region-names.js";
import type {LabelClass} from "../../labelling/project.js";

/** Cells on a map's longer side on which regions are looked for: after each stroke, and of photos of twelve million pixels. */
const LONGEST = 512;

/** The names of what was drawn, each well inside of its region; what is undecided or background has none. */
export function drawnNames({width, height, ids}: Canvas, classes: readonly LabelClass[]): PlacedName[] {
  const step = Math.max(1, Math.max(width, height) / LONGEST);
  const [columns, rows] = [width, height].map((side) => Math.max(1, Math.round(side / step))) as [number, number];
  const at = (cell: number, cells: number, side: number) => Math.floor(((cell + 0.5) * side) / cells);
  const labels = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const from = at(row, rows, height) * width;
    for (let column = 0; column < columns; column++) labels[row * columns + column] = ids[from + at(column, columns, width)]!;
  }
  const names: string[] = [];
  // The first is what lies behind, whatever it is called.
  for (const {id, name} of classes.slice(1)) names[id] = name;
  return regionNames({width: columns, height: rows, labels}, names);
}
