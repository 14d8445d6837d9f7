import type {LabelRegion} from "../../engine/labels/label-regions.js";
import type {Look} from "./look.js";
import type {Size} from "./renderer.js";

/** A name on a view of a frame, in pixels of the view. */
export interface PlacedName {
  readonly id: number;
  readonly name: string;
  /** Of its middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Height of a name, and what stands left and right of its letters together, in heights of the letters. */
const HEIGHT = 1.6;
const MARGINS = 1;
/** A name that another is in the way of moves this many times its height up or down at most, so that it still stands by its region. */
const FARTHEST = 2;

/**
 * Where the names of regions stand: on the regions' middles, inside the frame, none over another. Where two would overlap
 * the one that comes later moves up or down, and is left out where there is no room near.
 *
 * @param regions the most important first
 * @param options.letters height of the letters in pixels
 * @param options.nameOf the name of a class
 * @param options.widthOf width of a name's letters in pixels
 */
export function placeNames(
  regions: readonly LabelRegion[],
  options: {
    readonly frame: Size;
    readonly look: Pick<Look, "view" | "mirror">;
    readonly letters: number;
    nameOf(id: number): string;
    widthOf(name: string): number;
  }
): PlacedName[] {
  const {frame, look, letters, nameOf, widthOf} = options;
  // Side by side, the names stand on the mask.
  const left = look.view === "side-by-side" ? frame.width : 0;
  const height = letters * HEIGHT;
  const placed: PlacedName[] = [];
  for (const {id, x, y} of regions) {
    const name = nameOf(id);
    const width = widthOf(name) + letters * MARGINS;
    if (width > frame.width || height > frame.height) continue;
    const across = within((look.mirror ? 1 - x : x) * frame.width, width, frame.width);
    const wanted = within(y * frame.height, height, frame.height);
    const tag = {id, name, x: left + across, y: wanted, width, height};
    const beside = placed.flatMap((other) => [other.y - (other.height + height) / 2, other.y + (other.height + height) / 2]);
    const free = [wanted, ...beside]
      .filter((at) => Math.abs(at - wanted) <= FARTHEST * height && at === within(at, height, frame.height))
      .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))
      .find((at) => !placed.some((other) => overlap({...tag, y: at}, other)));
    if (free !== undefined) placed.push({...tag, y: free});
  }
  return placed;
}

/** The middle nearest to the one wanted with which a length stays between 0 and `room`. */
function within(middle: number, length: number, room: number): number {
  return Math.min(Math.max(middle, length / 2), room - length / 2);
}

function overlap(a: PlacedName, b: PlacedName): boolean {
  // A hundredth of a pixel: names that touch do not overlap, however their middles were rounded.
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 - 0.01 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 - 0.01;
}
