import {scaleLinear} from "d3-scale";
import {html, svg} from "htl";
import {sizedDrawing} from "./sized-drawing.js";
import type {Drawn, SizedDrawing} from "./sized-drawing.js";

export interface LayerSignal {
  readonly name: string;
  /** Signal to noise in dB; Infinity where nothing is lost. */
  readonly decibels: number;
  readonly isDepthwise: boolean;
}

export interface LayerNoise {
  /** In the order in which they run. */
  readonly layers: readonly LayerSignal[];
  /** Name of the one that is marked. */
  readonly marked: string;
}

const HEIGHT = 230;
const LEFT = 52;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 34;
const BASE = HEIGHT - BOTTOM;
const FONT = "font-size:13px";
const MARK = 5;
/** The scale goes no further: beyond it nothing is lost that single precision keeps. */
const MOST = 80;

const DEPTHWISE = "fill:var(--concept-kernel);stroke:var(--concept-kernel)";
const OTHERS = "fill:var(--page);stroke:var(--concept-cost);stroke-width:1.5";

/**
 * Signal to noise of each layer's weights, a mark each: the depthwise ones filled circles, the others squares.
 *
 * @param options.onLayer called with the layer whose mark is pressed
 */
export function layerNoise({label, onLayer}: {readonly label: string; onLayer(name: string): void}): SizedDrawing<LayerNoise> {
  return sizedDrawing({label, height: HEIGHT, draw: (content, width) => draw(content, width, onLayer)});
}

function draw({layers, marked}: LayerNoise, width: number, onLayer: (name: string) => void): Drawn {
  const value = ({decibels}: LayerSignal) => Math.min(MOST, Math.max(0, decibels));
  const highest = Math.max(...layers.map(value), 10);
  const x = scaleLinear([0, Math.max(1, layers.length - 1)], [LEFT + 10, width - RIGHT]);
  const y = scaleLinear([0, highest], [BASE, TOP]).nice(5);
  const noisiest = layers.toSorted((a, b) => a.decibels - b.decibels)[0]!;
  return {
    nodes: [
      ...y.ticks(5).map(
        (tick) =>
          svg`<g><line x1=${LEFT} x2=${width - RIGHT} y1=${y(tick)} y2=${y(tick)} style="stroke:var(--rule)"></line>
          <text class="quiet" x=${LEFT - 6} y=${y(tick) + 4} text-anchor="end" style=${FONT}>${tick} dB</text></g>` as Node
      ),
      svg`<text class="quiet" x=${(LEFT + width - RIGHT) / 2} y=${HEIGHT - 8} text-anchor="middle" style=${FONT}>layers in the order in which they run</text>` as Node,
      ...layers.map((layer, index) => markOf(layer, x(index), y(value(layer)), layer.name === marked, onLayer))
    ],
    spoken: `${layers.length} layers; the noisiest is ${noisiest.name}, ${decibelsInWords(noisiest.decibels)}.`,
    legend: [
      html`<li>${sampleOf(true)}depthwise</li>` as Node,
      html`<li>${sampleOf(false)}other convolutions</li>` as Node,
      html`<li>noisiest: ${noisiest.name}, ${decibelsInWords(noisiest.decibels)}</li>` as Node
    ]
  };
}

/** Decibels as the reader sees them. */
export function decibelsInWords(decibels: number): string {
  return decibels >= MOST ? (decibels === Infinity ? "nothing lost" : `over ${MOST} dB`) : `${decibels.toFixed(1)} dB`;
}

function markOf(
  {name, decibels, isDepthwise}: LayerSignal,
  x: number,
  y: number,
  isMarked: boolean,
  onLayer: (name: string) => void
): Node {
  return svg`<g style="cursor:pointer" onclick=${() => onLayer(name)}><title>${name}: ${decibelsInWords(decibels)}</title>
    <rect x=${x - 2 * MARK} y=${y - 2 * MARK} width=${4 * MARK} height=${4 * MARK} style="fill:transparent"></rect>
    ${isMarked ? svg`<circle cx=${x} cy=${y} r=${2 * MARK} style="fill:none;stroke:var(--ink);stroke-width:2"></circle>` : null}
    ${shapeOf(isDepthwise, x, y)}</g>` as Node;
}

function shapeOf(isDepthwise: boolean, x: number, y: number): Node {
  return (
    isDepthwise
      ? svg`<circle cx=${x} cy=${y} r=${MARK} style=${DEPTHWISE}></circle>`
      : svg`<rect x=${x - MARK + 1} y=${y - MARK + 1} width=${2 * MARK - 2} height=${2 * MARK - 2} style=${OTHERS}></rect>`
  ) as Node;
}

function sampleOf(isDepthwise: boolean): Node {
  return svg`<svg width="12" height="12" aria-hidden="true">${shapeOf(isDepthwise, 6, 6)}</svg>` as Node;
}
