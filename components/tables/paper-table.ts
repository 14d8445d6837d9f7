import {html} from "htl";
import {figureBlock} from "../page/figure-block.js";
import type {Quoted} from "../page/figure-from.js";

/** What a paper measured, as its table gives it. */
export interface PaperTable {
  readonly title: string;
  /** Names of the columns, the first being what was varied. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What was measured, and on what. */
  readonly measured: string;
  readonly from: Quoted;
}

/** A figure: some rows of a paper's table, which are the paper's and not this site's. @param remark what to see in them */
export function paperTable({title, columns, rows, measured, from}: PaperTable, remark: string): HTMLElement {
  const [first, ...others] = columns;
  return figureBlock({
    title,
    body: html`<div class="scroll" role="region" tabindex="0" aria-label=${title}><table>
      <thead><tr><th scope="col">${first}</th>${others.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
      <tbody>${rows.map(
        ([name, ...values]) => html`<tr><th scope="row">${name}</th>${values.map((value) => html`<td class="number">${value}</td>`)}</tr>`
      )}</tbody>
    </table></div>` as HTMLElement,
    caption: `${measured}, as the paper has it: none of it is computed here. ${remark}`,
    from
  });
}
