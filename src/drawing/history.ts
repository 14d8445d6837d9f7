import {around, within} from "./canvas.js";
import type {Box, Canvas, FillSpan} from "./canvas.js";

/** Side of the squares in which changes are kept, in pixels. */
const TILE = 64;

/** The ids of a square: one number, where they are all the same. */
type Tile = Uint8Array | number;

/** What a stroke changed: squares as they were and as they are, by their place. */
interface Change {
  readonly before: ReadonlyMap<number, Tile>;
  readonly after: ReadonlyMap<number, Tile>;
}

/** A stroke that is being drawn. */
export interface Stroke {
  /**
   * Draws a part of it.
   *
   * @param draw tells the shape's spans to what it is given
   * @returns what may have changed, or null
   */
  paint(id: number, draw: (fill: FillSpan) => void): Box | null;
  /** Ends it; from now on it is undone as one. One that changed nothing leaves no trace. */
  end(): void;
  /** Takes back what it did. */
  cancel(): Box | null;
}

/** A canvas with all that was ever drawn on it. */
export interface History {
  readonly canvas: Canvas;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Begins a stroke; what was undone before cannot be redone any more. @throws Error while another is being drawn */
  begin(): Stroke;
  /** @returns what changed; null where there is nothing to undo */
  undo(): Box | null;
  /** @returns what changed; null where there is nothing to redo */
  redo(): Box | null;
}

/** A history that begins with a canvas, which it changes in place. */
export function historyOf(canvas: Canvas): History {
  const columns = Math.ceil(canvas.width / TILE);
  const done: Change[] = [];
  const undone: Change[] = [];
  let drawing = false;

  const boxOf = (tile: number): Box => {
    const [left, top] = [(tile % columns) * TILE, Math.floor(tile / columns) * TILE];
    return {left, top, right: Math.min(canvas.width, left + TILE), bottom: Math.min(canvas.height, top + TILE)};
  };
  const restore = (tiles: ReadonlyMap<number, Tile>): Box | null => {
    let box: Box | null = null;
    for (const [place, tile] of tiles) {
      const changed = boxOf(place);
      writeTile(canvas, changed, tile);
      box = box ? around(box, changed) : changed;
    }
    return box;
  };
  const move = (from: Change[], to: Change[], side: keyof Change): Box | null => {
    if (drawing) throw new Error("A stroke is being drawn: end it before another is undone.");
    const change = from.pop();
    if (!change) return null;
    to.push(change);
    return restore(change[side]);
  };

  return {
    canvas,
    get canUndo() {
      return done.length > 0;
    },
    get canRedo() {
      return undone.length > 0;
    },
    begin() {
      if (drawing) throw new Error("A stroke is being drawn: end it before another begins.");
      drawing = true;
      const before = new Map<number, Tile>();
      const keep = (y: number, from: number, to: number) => {
        for (let column = Math.floor(from / TILE); column * TILE < to; column++) {
          const place = Math.floor(y / TILE) * columns + column;
          if (!before.has(place)) before.set(place, readTile(canvas, boxOf(place)));
        }
      };
      return {
        paint(id, draw) {
          let box: Box | null = null;
          draw(
            within(canvas, (y, from, to) => {
              keep(y, from, to);
              canvas.ids.fill(id, y * canvas.width + from, y * canvas.width + to);
              const span = {left: from, top: y, right: to, bottom: y + 1};
              box = box ? around(box, span) : span;
            })
          );
          return box;
        },
        end() {
          drawing = false;
          const change = changed(before, new Map([...before.keys()].map((place) => [place, readTile(canvas, boxOf(place))])));
          if (change.before.size === 0) return;
          done.push(change);
          undone.length = 0;
        },
        cancel() {
          drawing = false;
          return restore(before);
        }
      };
    },
    undo: () => move(done, undone, "before"),
    redo: () => move(undone, done, "after")
  };
}

function readTile({width, ids}: Canvas, {left, top, right, bottom}: Box): Tile {
  const tile = new Uint8Array((right - left) * (bottom - top));
  for (let y = top; y < bottom; y++) tile.set(ids.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  // A plain loop: a stroke over a large photo asks this of thousands of squares.
  for (let index = 1; index < tile.length; index++) if (tile[index] !== tile[0]) return tile;
  return tile[0]!;
}

function writeTile({width, ids}: Canvas, {left, top, right, bottom}: Box, tile: Tile): void {
  for (let y = top; y < bottom; y++) {
    if (typeof tile === "number") ids.fill(tile, y * width + left, y * width + right);
    else ids.set(tile.subarray((y - top) * (right - left), (y - top + 1) * (right - left)), y * width + left);
  }
}

/** Of two states the squares in which they differ. */
function changed(before: ReadonlyMap<number, Tile>, after: ReadonlyMap<number, Tile>): Change {
  const places = [...before.keys()].filter((place) => !isSame(before.get(place)!, after.get(place)!));
  const of = (tiles: ReadonlyMap<number, Tile>) => new Map(places.map((place) => [place, tiles.get(place)!]));
  return {before: of(before), after: of(after)};
}

function isSame(a: Tile, b: Tile): boolean {
  if (typeof a === "number" || typeof b === "number") return a === b;
  return a.every((id, index) => id === b[index]);
}
