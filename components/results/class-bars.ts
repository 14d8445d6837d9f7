import {html} from "htl";

export interface ClassBar {
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  /** 0-1; null where there is no value. */
  readonly share: number | null;
  /** What is said beside the value. */
  readonly note: string;
}

export interface ClassBars extends HTMLElement {
  update(bars: readonly ClassBar[]): void;
}

/** A share of each class as a bar from zero to one. */
export function classBars({label}: {readonly label: string}): ClassBars {
  const list = html`<ul class="class-bars" aria-label=${label}></ul>` as HTMLElement as ClassBars;
  list.update = (bars) =>
    list.replaceChildren(
      ...bars.map(
        ({name, colour, share, note}) =>
          html`<li><span class="class-bar-name">${name}</span><span class="class-bar-value">${share === null ? "–" : `${(100 * share).toFixed(1)} %`}</span>
          <span class="bar" style=${`--share:${share ?? 0};--colour:${colour}`}></span><span class="quiet">${note}</span></li>` as Node
      )
    );
  return list;
}
