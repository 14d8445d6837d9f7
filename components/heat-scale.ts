import {html} from "htl";
import {diverging} from "./colour-maps.js";
import type {Colour} from "./colour-maps.js";

export interface HeatScale extends HTMLElement {
  /** Says what the ends of the scale mean. */
  update(low: string, high: string): void;
}

/** How a value with a sign is laid over a photo: its colour, and how much of it; nothing at zero. */
export function heat(extent: number): (value: number) => readonly [...Colour, alpha: number] {
  const colour = diverging(extent);
  return (value) => [...colour(value), 230 * Math.min(1, Math.abs(value) / (extent || 1)) ** 0.7];
}

/** Stops of the scale's gradient. */
const STOPS = 9;

/** The colours of `heat` from one end to the other, with words at both. */
export function heatScale(): HeatScale {
  const left = html`<span></span>` as HTMLElement;
  const right = html`<span></span>` as HTMLElement;
  const bar = html`<div class="heat-bar"></div>` as HTMLElement;
  const scale = html`<div class="heat-scale">${bar}<div class="heat-ends">${left}${right}</div></div>` as HTMLElement as HeatScale;
  const stops = Array.from({length: STOPS}, (_, i) => {
    const [r, g, b, alpha] = heat(1)((2 * i) / (STOPS - 1) - 1);
    return `rgb(${r} ${g} ${b} / ${alpha / 255})`;
  });
  bar.style.background = `linear-gradient(to right, ${stops.join(", ")}), #d8d8d8`;
  scale.update = (low, high) => {
    left.textContent = low;
    right.textContent = high;
  };
  return scale;
}
