import type {StateOf} from "../../lab/state.js";
import type {Composition} from "../../media/compose.js";
import type {DrawnMask} from "../../media/drawn-mask.js";
import type {Standing} from "../inspector/inspection.js";
import type {WorkbenchTable} from "./state.js";

/** What a view of a run is drawn of, as the state says. */
export function compositionOf(
  {photo}: Pick<Standing, "photo">,
  mask: DrawnMask,
  {view, opacity, split}: Pick<StateOf<WorkbenchTable>, "view" | "opacity" | "split">
): Composition {
  return {photo: photo.canvas, mask, width: photo.width, height: photo.height, view, opacity: opacity / 100, split: split / 100};
}
