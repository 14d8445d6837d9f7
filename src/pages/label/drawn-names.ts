import type {PlacedName} from "../../components/photo/mask-names.js";
import type {Canvas} from "../../drawing/canvas.js";
import {sampledLabels} from "../../engine/labels/sampled.js";
import {regionNames} from "../../lab/region-names.js";
import type {LabelClass} from "../../labelling/project.js";
import {labelSize} from "../../media/live/renderer.js";

/** Cells on a map's longer side on which regions are looked for: after each stroke, and of photos of twelve million pixels. */
const LONGEST = 512;

/** The names of what was drawn, each well inside of its region; what is undecided or background has none. */
export function drawnNames(drawn: Canvas, classes: readonly LabelClass[]): PlacedName[] {
  const {width, height, ids} = sampledLabels(drawn, labelSize(drawn, LONGEST));
  const names: string[] = [];
  // The first is what lies behind, whatever it is called.
  for (const {id, name} of classes.slice(1)) names[id] = name;
  return regionNames({width, height, labels: ids}, names);
}
