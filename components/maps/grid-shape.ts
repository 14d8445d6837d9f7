/** How the cells of a grid of maps lie, in CSS pixels. */
export interface GridShape {
  readonly columns: number;
  readonly mapWidth: number;
  readonly mapHeight: number;
  /** From the top of a row to the top of the next. */
  readonly rowHeight: number;
  /** From the left of a cell to the left of the next. */
  readonly pitch: number;
}

/** Side that a square map is shown at, as near as whole columns allow. */
const WANTED = 96;
const SMALLEST = 72;
const LARGEST = 128;
const GAP = 8;
/** Height of a line of text, in its own size. */
const LINE = 1.35;

/**
 * The columns of a grid of maps and the size of a map in it, 72 to 128 pixels along its longer side unless it is long and thin.
 *
 * @param options.width of the box
 * @param options.captions whether each map has a second line of text
 * @param options.em size of the text
 */
export function gridShape(
  maps: {readonly height: number; readonly width: number},
  {width, captions, em}: {width: number; captions: boolean; em: number}
): GridShape {
  const aspect = maps.width / maps.height;
  // Maps of every shape have about the same area.
  const wanted = Math.min(LARGEST, Math.max(SMALLEST, WANTED * Math.sqrt(aspect)));
  const columns = Math.max(1, Math.round((width + GAP) / (wanted + GAP)));
  const pitch = Math.floor((width + GAP) / columns);
  const mapWidth = Math.max(1, Math.min(pitch - GAP, LARGEST, Math.floor(LARGEST * aspect)));
  const mapHeight = Math.max(1, Math.round(mapWidth / aspect));
  return {columns, mapWidth, mapHeight, pitch, rowHeight: mapHeight + Math.ceil((captions ? 2 : 1) * LINE * em) + GAP};
}

/**
 * The place that a key leads to from another, both counted along the rows; null for another key. With Ctrl, Home and End are those
 * of the whole grid, without it those of the row.
 */
export function keyTarget(
  {key, ctrlKey}: {readonly key: string; readonly ctrlKey: boolean},
  from: number,
  {count, columns, rowsInSight}: {readonly count: number; readonly columns: number; readonly rowsInSight: number}
): number | null {
  const column = from % columns;
  const row = (from - column) / columns;
  const lastRow = Math.floor((count - 1) / columns);
  const inside = (place: number) => Math.min(Math.max(place, 0), count - 1);
  // The last row may end before this column.
  const down = (rows: number) => inside(Math.min(Math.max(row + rows, 0), lastRow) * columns + column);
  switch (key) {
    case "ArrowLeft":
      return inside(from - 1);
    case "ArrowRight":
      return inside(from + 1);
    case "ArrowUp":
      return down(-1);
    case "ArrowDown":
      return down(1);
    case "PageUp":
      return down(-rowsInSight);
    case "PageDown":
      return down(rowsInSight);
    case "Home":
      return ctrlKey ? 0 : row * columns;
    case "End":
      return ctrlKey ? count - 1 : inside(row * columns + columns - 1);
    default:
      return null;
  }
}
