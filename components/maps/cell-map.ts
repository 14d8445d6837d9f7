import {html, svg} from "htl";
import {colourValues} from "./colour-values.js";
import type {Colour, Shade} from "./colour-values.js";
import {valuesInWords} from "./values-in-words.js";
import {described, keyedPicture} from "../page/described.js";
import {pointAtCells} from "../page/pointing.js";
import type {Cell} from "../page/pointing.js";
import {maskNames} from "../photo/mask-names.js";
import type {MaskNames, PlacedName} from "../photo/mask-names.js";

/** What is drawn over a cell; rows and columns may lie in the margin, and be fractions of a cell. */
export interface Mark extends Cell {
  /** CSS colour. */
  readonly colour: string;
  /** Side in cells; 1 by default. */
  readonly size?: number;
  /** Short text inside. */
  readonly text?: string;
  /** Whether it is filled lightly too. */
  readonly filled?: boolean;
  readonly dashed?: boolean;
  /** By what it is the same mark from one time to the next; its place in the list by default. */
  readonly key?: string;
  /** Where it sets out where it is new and marks glide. */
  readonly from?: Cell;
}

/** Numbers with their colours. */
export interface CellValues {
  /** Row by row. */
  readonly values: ArrayLike<number>;
  /** What is left clear is hatched, as padding is. */
  colour(value: number): Colour | Shade;
  /** Writes a value into its cell; only for maps with few cells. */
  text?(value: number): string;
  /** Cells from one line between cells to the next; no lines by default. */
  readonly grid?: number;
}

/** A picture, whose pixels are the cells. */
export interface CellPicture {
  paint(context: CanvasRenderingContext2D): void;
  /** Whether it is drawn smoothly where it is enlarged; pixels stay visible otherwise. */
  readonly smooth?: boolean;
  /** Of a mask: finds the names that can stand on it. */
  names?(): readonly PlacedName[];
}

export type CellMapContent = (CellValues | CellPicture) & {
  readonly height: number;
  readonly width: number;
  /** What it shows, for those who do not see it; of numbers between what they lie, if it is not said. */
  readonly words?: string;
  /** Cells of padding that are shown around the map, hatched. */
  readonly margin?: {readonly top: number; readonly bottom: number; readonly left: number; readonly right: number};
};

export interface CellMap extends HTMLElement {
  draw(content: CellMapContent): void;
  /**
   * Shows these marks, and no others.
   *
   * @param options.glide milliseconds that they take from where they were, which the next call ends; none by default, and none where the
   * reader has asked for less motion
   */
  mark(marks: readonly Mark[], options?: {readonly glide?: number}): void;
  /** Whether names stand on a picture that has some; none do until this is said. */
  name(isNamed: boolean): void;
}

const NO_MARGIN = {top: 0, bottom: 0, left: 0, right: 0};

/**
 * A map of numbers as coloured cells, or a picture as pixels, with marks over them.
 *
 * @param options.label its accessible name
 * @param options.onCell called with the cell that the reader points at, by pointer or arrow keys; without it the map takes no focus
 * @param options.at the cell that is pointed at now, from which arrow keys go on
 * @param options.step cells that an arrow key moves by
 * @param options.pressed whether a pointer means a cell only while it is pressed, where what follows takes its time
 */
export function cellMap({
  label,
  onCell,
  at = () => null,
  step = 1,
  pressed = false
}: {
  readonly label: string;
  onCell?(cell: Cell): void;
  at?(): Cell | null;
  readonly step?: number;
  readonly pressed?: boolean;
}): CellMap {
  const canvas = html`<canvas width="1" height="1" aria-hidden="true"></canvas>` as HTMLCanvasElement;
  const texts = svg`<g class="cell-texts"></g>`;
  const marks = svg`<g></g>`;
  const drawing = html`<svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">${texts}${marks}</svg>` as HTMLElement;
  // What is inside the margin; a pointer means its cells.
  const inner = html`<div class="cell-map-inner">${canvas}</div>` as HTMLElement;
  const map = html`<div class="cell-map" role="img" aria-label=${label}>${inner}${drawing}</div>` as CellMap;
  let size = {height: 0, width: 0};
  let isNamed = false;
  let namesOf: CellPicture["names"];
  let names: MaskNames | null = null;
  let describe = (words: string) => map.setAttribute("aria-label", words ? `${label}: ${words}` : label);

  if (onCell) {
    // The part that takes the focus is the one with the name.
    map.removeAttribute("role");
    map.removeAttribute("aria-label");
    keyedPicture(inner, label);
    const description = described(inner, "Arrow keys go from place to place, with Shift further.");
    map.append(description);
    describe = description.update;
    pointAtCells(inner, {size: () => size, at, onCell, step, pressed});
  }

  map.draw = (content) => {
    const {height, width, margin = NO_MARGIN} = content;
    size = {height, width};
    const rows = height + margin.top + margin.bottom;
    const columns = width + margin.left + margin.right;
    map.style.setProperty("--aspect", String(columns / rows));
    inner.style.cssText = `left:${(100 * margin.left) / columns}%;top:${(100 * margin.top) / rows}%;width:${(100 * width) / columns}%;height:${(100 * height) / rows}%`;
    drawing.setAttribute("viewBox", `${-margin.left} ${-margin.top} ${columns} ${rows}`);
    // Setting a canvas's size clears it, which would flicker.
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
    const context = width > 0 && height > 0 ? canvas.getContext("2d") : null;
    const isPicture = "paint" in content;
    canvas.classList.toggle("smooth", isPicture && content.smooth === true);
    describe(content.words ?? (isPicture ? "" : valuesInWords(content)));
    namesOf = isPicture ? content.names : undefined;
    map.name(isNamed);
    texts.replaceChildren(...(!isPicture && content.grid ? [gridLines(height, width, content.grid)] : []));
    if (!context) return;
    if (isPicture) {
      content.paint(context);
      return;
    }
    context.putImageData(new ImageData(colourValues(content.values, content.colour), width, height), 0, 0);
    if (content.text) texts.append(...cellTexts(content, width));
  };
  map.mark = glidingMarks(marks);
  map.name = (is) => {
    isNamed = is;
    if (namesOf && !names) map.append((names = maskNames()));
    names?.show(isNamed && namesOf ? namesOf() : []);
  };
  return map;
}

