import {scaleLinear} from "d3-scale";
import {area, curveLinear, curveStepAfter, stack} from "d3-shape";
import {html, svg} from "htl";
import type {Moment} from "../live/live-window.js";
import {onWidth} from "../page/on-width.js";

export interface TimeChart extends HTMLElement {
  /**
   * @param moments in the order of time; each has as many values as there are colours
   * @param end milliseconds at the right edge
   * @param edge what the right edge is called, e.g. "now"
   */
  update(moments: readonly Moment[], end: number, edge: string): void;
}

const TOP = 18;
const BOTTOM = 18;
const FONT = "font-size:12px";
/** Before the chart is on the page. */
const INITIAL_WIDTH = 300;

/**
 * Values over the last seconds, stacked where there are several, from zero up.
 *
 * @param options.label what is shown, without the time
 * @param options.span milliseconds from the left edge to the right
 * @param options.colours CSS colours, one for each value, from below
 * @param options.text a value with its unit, for the scale and for screen readers
 * @param options.least the scale goes up to this at least
 * @param options.height CSS pixels
 * @param options.held whether a value holds until the next, and the last until the end, rather than change towards it
 */
export function timeChart(options: {
  readonly label: string;
  readonly span: number;
  readonly colours: readonly string[];
  text(value: number): string;
  readonly least: number;
  readonly height?: number;
  readonly held?: boolean;
}): TimeChart {
  const {label, span, colours, text, least, height = 84, held = false} = options;
  const seconds = span / 1000;
  const base = height - BOTTOM;
  const stacked = colours.length > 1;
  // All nodes are kept: a live chart only changes their attributes.
  const areas = colours.map((colour) => svg`<path style=${`fill:${colour};opacity:${stacked ? 1 : 0.3}`}></path>` as Element);
  // In a stack a layer may be thinner than a line.
  const rim = stacked ? null : (svg`<path style=${`fill:none;stroke-width:1.5;stroke:${colours[0]}`}></path>` as Element);
  const top = svg`<line x1="0" y1=${TOP} y2=${TOP} style="stroke:var(--rule);stroke-dasharray:2 3"></line>` as Element;
  const floor = svg`<line x1="0" y1=${base} y2=${base} style="stroke:var(--rule)"></line>` as Element;
  const largest = svg`<text class="quiet" x="0" y=${TOP - 5} style=${FONT}></text>` as Element;
  const right = svg`<text class="quiet" y=${height - 3} text-anchor="end" style=${FONT}></text>` as Element;
  const drawing = html`<svg height=${height} role="img" aria-label=${`${label}: nothing yet.`}></svg>` as HTMLElement;
  drawing.append(
    top,
    ...areas,
    ...(rim ? [rim] : []),
    floor,
    largest,
    svg`<text class="quiet" x="0" y=${height - 3} style=${FONT}>−${seconds} s</text>` as Element,
    right
  );
  const chart = html`<div class="time-chart">${drawing}</div>` as TimeChart;
  let width = INITIAL_WIDTH;
  let content: Parameters<TimeChart["update"]> = [[], 0, ""];

  chart.update = (...next) => {
    content = next;
    draw(...next);
  };
  onWidth(chart, (now) => {
    width = now;
    draw(...content);
  });

  function draw(moments: readonly Moment[], end: number, edge: string): void {
    const totals = moments.map(({values}) => values.reduce((sum, value) => sum + value, 0));
    const [highest, lowest] = [Math.max(...totals), Math.min(...totals)];
    const x = scaleLinear([end - span, end], [0, width]);
    const y = scaleLinear([0, Math.max(least, highest)], [base, TOP]).nice(4);
    const curve = held ? curveStepAfter : curveLinear;
    const last = moments.at(-1);
    const drawn = held && last ? [...moments, {...last, at: end}] : [...moments];
    const layers = stack<Moment, number>()
      .keys(colours.keys())
      .value(({values}, index) => values[index]!)(drawn);
    const shape = area<(typeof layers)[number][number]>()
      .x(({data}) => x(data.at))
      .y0(([from]) => y(from))
      .y1(([, to]) => y(to))
      .curve(curve);
    layers.forEach((layer, index) => write(areas[index]!, "d", shape(layer) ?? ""));
    if (rim) write(rim, "d", shape.lineY1()(layers[0]!) ?? "");
    write(drawing, "viewBox", `0 0 ${width} ${height}`);
    for (const across of [top, floor]) write(across, "x2", String(width));
    write(right, "x", String(width));
    say(right, edge);
    // The top of the scale is a round number.
    say(largest, text(y.domain()[1]!).replace(/\.0(?=\D|$)/, ""));
    const range = text(lowest) === text(highest) ? text(highest) : `between ${text(lowest)} and ${text(highest)}`;
    write(drawing, "aria-label", moments.length > 0 ? `${label} over the last ${seconds} seconds: ${range}.` : `${label}: nothing yet.`);
  }
  return chart;
}

/** Sets an attribute that changed. */
function write(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Writes a text that changed. */
function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
