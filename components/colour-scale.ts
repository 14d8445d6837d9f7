import {html} from "htl";
import type {Colour} from "./colour-maps.js";

export interface ColourScale extends HTMLElement {
  /** @param words what stands under the low end, the middle and the high end; an empty one is left out */
  update(range: {readonly low: number; readonly high: number}, colour: (value: number) => Colour, words: readonly [low: string, middle: string, high: string]): void;
}

const STEPS = 12;

/** A colour scale as a bar, with words for what its ends mean. */
export function colourScale({label}: {readonly label: string}): ColourScale {
  const bar = html`<span class="scale-bar" aria-hidden="true"></span>` as HTMLElement;
  const ends = html`<span class="scale-words"></span>` as HTMLElement;
  const scale = html`<div class="colour-scale" role="group" aria-label=${label}>${bar}${ends}</div>` as ColourScale;
  scale.update = ({low, high}, colour, words) => {
    const stops = Array.from({length: STEPS + 1}, (_, i) => `rgb(${colour(low + ((high - low) * i) / STEPS).join(" ")})`);
    bar.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
    ends.replaceChildren(...words.map((word) => html`<span>${word}</span>` as Node));
  };
  return scale;
}
