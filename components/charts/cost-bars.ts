import {html} from "htl";

export interface CostBar {
  readonly name: string;
  /** Length of the bar, in the same unit as the others'. */
  readonly value: number;
  /** The value as the reader sees it, with its unit. */
  readonly text: string;
  /** What the value is called where it is read by its name. */
  readonly label?: string;
  /** CSS colour; the colour of cost where it is not said. */
  readonly colour?: string;
}

export interface CostBars extends HTMLElement {
  /** @param longest what fills the width; the longest of them where it is not said */
  update(bars: readonly CostBar[], longest?: number): void;
}

/** Quantities side by side as bars from one zero; the longest fills the width. */
export function costBars({label}: {readonly label: string}): CostBars {
  const list = html`<ul class="cost-bars" aria-label=${label}></ul>` as HTMLElement as CostBars;
  list.update = (bars, longest = Math.max(...bars.map(({value}) => value)) || 1) => {
    list.replaceChildren(
      ...bars.map(
        ({name, value, text, label, colour = "var(--concept-cost)"}) =>
          html`<li>
          <span class="cost-name">${name}</span><span class="cost-text" role=${label === undefined ? null : "group"} aria-label=${label ?? null}>${text}</span>
          <span class="cost-bar" style=${`--share:${value / longest};--colour:${colour}`}></span>
        </li>` as Node
      )
    );
  };
  return list;
}
