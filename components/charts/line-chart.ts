import {extent} from "d3-array";
import {scaleLinear} from "d3-scale";
import {line} from "d3-shape";
import {html, svg} from "htl";
import {onWidth} from "../page/on-width.js";

export interface LineSeries {
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  /** Lengths of strokes and gaps, so that lines are told apart without their colour; none for a whole line. */
  readonly dashes?: string;
  /** In the order of x; y is a share, 0-1. */
  readonly points: readonly {readonly x: number; readonly y: number}[];
}

export interface LineChart extends HTMLElement {
  update(series: readonly LineSeries[]): void;
}

/** Before the chart is on the page. */
const INITIAL_WIDTH = 640;
const HEIGHT = 280;
const LEFT = 46;
const BOTTOM = 36;
const TOP = 10;
const RIGHT = 14;
const FONT = "font-size:13px";

/** Shares against a number that has few values, a line each; the scale holds what is there, not zero. */
export function lineChart({label, xTitle}: {readonly label: string; readonly xTitle: string}): LineChart {
  const drawing = html`<svg height=${HEIGHT} role="img" aria-label=${label}></svg>` as HTMLElement;
  const legend = html`<ul class="chart-legend"></ul>` as HTMLElement;
  const chart = html`<div class="line-chart">${drawing}${legend}</div>` as LineChart;
  let width = INITIAL_WIDTH;
  let content: readonly LineSeries[] = [];

  chart.update = (next) => {
    content = next;
    draw();
    const spoken = next.map(({name, points}) => `${name}: ${points.map(({x, y}) => `${percent(y)} at ${x}`).join(", ")}`);
    drawing.setAttribute("aria-label", `${label}, by ${xTitle}. ${spoken.join(". ")}.`);
    legend.replaceChildren(...next.map((series) => html`<li>${sampleOf(series)}${series.name}</li>` as Node));
  };
  onWidth(chart, (now) => {
    width = now;
    draw();
  });

  function draw(): void {
    const all = content.flatMap(({points}) => points);
    const [first = 0, last = 1] = extent(all, ({x}) => x);
    const [least = 0, most = 1] = extent(all, ({y}) => y);
    const x = scaleLinear([first, last], [LEFT + 8, width - RIGHT]);
    const y = scaleLinear([least, most], [HEIGHT - BOTTOM, TOP]).nice(5);
    const path = line<LineSeries["points"][number]>(
      (point) => x(point.x),
      (point) => y(point.y)
    );
    drawing.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    drawing.replaceChildren(
      ...y.ticks(5).map(
        (tick) => svg`<g>
          <line x1=${LEFT} x2=${width - RIGHT} y1=${y(tick)} y2=${y(tick)} style="stroke:var(--rule)"></line>
          <text class="quiet" x=${LEFT - 6} y=${y(tick) + 4} text-anchor="end" style=${FONT}>${Math.round(100 * tick)} %</text>
        </g>`
      ),
      ...[...new Set(all.map((point) => point.x))].map(
        (tick) => svg`<text class="quiet" x=${x(tick)} y=${HEIGHT - BOTTOM + 17} text-anchor="middle" style=${FONT}>${tick}</text>`
      ),
      svg`<text class="quiet" x=${(LEFT + width - RIGHT) / 2} y=${HEIGHT - 3} text-anchor="middle" style=${FONT}>${xTitle}</text>`,
      ...content.map(
        (series) => svg`<g>
          <path d=${path(series.points)} style=${strokeOf(series)}></path>
          ${series.points.map((point) => svg`<circle cx=${x(point.x)} cy=${y(point.y)} r="3" style=${`fill:${series.colour}`}></circle>`)}
        </g>`
      )
    );
  }
  return chart;
}

function strokeOf({colour, dashes = "none"}: LineSeries): string {
  return `fill:none;stroke:${colour};stroke-width:2.5;stroke-dasharray:${dashes}`;
}

/** A piece of a line, for the legend. */
function sampleOf(series: LineSeries): Node {
  return svg`<svg width="34" height="10" aria-hidden="true"><line x1="1" x2="33" y1="5" y2="5" style=${strokeOf(series)}></line></svg>` as Node;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
