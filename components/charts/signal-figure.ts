import {scaleLinear} from "d3";
import {html, svg} from "htl";
import {onWidth} from "../page/on-width.js";
import {described, keyedPicture} from "../page/described.js";
import {pointAtCells} from "../page/pointing.js";

export interface SignalContent {
  readonly input: ArrayLike<number>;
  readonly output: ArrayLike<number>;
  readonly weights: readonly number[];
  /** Index in the input of each tap of the chosen output; it may lie outside. */
  readonly taps: readonly number[];
  /** Index of the chosen output. */
  readonly chosen: number;
  /** Index in the input under which an output stands. */
  place(output: number): number;
}

export interface SignalFigure extends HTMLElement {
  /**
   * Shows it.
   *
   * @param options.glide milliseconds that the lines from the taps take from where they were; none by default, and none where the reader
   * has asked for less motion
   */
  update(content: SignalContent, options?: {readonly glide?: number}): void;
}

const HEIGHT = 250;
const BAND = 80;
const LABEL_ROOM = 42;
/** From a line to its label. */
const LABEL_GAP = 7;
/** Before the figure is on the page. */
const INITIAL_WIDTH = 900;

/** A convolution of one row: input above, output below, and lines from the taps of the chosen output. */
export function signalFigure({label, onChoose}: {readonly label: string; onChoose(output: number): void}): SignalFigure {
  const bars = svg`<g></g>`;
  const lines: TapLine[] = [];
  const drawing = html`<svg height=${HEIGHT} aria-hidden="true">${bars}</svg>` as HTMLElement;
  const figure = html`<div class="signal">${drawing}</div>` as HTMLElement as SignalFigure;
  keyedPicture(figure, label);
  const description = described(figure, "Arrow keys go from output to output.");
  figure.append(description);
  let content: SignalContent | null = null;
  let width = INITIAL_WIDTH;

  figure.update = (next, {glide = 0} = {}) => {
    content = next;
    description.update(inWords(next));
    draw(next, glide);
  };
  onWidth(figure, (now) => {
    width = now;
    if (content) draw(content, 0);
  });

  function draw({input, output, weights, taps, chosen, place}: SignalContent, glide: number): void {
    drawing.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    const step = width / input.length;
    const gap = Math.min(1, step / 8);
    const middle = (index: number) => (index + 0.5) * step;
    const up = scaleLinear([0, 1], [0, BAND]);
    const largest = Math.max(1e-6, ...Array.from(output, Math.abs));
    const down = scaleLinear([-largest, largest], [HEIGHT - 4, HEIGHT - BAND - 4]);
    const zero = down(0);
    const top = BAND + 4;
    bars.replaceChildren(
      ...Array.from(input, (value, index) => {
        const colour = taps.includes(index) ? "var(--concept-kernel)" : "var(--concept-input)";
        return svg`<rect x=${index * step + gap} width=${step - 2 * gap} y=${top - up(value)} height=${Math.max(1, up(value))} style=${`fill:${colour}`}></rect>`;
      }),
      svg`<line x1="0" x2=${width} y1=${zero} y2=${zero} style="stroke:var(--rule)"></line>`,
      ...Array.from(output, (value, index) => {
        const y = Math.min(zero, down(value));
        const opacity = index === chosen ? 1 : 0.45;
        return svg`<rect x=${place(index) * step + gap} width=${step - 2 * gap} y=${y} height=${Math.max(1, Math.abs(down(value) - zero))} style=${`fill:var(--concept-output);opacity:${opacity}`}></rect>`;
      })
    );
    drawing.style.setProperty("--glide", `${glide}ms`);
    // Weights that would run into each other are left to the sum below.
    const hasRoom = Math.abs(taps[1]! - taps[0]!) * step > LABEL_ROOM;
    taps.forEach((tap, index) => {
      const outside = tap < 0 || tap >= input.length;
      const x = Math.min(width - 4, Math.max(4, middle(tap)));
      if (!lines[index]) drawing.append((lines[index] = tapLine()).element);
      lines[index].show({
        from: {x, y: top + 2},
        to: {x: middle(place(chosen)), y: HEIGHT - BAND - 8},
        outside,
        // What lies outside is zero, whatever its weight.
        label: hasRoom && !outside ? `× ${rounded(weights[index]!)}` : "",
        // On the side that the other lines are not on, where there is room.
        onLeft: (index === 0 && x > LABEL_ROOM) || x > width - LABEL_ROOM
      });
    });
  }
  const nearest = (column: number): number => {
    const {output, place} = content!;
    let best = 0;
    for (let index = 1; index < output.length; index++) if (Math.abs(place(index) - column) < Math.abs(place(best) - column)) best = index;
    return best;
  };
  pointAtCells(figure, {
    size: () => ({height: 1, width: content?.input.length ?? 0}),
    at: () => content && {row: 0, column: Math.round(content.place(content.chosen))},
    onCell: ({column}) => {
      if (!content || content.output.length === 0) return;
      const found = nearest(column);
      // With a stride the next column may still be nearest to the output that is chosen: go on in that direction.
      const same = found === content.chosen && column !== Math.round(content.place(found));
      const towards = found + Math.sign(column - content.place(found));
      onChoose(same ? Math.min(Math.max(towards, 0), content.output.length - 1) : found);
    }
  });
  return figure;
}

/** The chosen output and what it is the sum of. */
function inWords({input, output, weights, taps, chosen}: SignalContent): string {
  const terms = taps.map((tap, index) => `${tap in input ? rounded(input[tap]!) : "0 outside of it"} × ${rounded(weights[index]!)}`);
  return `Output ${chosen + 1} of ${output.length} is ${rounded(output[chosen] ?? 0)}: ${terms.join(" + ")}.`;
}

function rounded(value: number): string {
  return String(Math.round(100 * value) / 100).replace("-", "−");
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface TapLine {
  readonly element: SVGElement;
  show(line: {readonly from: Point; readonly to: Point; readonly outside: boolean; readonly label: string; readonly onLeft: boolean}): void;
}

/** A line from a tap to its output, with the tap's weight: one that is transformed, which the browser can move (`signal-figure.css`). */
function tapLine(): TapLine {
  const line = svg`<line x1="0" x2="1" y1="0" y2="1" vector-effect="non-scaling-stroke"></line>` as SVGElement;
  const text = svg`<text></text>` as SVGElement;
  return {
    element: svg`<g class="signal-tap">${line}${text}</g>` as SVGElement,
    show({from, to, outside, label, onLeft}) {
      // A line without any width would not be drawn.
      const across = to.x - from.x || 0.01;
      line.style.cssText = `transform:translate(${from.x}px,${from.y}px) scale(${across},${to.y - from.y});stroke-dasharray:${outside ? "3 4" : "none"};opacity:${outside ? 0.6 : 1}`;
      text.style.transform = `translate(${from.x + (onLeft ? -LABEL_GAP : LABEL_GAP)}px,${from.y + 14}px)`;
      text.setAttribute("text-anchor", onLeft ? "end" : "start");
      text.textContent = label;
    }
  };
}
