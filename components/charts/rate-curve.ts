import {scaleLog} from "d3-scale";
import {line} from "d3-shape";
import {html, svg} from "htl";
import {sizedDrawing} from "./sized-drawing.js";
import type {Drawn, SizedDrawing} from "./sized-drawing.js";

export interface RateCurve {
  /** Loss before the step. */
  readonly before: number;
  /** In the order of rates; a loss may be no number. */
  readonly after: readonly {readonly rate: number; readonly loss: number}[];
  /** Place of the chosen rate. */
  readonly chosen: number;
}

const HEIGHT = 230;
const LEFT = 56;
const RIGHT = 16;
const TOP = 14;
const BASE = HEIGHT - 40;
const FONT = "font-size:13px";
/** The scale goes no further above the loss before than this factor: beyond, a step is lost. */
const MOST = 100;

/**
 * The loss after one step of descent against the learning rate, both by powers of ten, and the loss before it.
 *
 * @param options.onRate called with the place of the rate whose point is pressed
 */
export function rateCurve({label, onRate}: {readonly label: string; onRate(place: number): void}): SizedDrawing<RateCurve> {
  return sizedDrawing({label, height: HEIGHT, draw: (content, width) => draw(content, width, onRate)});
}

function draw({before, after, chosen}: RateCurve, width: number, onRate: (place: number) => void): Drawn {
  const most = MOST * before;
  const shown = (loss: number) => (loss <= most ? loss : most);
  const losses = after.map(({loss}) => shown(loss));
  const x = scaleLog([after[0]!.rate, after.at(-1)!.rate], [LEFT + 10, width - RIGHT]);
  const y = scaleLog([0.8 * Math.min(before, ...losses), 1.2 * Math.max(before, ...losses)], [BASE, TOP]);
  const path = line<number>(
    (_, place) => x(after[place]!.rate),
    (loss) => y(loss)
  );
  const best = losses.indexOf(Math.min(...losses));
  const ticks = y.ticks(4).filter((tick) => /^[125]e/.test(tick.toExponential()));
  return {
    nodes: [
      ...ticks.map(
        (tick) =>
          svg`<g><line x1=${LEFT} x2=${width - RIGHT} y1=${y(tick)} y2=${y(tick)} style="stroke:var(--rule)"></line>
          <text class="quiet" x=${LEFT - 6} y=${y(tick) + 4} text-anchor="end" style=${FONT}>${short(tick)}</text></g>` as Node
      ),
      ...after
        .filter(({rate}) => /^1e/.test(rate.toExponential()))
        .map(
          ({rate}) =>
            svg`<text class="quiet" x=${x(rate)} y=${BASE + 17} text-anchor="middle" style=${FONT}>10<tspan dy="-5" style="font-size:10px">${Math.round(Math.log10(rate))}</tspan></text>` as Node
        ),
      svg`<text class="quiet" x=${(LEFT + width - RIGHT) / 2} y=${HEIGHT - 4} text-anchor="middle" style=${FONT}>learning rate</text>` as Node,
      svg`<line x1=${LEFT} x2=${width - RIGHT} y1=${y(before)} y2=${y(before)} style="stroke:var(--concept-input);stroke-width:1.5;stroke-dasharray:6 4"></line>` as Node,
      svg`<path d=${path(losses)} style="fill:none;stroke:var(--concept-cost);stroke-width:2.5"></path>` as Node,
      ...after.map(({rate, loss}, place) => {
        const isChosen = place === chosen;
        return svg`<g style="cursor:pointer" onclick=${() => onRate(place)}><title>${lossInWords(loss)}</title>
          <rect x=${x(rate) - 12} y=${TOP} width="24" height=${BASE - TOP} style="fill:transparent"></rect>
          <circle cx=${x(rate)} cy=${y(losses[place]!)} r=${isChosen ? 7 : 3.5} style=${`fill:${isChosen ? "var(--concept-output)" : "var(--concept-cost)"};stroke:var(--page);stroke-width:1.5`}></circle></g>` as Node;
      })
    ],
    spoken: `Before the step ${lossInWords(before)}. The least, ${lossInWords(after[best]!.loss)}, is reached with ${after[best]!.rate}; with the chosen rate, ${after[chosen]!.rate}, it is ${lossInWords(after[chosen]!.loss)}.`,
    legend: [
      html`<li>${sampleOf("stroke:var(--concept-input);stroke-width:1.5;stroke-dasharray:6 4")}loss before the step: ${short(before)}</li>` as Node,
      html`<li>${sampleOf("stroke:var(--concept-cost);stroke-width:2.5")}after it, by learning rate${losses.some((loss) => loss === most) ? ` (drawn up to ${MOST} times the loss before)` : ""}</li>` as Node
    ]
  };
}

function sampleOf(style: string): Node {
  return svg`<svg width="34" height="10" aria-hidden="true"><line x1="1" x2="33" y1="5" y2="5" style=${style}></line></svg>` as Node;
}

/** A loss as the reader sees it. */
export function lossInWords(loss: number): string {
  return Number.isFinite(loss) ? short(loss) : "no number";
}

const SHORT = new Intl.NumberFormat("en", {notation: "compact", maximumSignificantDigits: 2});

function short(value: number): string {
  return SHORT.format(value);
}
