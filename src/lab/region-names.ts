import type {PlacedName} from "../components/photo/mask-names.js";
import type {PhotoComparison} from "../components/results/photo-comparison.js";
import {labelRegions} from "../engine/labels/label-regions.js";
import {IGNORED} from "./datasets/class-look.js";
import type {NamesStore} from "./names-choice.js";
import {follow} from "./state.js";

/** Smaller regions stay without a name, which would hide them: those pictures are small. */
const LEAST_SHARE = 0.01;

/**
 * Has the names on those views of photos that are shown, as the page's state wants it.
 *
 * @returns to be called with other views once these take their place
 */
export function namesOnViews(store: NamesStore): (views: readonly PhotoComparison[]) => void {
  let views: readonly PhotoComparison[] = [];
  const name = () => views.forEach((view) => view.name(store.get().names));
  follow(store, ["names"], name);
  return (shown) => {
    views = shown;
    name();
  };
}

/**
 * The names of a label map's regions, each well inside of its own. The background and what counts nothing (255) have none: in small
 * pictures they would lie over those that are looked for.
 *
 * @param classes by id; what has no name gets none
 */
export function regionNames(
  {width, height, labels}: {readonly width: number; readonly height: number; readonly labels: Uint8Array},
  classes: readonly string[]
): PlacedName[] {
  const ignored = [IGNORED, ...(classes[0] === "background" ? [0] : [])];
  return labelRegions({width, height, ids: labels}, {least: LEAST_SHARE, ignored}).flatMap(({id, x, y}) =>
    classes[id] === undefined ? [] : [{name: classes[id], x, y}]
  );
}
