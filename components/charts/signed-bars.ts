import {html} from "htl";
import {signed} from "../tables/tap-sum.js";

export interface SignedBar {
  readonly name: string;
  readonly value: number;
  /** The value as the reader sees it; with two decimals where it is not said. */
  readonly text?: string;
  /** CSS colour. */
  readonly colour: string;
}

export interface SignedBars extends HTMLElement {
  /** @param extent the value at either end of the scale */
  update(bars: readonly SignedBar[], extent: number): void;
}

/** Values with a sign as bars to the left (negative) and right of a common zero. */
export function signedBars({label}: {readonly label: string}): SignedBars {
  const list = html`<ul class="signed-bars" aria-label=${label}></ul>` as HTMLElement as SignedBars;
  list.update = (bars, extent) =>
    list.replaceChildren(
      ...bars.map(({name, value, text = signed(value, 2), colour}) => {
        const half = 50 * Math.min(1, Math.abs(value) / (extent || 1));
        return html`<li><span class="cost-name">${name}</span><span class="cost-text">${text}</span>
          <span class="signed-bar"><span style=${`left:${value < 0 ? 50 - half : 50}%;width:${half}%;background:${colour}`}></span></span></li>` as Node;
      })
    );
  return list;
}
