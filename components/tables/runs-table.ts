import {html} from "htl";

export type RunsRow = readonly [name: string, a: string, b: string];

export interface RunsTable extends HTMLElement {
  /** A value is text with its unit; rows whose values differ are marked. */
  update(rows: readonly RunsRow[]): void;
}

/** Facts about two runs side by side. */
export function runsTable(): RunsTable {
  const body = html`<tbody></tbody>` as HTMLElement;
  const table = html`<table aria-label="Both runs">
    <thead><tr><td></td><th scope="col">A</th><th scope="col">B</th></tr></thead>
    ${body}
  </table>` as RunsTable;
  table.update = (rows) =>
    body.replaceChildren(
      ...rows.map(
        ([name, a, b]) => html`<tr class=${a === b ? "" : "differs"}><th scope="row">${name}</th><td>${a}</td><td>${b}</td></tr>` as Node
      )
    );
  return table;
}
