import {html} from "htl";
import type {Point} from "./picture-figure.js";

/** A name, and the point of the picture in whose middle it stands. */
export interface PlacedName extends Point {
  readonly name: string;
}

export interface MaskNames extends HTMLElement {
  /** Writes these names, and no others. */
  show(names: readonly PlacedName[]): void;
}

/** Names over the picture that this stands in. Those who listen hear them in the picture's description. */
export function maskNames(): MaskNames {
  const element = html`<div class="mask-names" aria-hidden="true"></div>` as MaskNames;
  element.show = (placed) =>
    element.replaceChildren(
      ...placed.map(
        ({name, x, y}) =>
          html`<span style=${`--x:${(100 * x).toFixed(2)}%;--y:${(100 * y).toFixed(2)}%;--letters:${name.length}`}>${name}</span>` as Node
      )
    );
  return element;
}