/** Fills a group with marks. An element goes on as the same mark, so that the browser can move it (`cell-map.css`). */
function glidingMarks(group: SVGElement): CellMap["mark"] {
  const standing = new Map<string, MarkElement>();
  return (list, {glide = 0} = {}) => {
    group.style.setProperty("--glide", `${glide}ms`);
    const next = new Map(list.map((mark, index) => [mark.key ?? String(index), mark]));
    for (const [key, {element, hasText}] of standing) {
      if (next.has(key) && hasText === (next.get(key)!.text !== undefined)) continue;
      element.remove();
      standing.delete(key);
    }
    [...next].forEach(([key, mark], index) => {
      const before = standing.get(key);
      const now = before ?? markElement(mark);
      // One that is taken out and put back would jump.
      if (group.children[index] !== now.element) group.insertBefore(now.element, group.children[index] ?? null);
      if (!before && glide > 0 && mark.from) {
        now.show({...mark, ...mark.from});
        // The browser moves only what it has seen elsewhere.
        void getComputedStyle(now.element).transitionDuration;
      }
      now.show(mark);
      standing.set(key, now);
    });
  };
}

interface MarkElement {
  readonly element: SVGElement;
  readonly hasText: boolean;
  show(mark: Mark): void;
}

function markElement({text}: Mark): MarkElement {
  const box = svg`<rect vector-effect="non-scaling-stroke"></rect>` as SVGElement;
  const words = text === undefined ? null : (svg`<text></text>` as SVGElement);
  const set = (element: SVGElement, values: Readonly<Record<string, string | number>>) => {
    for (const [name, value] of Object.entries(values)) element.setAttribute(name, String(value));
  };
  return {
    element: words ? (svg`<g>${box}${words}</g>` as SVGElement) : box,
    hasText: words !== null,
    show({row, column, colour, size = 1, text: now, filled = false, dashed = false}) {
      const fill = filled ? `color-mix(in srgb, ${colour} 35%, transparent)` : "none";
      const style = `stroke:${colour};fill:${fill};stroke-dasharray:${dashed ? "4 3" : "none"}`;
      set(box, {x: column, y: row, width: size, height: size, style});
      if (!words) return;
      const look = `font-size:${0.42 * size}px;fill:#fff;paint-order:stroke;stroke:#000;stroke-width:${0.08 * size}px`;
      set(words, {x: column + size / 2, y: row + size / 2, style: look});
      words.textContent = now ?? "";
    }
  };
}

/** Lines between cells, so many cells apart. */
function gridLines(height: number, width: number, step: number): SVGElement {
  const places = (size: number) => Array.from({length: Math.ceil(size / step) - 1}, (_, index) => (index + 1) * step);
  const lines = [...places(height).map((y) => `M0 ${y}H${width}`), ...places(width).map((x) => `M${x} 0V${height}`)];
  return svg`<path class="cell-grid" d=${lines.join("")} vector-effect="non-scaling-stroke"></path>`;
}

function cellTexts({values, colour, text}: CellValues, width: number): SVGElement[] {
  return Array.from(values, (value, index) => {
    const [r, g, b] = colour(value);
    const dark = 0.299 * r + 0.587 * g + 0.114 * b < 140;
    return svg`<text x=${(index % width) + 0.5} y=${Math.floor(index / width) + 0.5} style=${`fill:${dark ? "#fff" : "#111"}`}>${text!(value)}</text>`;
  });
}
