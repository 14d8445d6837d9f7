import {cellMap} from "../../components/maps/cell-map.js";
import type {CellMap} from "../../components/maps/cell-map.js";
import {perMille, pointOf} from "../../lab/photo-geometry.js";

/** Pixels that an arrow key moves the point by: less would be lost in the per mille of a large photo. */
const KEY_STEP = 4;

/**
 * A picture on which the reader chooses a point; the point is in the state, in per mille of the photo.
 *
 * @param options.size of the photo that stands; null before there is one
 * @param options.pressed whether pointing is not enough, because what follows takes its time
 */
export function photoMap({
  label,
  store,
  size,
  pressed = false
}: {
  readonly label: string;
  readonly store: {get(): {readonly x: number; readonly y: number}; set(point: {x: number; y: number}): void};
  size(): {readonly width: number; readonly height: number} | null | undefined;
  readonly pressed?: boolean;
}): CellMap {
  const map = cellMap({
    label,
    onCell(cell) {
      const now = size();
      if (now) store.set(perMille(cell, now));
    },
    at() {
      const now = size();
      return now ? pointOf(store.get(), now) : null;
    },
    step: KEY_STEP,
    pressed
  });
  map.classList.add("picture");
  return map;
}
