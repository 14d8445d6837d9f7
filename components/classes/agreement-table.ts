import {html} from "htl";
import {percent} from "./class-legend.js";

export interface AgreementRow {
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  /** Share of the picture, 0-1, in A and in B. */
  readonly shareOfA: number;
  readonly shareOfB: number;
  /** Intersection over union of the two, 0-1. */
  readonly iou: number;
}

export interface AgreementTable extends HTMLElement {
  update(rows: readonly AgreementRow[]): void;
}

/** Class by class how far two masks agree. */
export function agreementTable(): AgreementTable {
  const body = html`<tbody></tbody>` as HTMLElement;
  const table = html`<table aria-label="Agreement by class">
    <thead><tr><th scope="col">Class</th><th scope="col" class="number">IoU of A and B</th><th scope="col" class="number">in A</th><th scope="col" class="number">in B</th></tr></thead>
    ${body}
  </table>` as AgreementTable;
  table.update = (rows) =>
    body.replaceChildren(
      ...rows.map(
        ({name, colour, shareOfA, shareOfB, iou}) =>
          html`<tr>
        <th scope="row"><span class="swatch" style=${`background:${colour}`}></span>${name}</th>
        <td class="number">${(100 * iou).toFixed(2)} %</td><td class="number">${percent(shareOfA)}</td><td class="number">${percent(shareOfB)}</td>
      </tr>` as Node
      )
    );
  return table;
}
