import {html} from "htl";

/**
 * Rows of texts under the names of their columns; wider than the screen it scrolls in itself.
 *
 * @param options.of how many rows there are, of which these are the first
 */
export function dataTable({
  columns,
  rows,
  of
}: {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly of: number;
}): HTMLElement {
  const isNumber = columns.map((_, index) => rows.every((row) => row[index] === "" || Number.isFinite(Number(row[index]))));
  return html`<div class="data-table" tabindex="0" role="group" aria-label="Table">
    <table>
      <thead><tr>${columns.map((name, index) => html`<th scope="col" class=${isNumber[index] ? "number" : null}>${name}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${row.map((text, index) => html`<td class=${isNumber[index] ? "number" : null}>${text}</td>`)}</tr>`)}</tbody>
    </table>
    ${of > rows.length ? html`<p class="hint">The first ${rows.length} of ${of} rows.</p>` : null}
  </div>` as HTMLElement;
}
