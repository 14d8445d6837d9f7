import {scaleLog} from "d3-scale";
import {html, svg} from "htl";
import {sizedDrawing} from "./sized-drawing.js";
import type {Drawn, SizedDrawing} from "./sized-drawing.js";

export interface ChannelRanges {
  /** Largest magnitude of the weights of each channel, from the widest to the narrowest. */
  readonly reach: ArrayLike<number>;
  /** Step of the grid that they are rounded to, in the same order; null where there is none. */
  readonly steps: ArrayLike<number> | null;
  /** Place of the channel that is marked. */
  readonly marked: number;
}

const HEIGHT = 270;
const LEFT = 52;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 34;
const BASE = HEIGHT - BOTTOM;
const FONT = "font-size:13px";
/** Channels whose weights are smaller than this share of the widest's hold nothing but rounding: they would stretch the scale. */
const NOTHING = 1e-5;

const STEP = "fill:none;stroke:var(--ink);stroke-width:1.5;stroke-dasharray:5 4";
const HALF = "fill:none;stroke:var(--ink);stroke-width:2";
/** Under both, for they cross bars of all colours. */
const HALO = "fill:none;stroke:var(--page);stroke-width:4";
const KEPT = "fill:var(--concept-kernel)";
const LOST = "fill:var(--danger)";

/** How far the weights of each channel of a layer reach, on a logarithmic scale, and the step of the grid that they are rounded to. */
export function channelRanges({label}: {readonly label: string}): SizedDrawing<ChannelRanges> {
  return sizedDrawing({label, height: HEIGHT, draw});
}

/** Whether nothing is left of the channel at a place. */
function isLost({reach, steps}: ChannelRanges, place: number): boolean {
  return steps !== null && reach[place]! < steps[place]! / 2;
}

function draw(content: ChannelRanges, width: number): Drawn {
  const {reach, steps, marked} = content;
  const places = Array.from(reach, (_, place) => place);
  const highest = reach[0]! || 1;
  const shown = places.flatMap((place) => [reach[place]!, steps ? steps[place]! / 2 : reach[place]!]);
  const lowest = Math.min(...shown.filter((value) => value > NOTHING * highest), highest);
  const y = scaleLog([lowest / 1.6, highest * 1.3], [BASE, TOP]).clamp(true);
  const side = (width - LEFT - RIGHT) / reach.length;
  const x = (place: number) => LEFT + place * side;
  // Wide bars stand apart.
  const bar = side > 3 ? side - 1 : side;
  const bars = (of: readonly number[]) =>
    of.map((place) => `M${x(place)} ${BASE}V${y(Math.max(reach[place]!, Number.MIN_VALUE))}h${bar}V${BASE}Z`).join("");
  const stair = (share: number) =>
    places.map((place) => `${place === 0 ? "M" : "L"}${x(place)} ${y(share * steps![place]! || Number.MIN_VALUE)}h${side}`).join("");
  const lost = places.filter((place) => isLost(content, place));
  const kept = places.filter((place) => !isLost(content, place));
  const ticks = y.ticks().filter((tick) => Math.abs(Math.log10(tick) - Math.round(Math.log10(tick))) < 1e-9);
  return {
    nodes: [
      ...ticks.map(
        (tick) =>
          svg`<g><line x1=${LEFT} x2=${width - RIGHT} y1=${y(tick)} y2=${y(tick)} style="stroke:var(--rule)"></line>
          <text class="quiet" x=${LEFT - 6} y=${y(tick) + 4} text-anchor="end" style=${FONT}>${tick}</text></g>` as Node
      ),
      svg`<path d=${bars(kept)} style=${KEPT}></path>` as Node,
      svg`<path d=${bars(lost)} style=${LOST}></path>` as Node,
      ...(steps ? [HALO, STEP].map((style) => svg`<path d=${stair(1)} style=${style}></path>` as Node) : []),
      ...(steps ? [HALO, HALF].map((style) => svg`<path d=${stair(0.5)} style=${style}></path>` as Node) : []),
      svg`<path d=${`M${x(marked) + side / 2} ${BASE + 1}l5 9h-10Z`} style="fill:var(--ink)"></path>` as Node,
      svg`<text class="quiet" x=${(LEFT + width - RIGHT) / 2} y=${HEIGHT - 4} text-anchor="middle" style=${FONT}>${reach.length} channels, the widest first</text>` as Node
    ],
    spoken: `Largest weight of ${reach.length} channels: from ${short(highest)} down to ${short(reach[reach.length - 1]!)}${steps ? `; steps from ${short(steps[0]!)} to ${short(steps[reach.length - 1]!)}; ${lost.length} channels are zero after rounding` : ""}.`,
    legend: [
      html`<li><span class="swatch" style="background:var(--concept-kernel)"></span>largest weight of a channel</li>` as Node,
      ...(steps
        ? [
            html`<li><span class="swatch" style="background:var(--danger)"></span>all of it rounded to zero: ${lost.length} ${lost.length === 1 ? "channel" : "channels"}</li>` as Node,
            html`<li>${sampleOf(STEP)}one step</li>` as Node,
            html`<li>${sampleOf(HALF)}half a step: what is below becomes zero</li>` as Node
          ]
        : [])
    ]
  };
}

function sampleOf(style: string): Node {
  return svg`<svg width="30" height="10" aria-hidden="true"><path d="M1 5H29" style=${style}></path></svg>` as Node;
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)));
}
