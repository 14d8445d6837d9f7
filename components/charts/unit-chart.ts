import {scaleBand, scaleLog} from "d3";
import {html, svg} from "htl";
import {sizedDrawing} from "./sized-drawing.js";
import type {Drawn, SizedDrawing} from "./sized-drawing.js";

/** A unit of a backbone as it runs. */
export interface ChartedUnit {
  readonly name: string;
  /** Longer side of its map in cells. */
  readonly side: number;
  /** In the classifier that it was taken from. */
  readonly trainedStride: number;
  readonly stride: number;
  readonly rate: number;
  /** Whether its input is added to its output. */
  readonly skip: boolean;
}

const HEIGHT = 214;
const TOP = 24;
const BOTTOM = 56;
const BASE = HEIGHT - BOTTOM;
/** Height of a skip's arc below the bars. */
const ARC = 14;
const FONT = "font-size:13px";
const SMALL = "font-size:12px";
/** Height of the bar of a map of one cell. */
const LEAST = 14;

/** Units in their order: how large their maps are, which rate they run at, where a stride is and where one became a rate, and skips. */
export function unitChart({label}: {readonly label: string}): SizedDrawing<readonly ChartedUnit[]> {
  return sizedDrawing({label, height: HEIGHT, draw});
}

/** A rate's colour: the hue of ASPP's, which deepens with the rate. */
function colourOf(rate: number): string {
  return `var(--rate-${rate <= 1 ? 1 : rate <= 2 ? 6 : rate <= 4 ? 12 : 18})`;
}

function draw(units: readonly ChartedUnit[], width: number): Drawn {
  const x = scaleBand(
    units.map(({name}) => name),
    [0, width]
  ).paddingInner(0.18);
  const y = scaleLog([1, Math.max(2, ...units.map(({side}) => side))], [BASE - LEAST, TOP]);
  const rates = [...new Set(units.map(({rate}) => rate))].sort((a, b) => a - b);
  const lost = units.filter(({stride, trainedStride}) => stride < trainedStride);
  const withSkip = units.filter(({skip}) => skip).length;
  const dilated = units.filter(({rate}) => rate > 1).length;
  return {
    nodes: [
      ...units.map((unit, index) => unitNode(unit, units[index - 1], x(unit.name)!, x.bandwidth(), y(unit.side))),
      svg`<text class="quiet" x=${width / 2} y=${HEIGHT - 6} text-anchor="middle" style=${FONT}>units in their order, and the side of their map</text>` as Node
    ],
    spoken: `${units.length} units; the map's side goes from ${units[0]?.side} to ${units.at(-1)?.side} cells. ${dilated} run at a rate above 1, ${lost.length} lost their stride, ${withSkip} have a skip.`,
    legend: [
      ...rates.map((rate) => html`<li><span class="swatch" style=${`background:${colourOf(rate)}`}></span>rate ${rate}</li>` as Node),
      ...(lost.length > 0 ? [html`<li><s aria-hidden="true">÷2</s> a stride that became a rate</li>` as Node] : []),
      ...(withSkip > 0 ? [html`<li><span class="unit-arc" aria-hidden="true"></span>skip</li>` as Node] : [])
    ]
  };
}

function unitNode(
  {name, side, trainedStride, stride, rate, skip}: ChartedUnit,
  before: ChartedUnit | undefined,
  x: number,
  width: number,
  top: number
): Node {
  const middle = x + width / 2;
  const isNew = side !== before?.side;
  const isLost = stride < trainedStride;
  const facts = `${name.replace("_", " ")}: ${side} cells a side, stride ${stride}${isLost ? ` instead of ${trainedStride}` : ""}, rate ${rate}${skip ? ", a skip" : ""}`;
  return svg`<g><title>${facts}</title>
    <rect x=${x} y=${top} width=${width} height=${BASE - top} rx="2" style=${`fill:${colourOf(rate)}`}></rect>
    ${isNew ? svg`<text x=${x} y=${top - 6} style=${FONT}>${side}</text>` : null}
    ${
      trainedStride > 1
        ? svg`<text class=${isLost ? "quiet" : ""} x=${middle} y=${BASE + ARC + 16} text-anchor="middle"
            style=${`${SMALL};${isLost ? "text-decoration:line-through" : "font-weight:650"}`}>÷${trainedStride}</text>`
        : null
    }
    ${skip ? svg`<path d=${`M${x} ${BASE + 2}C${x} ${BASE + ARC},${x + width} ${BASE + ARC},${x + width} ${BASE + 2}`} style="fill:none;stroke:var(--ink);stroke-width:1.5"></path>` : null}
  </g>` as Node;
}
