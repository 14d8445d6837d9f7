import {html} from "htl";

export interface CostBar {
  readonly name: string;
  /** Length of the bar, in the same unit as the others'. */
  readonly value: number;
  /** The value as the reader sees it, with its unit. */
  readonly text: string;
  /** CSS colour; the colour of cost where it is not said. */
  readonly colour?: string;
}

export interface CostBars extends HTMLElement {
  update(bars: readonly CostBar[]): void;
}

/** Quantities side by side as bars from one zero; the longest fills the width. */
export function costBars({label}: {readonly label: string}): CostBars {
  const list = html`<ul class="cost-bars" aria-label=${label}></ul>` as HTMLElement as CostBars;
  list.update = (bars) => {
    const longest = Math.max(...bars.map(({value}) => value)) || 1;
    list.replaceChildren(
      ...bars.map(
        ({name, value, text, colour = "var(--concept-cost)"}) =>
          html`<li>
          <span class="cost-name">${name}</span><span class="cost-text">${text}</span>
          <span class="cost-bar" style=${`--share:${value / longest};--colour:${colour}`}></span>
        </li>` as Node
      )
    );
  };
  return list;
}
