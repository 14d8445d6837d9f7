import {html} from "htl";

/** A table that says with numbers what the picture above it shows, folded. */
export function asTable(table: Node): HTMLElement {
  return html`<details class="as-table"><summary>The same as a table</summary>${table}</details>` as HTMLElement;
}
