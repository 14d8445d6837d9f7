import {html} from "htl";

export interface MetricRow {
  readonly name: string;
  readonly value: string;
  /** The same measure of something simple that it is told apart from. */
  readonly baseline: string;
  /** What it rewards. */
  readonly words: string;
}

export interface MetricTable extends HTMLElement {
  update(rows: readonly MetricRow[], heads: {readonly value: string; readonly baseline: string}): void;
}

/** Measures with what they are here, what they would be of something simple, and what each rewards. */
export function metricTable({label}: {readonly label: string}): MetricTable {
  const view = html`<div class="metric-table"></div>` as MetricTable;
  view.update = (rows, heads) =>
    view.replaceChildren(
      html`<table aria-label=${label}><thead><tr><th scope="col">Measure</th><th scope="col" class="number">${heads.value}</th>
        <th scope="col" class="number">${heads.baseline}</th><th scope="col">What it rewards</th></tr></thead>
      <tbody>${rows.map(
        ({name, value, baseline, words}) =>
          html`<tr><th scope="row">${name}</th><td class="number metric-value">${value}</td><td class="number quiet">${baseline}</td><td class="metric-words">${words}</td></tr>`
      )}</tbody></table>` as Node
    );
  return view;
}
