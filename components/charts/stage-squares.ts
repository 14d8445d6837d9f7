import {html, svg} from "htl";
import {onWidth} from "../page/on-width.js";

/** A layer with a kernel of 3 x 3, as a square of so many cells a side. */
export interface StageSquare {
  readonly name: string;
  readonly cells: number;
  readonly stride: number;
  readonly rate: number;
  /** Whether it is another than with all strides in place. */
  readonly changed: boolean;
}

export interface StageSquares extends HTMLElement {
  /**
   * Draws them; what another call drew before goes on from there, in less than a second.
   *
   * @param room cells that they take together where they are largest, by which they are drawn to one scale
   */
  update(squares: readonly StageSquare[], room: number): void;
}

const GAP = 5;
const WORDS = 18;
/** Before the figure is on the page. */
const INITIAL_WIDTH = 600;
const TAPS = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => ({down, right})));

/** Maps as squares to one scale, one beside the other, with the taps of the kernel that makes each from the one before. */
export function stageSquares({label}: {readonly label: string}): StageSquares {
  const drawing = html`<svg aria-hidden="true"></svg>` as HTMLElement;
  const view = html`<div class="stage-squares" role="img" aria-label=${label}>${drawing}</div>` as StageSquares;
  let width = INITIAL_WIDTH;
  let shown: {readonly squares: readonly StageSquare[]; readonly room: number} | null = null;
  let parts: {readonly box: SVGElement; readonly taps: readonly SVGElement[]; readonly words: SVGElement}[] = [];

  view.update = (squares, room) => {
    shown = {squares, room};
    draw();
  };
  onWidth(view, (now) => {
    width = now;
    draw();
  });

  function draw(): void {
    if (!shown) return;
    const {squares, room} = shown;
    view.setAttribute("aria-label", `${label}, in cells a side: ${squares.map(squareInWords).join(", ")}.`);
    if (parts.length !== squares.length) {
      parts = squares.map(() => ({
        box: svg`<rect></rect>` as SVGElement,
        taps: TAPS.map(() => svg`<rect class="stage-tap"></rect>` as SVGElement),
        words: svg`<text text-anchor="middle"></text>` as SVGElement
      }));
      drawing.replaceChildren(...parts.map(({box, taps, words}) => svg`<g>${box}${taps}${words}</g>` as SVGElement));
    }
    const scale = Math.max(0.01, (width - GAP * (squares.length - 1)) / room);
    const tall = scale * Math.max(...squares.map(({cells}) => cells));
    drawing.setAttribute("viewBox", `0 0 ${width} ${tall + WORDS}`);
    const tap = Math.max(2, scale);
    let left = 0;
    squares.forEach(({cells, stride, rate, changed}, index) => {
      const {box, taps, words} = parts[index]!;
      const side = cells * scale;
      // All stand on one line.
      place(box, left, tall - side, side);
      box.classList.toggle("changed", changed);
      TAPS.forEach(({down, right}, at) =>
        place(taps[at]!, left + side / 2 + right * rate * scale - tap / 2, tall - side / 2 + down * rate * scale - tap / 2, tap)
      );
      words.style.transform = `translate(${left + side / 2}px, ${tall + WORDS - 4}px)`;
      // A rate is said once, by the first that looks at it: small squares have no room for more.
      const isNewRate = rate > 1 && rate !== squares[index - 1]?.rate;
      words.textContent = stride > 1 ? `÷${stride}` : isNewRate ? `r${rate}` : "";
      left += side + GAP;
    });
  }
  return view;
}

function squareInWords({cells, stride, rate}: StageSquare): string {
  const how = [stride > 1 && `stride ${stride}`, rate > 1 && `rate ${rate}`].filter(Boolean).join(" and ");
  return how ? `${cells} (${how})` : String(cells);
}

function place(rect: SVGElement, x: number, y: number, side: number): void {
  for (const [name, value] of Object.entries({x, y, width: side, height: side})) rect.setAttribute(name, value.toFixed(2));
}
