import {bin, max, quantileSorted} from "d3-array";
import {scaleLinear} from "d3-scale";
import {html, svg} from "htl";
import {sizedDrawing} from "./sized-drawing.js";
import type {Drawn, SizedDrawing} from "./sized-drawing.js";

export interface SpreadRow {
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  readonly values: Float32Array;
}

export interface SpreadRows {
  readonly rows: readonly SpreadRow[];
  /** What all rows would be if nothing differed. */
  readonly ideal: number;
  readonly idealName: string;
  /** The scale; what lies beyond is counted at its ends. */
  readonly from: number;
  readonly to: number;
}

const ROW = 84;
const TOP = 22;
const BOTTOM = 40;
const LEFT = 12;
const RIGHT = 12;
const FONT = "font-size:13px";
const BINS = 60;
/** The middle eight tenths. */
const RANGE = [0.1, 0.9] as const;

/** How values spread, a row each under one scale: how often which occur, the middle eight tenths, and the median. */
export function spreadRows({
  label,
  xTitle,
  rows
}: {
  readonly label: string;
  readonly xTitle: string;
  readonly rows: number;
}): SizedDrawing<SpreadRows> {
  return sizedDrawing({label, height: TOP + rows * ROW + BOTTOM, draw: (content, width) => draw(content, width, xTitle)});
}

function draw({rows, ideal, idealName, from, to}: SpreadRows, width: number, xTitle: string): Drawn {
  const x = scaleLinear([from, to], [LEFT, width - RIGHT]).clamp(true);
  const foot = TOP + rows.length * ROW;
  return {
    nodes: [
      ...x
        .ticks(width / 90)
        .map((tick) => svg`<text class="quiet" x=${x(tick)} y=${foot + 17} text-anchor="middle" style=${FONT}>${tick}</text>` as Node),
      svg`<text class="quiet" x=${(LEFT + width - RIGHT) / 2} y=${foot + 35} text-anchor="middle" style=${FONT}>${xTitle}</text>` as Node,
      ...rows.map((row, index) => drawRow(row, TOP + (index + 1) * ROW, x)),
      svg`<line x1=${x(ideal)} x2=${x(ideal)} y1=${TOP - 4} y2=${foot} style="stroke:var(--ink);stroke-width:1.5;stroke-dasharray:5 4"></line>` as Node,
      svg`<text x=${x(ideal)} y=${TOP - 8} text-anchor="middle" style=${FONT}>${idealName}</text>` as Node
    ],
    spoken: rows
      .map((row) => {
        const [low, middle, high] = quantiles(row);
        return `${row.name}: from ${low.toFixed(2)} to ${high.toFixed(2)} in the middle eight tenths, median ${middle.toFixed(2)}.`;
      })
      .join(" "),
    legend: [html`<li>the bar under each: its middle eight tenths, with the median</li>` as Node]
  };
}

function quantiles({values}: SpreadRow): [number, number, number] {
  const sorted = Array.from(values).sort((a, b) => a - b);
  const at = (share: number) => quantileSorted(sorted, share) ?? NaN;
  return [at(RANGE[0]), at(0.5), at(RANGE[1])];
}

type Scale = ((value: number) => number) & {domain(): number[]};

function drawRow(row: SpreadRow, base: number, x: Scale): Node {
  const [from, to] = x.domain() as [number, number];
  const inside = Array.from(row.values, (value) => Math.min(Math.max(value, from), to));
  const bins = bin()
    .domain([from, to])
    .thresholds(Array.from({length: BINS - 1}, (_, i) => from + ((i + 1) * (to - from)) / BINS))(inside);
  const most = max(bins, ({length}) => length) || 1;
  const y = scaleLinear([0, most], [base - 12, base - ROW + 18]);
  const bars = bins.map(({x0, x1, length}) => (length > 0 ? `M${x(x0!)} ${base - 12}V${y(length)}H${x(x1!)}V${base - 12}Z` : "")).join("");
  const [low, middle, high] = quantiles(row);
  return svg`<g><path d=${bars} style=${`fill:${row.colour}`}></path>
    <line x1=${LEFT} x2=${x(to)} y1=${base - 12} y2=${base - 12} style="stroke:var(--rule)"></line>
    <line x1=${x(low)} x2=${x(high)} y1=${base - 6} y2=${base - 6} style=${`stroke:${row.colour};stroke-width:4`}></line>
    <circle cx=${x(middle)} cy=${base - 6} r="4.5" style=${`fill:${row.colour};stroke:var(--page);stroke-width:1.5`}></circle>
    <text x=${LEFT} y=${base - ROW + 28} style=${FONT}>${row.name}</text></g>` as Node;
}
