import {area, line, scaleLinear, stack} from "d3";
import {html, svg} from "htl";
import {onWidth} from "../page/on-width.js";

export interface ShareSeries {
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  /** Share (0-1) at x = 1, 2, 3, ... */
  readonly shares: readonly number[];
}

export interface ShareChart extends HTMLElement {
  /** @param marked the x that a line marks */
  update(series: readonly ShareSeries[], marked: number): void;
}

/** Before the chart is on the page. */
const INITIAL_WIDTH = 720;
const HEIGHT = 300;
const LEFT = 46;
const BOTTOM = 36;
const TOP = 8;
const RIGHT = 10;

const percentOf = (share = 0) => `${(share * 100).toFixed(1)} %`;

/** Shares that add up to one, stacked, against a whole number. */
export function shareChart({label, xTitle}: {readonly label: string; readonly xTitle: string}): ShareChart {
  const drawing = html`<svg height=${HEIGHT} role="img" aria-label=${label}></svg>` as HTMLElement;
  const legend = html`<ul class="chart-legend"></ul>` as HTMLElement;
  const chart = html`<div class="share-chart">${drawing}${legend}</div>` as ShareChart;
  let width = INITIAL_WIDTH;
  let content: Parameters<ShareChart["update"]> | null = null;

  chart.update = (...next) => {
    content = next;
    draw(...next);
  };
  onWidth(chart, (now) => {
    width = now;
    if (content) draw(...content);
  });

  function draw(series: readonly ShareSeries[], marked: number): void {
    drawing.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    const length = series[0]?.shares.length ?? 0;
    const spoken = series.map(({name, shares}) => `${name} ${percentOf(shares[0])} at 1, ${percentOf(shares.at(-1))} at ${length}`);
    drawing.setAttribute("aria-label", length > 0 ? `${label}, by ${xTitle}. ${spoken.join("; ")}.` : label);
    const x = scaleLinear([1, Math.max(2, length)], [LEFT, width - RIGHT]);
    const y = scaleLinear([0, 1], [HEIGHT - BOTTOM, TOP]);
    const rows = Array.from({length}, (_, index) => Object.fromEntries(series.map(({name, shares}) => [name, shares[index]!])));
    const layers = stack<Record<string, number>>().keys(series.map(({name}) => name))(rows);
    const shape = area<[number, number]>(
      (_, index) => x(index + 1),
      ([from]) => y(from),
      ([, to]) => y(to)
    );
    const rim = line<[number, number]>(
      (_, index) => x(index + 1),
      ([, to]) => y(to)
    );
    drawing.replaceChildren(
      ...layers.map(
        (layer, index) =>
          svg`<g><path d=${shape(layer as unknown as [number, number][])} style=${`fill:${series[index]!.colour}`}></path><path d=${rim(layer as unknown as [number, number][])} style="fill:none;stroke:var(--page);stroke-width:1.5"></path></g>`
      ),
      ...y
        .ticks(4)
        .map(
          (tick) =>
            svg`<text class="quiet" x=${LEFT - 6} y=${y(tick) + 4} text-anchor="end" style="font-size:13px">${Math.round(tick * 100)} %</text>`
        ),
      ...x
        .ticks(width / 80)
        .filter(Number.isInteger)
        .map(
          (tick) =>
            svg`<text class="quiet" x=${x(tick)} y=${HEIGHT - BOTTOM + 17} text-anchor="middle" style="font-size:13px">${tick}</text>`
        ),
      svg`<text class="quiet" x=${(LEFT + width - RIGHT) / 2} y=${HEIGHT - 3} text-anchor="middle" style="font-size:13px">${xTitle}</text>`,
      svg`<line x1=${x(marked)} x2=${x(marked)} y1=${TOP} y2=${HEIGHT - BOTTOM} style="stroke:var(--ink);stroke-width:2"></line>`
    );
    legend.replaceChildren(
      ...series.map(
        ({name, colour, shares}) =>
          html`<li><span class="swatch" style=${`background:${colour}`}></span>${name}: ${percentOf(shares[marked - 1])}</li>` as Node
      )
    );
  }
  return chart;
}
