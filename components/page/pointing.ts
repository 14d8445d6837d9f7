import {ARROWS} from "./arrows.js";

/** A cell of a map. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

const LEAP = 5;

/** The cell that an arrow key leads to, inside the map; null for another key. Shift leaps. @param step cells a key moves by */
function cellByKey(
  {key, shiftKey}: {key: string; shiftKey: boolean},
  from: Cell,
  {height, width}: {height: number; width: number},
  step = 1
): Cell | null {
  const arrow = ARROWS[key];
  if (!arrow) return null;
  const reach = step * (shiftKey ? LEAP : 1);
  const inside = (value: number, size: number) => Math.min(Math.max(value, 0), size - 1);
  return {row: inside(from.row + arrow[1] * reach, height), column: inside(from.column + arrow[0] * reach, width)};
}

/**
 * Lets the reader point at cells with a pointer, a finger or the arrow keys.
 *
 * @param element takes the focus; its content box is the map
 * @param options.size of the map at the moment
 * @param options.at the cell that is pointed at now
 * @param options.step cells that an arrow key moves by
 * @param options.pressed whether a pointer means a cell only while it is pressed, where what follows takes its time
 */
export function pointAtCells(
  element: HTMLElement,
  options: {
    size(): {height: number; width: number};
    at(): Cell | null;
    onCell(cell: Cell): void;
    readonly step?: number;
    readonly pressed?: boolean;
  }
): void {
  const follow = ({clientX, clientY, buttons}: PointerEvent) => {
    if (options.pressed && buttons === 0) return;
    const {left, top, width, height} = element.getBoundingClientRect();
    const size = options.size();
    const inside = (share: number, cells: number) => Math.min(Math.max(Math.floor(share * cells), 0), cells - 1);
    if (size.height > 0 && size.width > 0)
      options.onCell({row: inside((clientY - top) / height, size.height), column: inside((clientX - left) / width, size.width)});
  };
  element.addEventListener("pointermove", follow);
  element.addEventListener("pointerdown", follow);
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = cellByKey(event, options.at() ?? {row: 0, column: 0}, options.size(), options.step);
    if (!cell) return;
    event.preventDefault();
    options.onCell(cell);
  });
}
