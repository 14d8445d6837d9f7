import {html} from "htl";

export interface Interval {
  readonly name: string;
  /** Shares, 0-1. */
  readonly first: number;
  readonly second: number;
  /** The second less the first, and the ends of its interval. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

export interface DifferenceIntervals extends HTMLElement {
  update(names: {readonly first: string; readonly second: string}, intervals: readonly Interval[]): void;
}

/** Two results side by side, a measure a row: how far they lie apart, and the interval of it around zero. */
export function differenceIntervals({label}: {readonly label: string}): DifferenceIntervals {
  const view = html`<div class="difference-intervals scroll" role="region" tabindex="0" aria-label=${label}></div>` as DifferenceIntervals;
  view.update = (names, intervals) => {
    const extent = Math.max(0.005, ...intervals.flatMap(({low, high}) => [Math.abs(low), Math.abs(high)])) * 1.1;
    const at = (value: number) => 50 + (50 * value) / extent;
    view.replaceChildren(
      html`<table><caption>Per cent; the difference in points, with the interval that 95 of 100 draws of these photos hold.</caption>
      <thead><tr><td></td><th scope="col" class="number">${names.first}</th><th scope="col" class="number">${names.second}</th>
        <th scope="col" class="number">Difference</th><th scope="col">compared is worse ← 0 → better</th></tr></thead>
      <tbody>${intervals.map(
        ({name, first, second, difference, low, high}) =>
          html`<tr><th scope="row">${name}</th><td class="number">${percent(first)}</td><td class="number">${percent(second)}</td>
          <td class="number">${points(difference)} <span class="quiet">[${points(low)}, ${points(high)}]</span></td>
          <td><span class=${`interval ${low <= 0 && high >= 0 ? "open" : ""}`} style=${`--low:${at(low)}%;--high:${at(high)}%;--at:${at(difference)}%`}><i></i><b></b></span></td></tr>`
      )}</tbody></table>` as Node
    );
  };
  return view;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

/** A difference of shares in percentage points, with its sign, which zero has too. */
export function points(share: number): string {
  const value = (100 * share).toFixed(1);
  return share < 0 ? value.replace("-", "−") : `+${value}`;
}
