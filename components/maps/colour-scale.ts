import {html} from "htl";
import type {Colour, Shade} from "./colour-values.js";

export interface ColourScale extends HTMLElement {
  /** @param words what stands under the low end, the middle and the high end; an empty one is left out */
  update(
    range: {readonly low: number; readonly high: number},
    colour: (value: number) => Colour | Shade,
    words: readonly [low: string, middle: string, high: string]
  ): void;
}

const STEPS = 12;

/** A colour scale as a bar, with words for what its ends mean. */
export function colourScale({label}: {readonly label: string}): ColourScale {
  const bar = html`<span class="scale-bar" aria-hidden="true"></span>` as HTMLElement;
  const ends = html`<span class="scale-words"></span>` as HTMLElement;
  const scale = html`<div class="colour-scale" role="group" aria-label=${label}>${bar}${ends}</div>` as ColourScale;
  scale.update = ({low, high}, colour, words) => {
    const stops = Array.from({length: STEPS + 1}, (_, i) => {
      const [r, g, b, alpha = 255] = colour(low + ((high - low) * i) / STEPS);
      return `rgb(${r} ${g} ${b} / ${alpha / 255})`;
    });
    bar.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
    ends.replaceChildren(...words.map((word) => html`<span>${word}</span>` as Node));
  };
  return scale;
}
