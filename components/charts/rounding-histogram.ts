import {max} from "d3-array";
import {scaleLinear} from "d3-scale";
import {html, svg} from "htl";
import {sizedDrawing} from "./sized-drawing.js";
import type {Drawn, SizedDrawing} from "./sized-drawing.js";

export interface RoundingHistogram {
  /** Middle of the first bin, and the width of a bin. */
  readonly first: number;
  readonly width: number;
  /** Share of all values, 0-1, in each bin. */
  readonly before: ArrayLike<number>;
  readonly after: ArrayLike<number>;
}

const PANEL = 92;
const GAP = 16;
const LEFT = 52;
const RIGHT = 8;
const TOP = 18;
const BOTTOM = 34;
const HEIGHT = TOP + 2 * PANEL + GAP + BOTTOM;
const FONT = "font-size:13px";

/** How often values of which size occur, before rounding and after it, one under the other. */
export function roundingHistogram({label, xTitle}: {readonly label: string; readonly xTitle: string}): SizedDrawing<RoundingHistogram> {
  return sizedDrawing({label, height: HEIGHT, draw: (content, width) => draw(content, width, xTitle)});
}

function draw({first, width: bin, before, after}: RoundingHistogram, width: number, xTitle: string): Drawn {
  const x = scaleLinear([first - bin / 2, first + (before.length - 0.5) * bin], [LEFT, width - RIGHT]);
  const panel = (shares: ArrayLike<number>, name: string, base: number, colour: string) => {
    const most = max(Array.from(shares)) || 1;
    const y = scaleLinear([0, most], [base, base - PANEL + 14]);
    const bars = Array.from(shares, (share, i) =>
      share > 0 ? `M${x(first + (i - 0.5) * bin)} ${base}V${y(share)}H${x(first + (i + 0.5) * bin)}V${base}Z` : ""
    ).join("");
    return svg`<g><path d=${bars} style=${`fill:${colour}`}></path>
      <line x1=${LEFT} x2=${width - RIGHT} y1=${base} y2=${base} style="stroke:var(--rule)"></line>
      <text x=${LEFT} y=${base - PANEL + 6} style=${FONT}>${name}</text>
      <text class="quiet" x=${LEFT - 6} y=${y(most) + 5} text-anchor="end" style=${FONT}>${percent(most)}</text></g>` as Node;
  };
  const filled = (shares: ArrayLike<number>) => Array.from(shares).filter((share) => share > 0).length;
  const foot = TOP + 2 * PANEL + GAP;
  return {
    nodes: [
      panel(before, "before", TOP + PANEL, "var(--concept-input)"),
      panel(after, "after", foot, "var(--concept-kernel)"),
      ...x
        .ticks(width / 90)
        .map(
          (tick) =>
            svg`<text class="quiet" x=${x(tick)} y=${foot + 17} text-anchor="middle" style=${FONT}>${x.tickFormat(width / 90)(tick)}</text>` as Node
        ),
      svg`<text class="quiet" x=${(LEFT + width - RIGHT) / 2} y=${HEIGHT - 3} text-anchor="middle" style=${FONT}>${xTitle}</text>` as Node
    ],
    spoken: `Of ${before.length} bins from ${Number(first.toPrecision(2))} to ${Number((first + (before.length - 1) * bin).toPrecision(2))}, ${filled(before)} hold values before rounding and ${filled(after)} after it.`,
    legend: [
      html`<li><span class="swatch" style="background:var(--concept-input)"></span>before: ${filled(before)} of ${before.length} bins hold weights</li>` as Node,
      html`<li><span class="swatch" style="background:var(--concept-kernel)"></span>after: ${filled(after)}</li>` as Node
    ]
  };
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
