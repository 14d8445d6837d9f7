import {html, svg} from "htl";

export interface RulerRow {
  readonly name: string;
  /** What the reader should see in it. */
  readonly text: string;
  /** Pixel of the first cell's centre, pixels to the next, and how many there are. */
  readonly first: number;
  readonly step: number;
  readonly cells: number;
}

export interface CellRuler extends HTMLElement {
  /** @param pixels length of the side */
  update(pixels: number, rows: readonly RulerRow[]): void;
}

/** Where the cells of several maps lie along one side of their input: a tick at the centre of each. */
export function cellRuler({label}: {readonly label: string}): CellRuler {
  const list = html`<ul class="cell-ruler" aria-label=${label}></ul>` as CellRuler;
  list.update = (pixels, rows) => list.replaceChildren(...rows.map((row) => rulerRow(pixels, row)));
  return list;
}

function rulerRow(pixels: number, {name, text, first, step, cells}: RulerRow): Node {
  const ticks = Array.from({length: cells}, (_, index) => `M${first + index * step} 0V1`).join("");
  // From the first pixel's centre to the last one's; half a pixel more on either side is the picture's rim.
  return html`<li><strong>${name}</strong> <span>${text}</span>
    <svg viewBox="-0.5 0 ${pixels} 1" preserveAspectRatio="none" aria-hidden="true">${svg`<path d=${ticks} vector-effect="non-scaling-stroke"></path>`}</svg>
  </li>` as Node;
}
