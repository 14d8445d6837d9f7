import {html} from "htl";
import {typeset} from "../page/typeset.js";

export interface ModelRow {
  readonly title: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly license: string;
  readonly measured: string;
  readonly lacks: string;
}

/** The models of the site with what each is, its size and its licence. */
export function modelTable(models: readonly ModelRow[]): HTMLElement {
  return html`<ul class="models" aria-label="Models">${models.map(
    ({title, bytes, license, measured, lacks}) =>
      html`<li><strong>${title}</strong> <span class="quiet">${(bytes / 1e6).toFixed(1)} MB, ${license}</span>
        ${measured && html`<p>Accuracy: ${typeset(measured)}</p>`}${lacks && html`<p>${lacks}</p>`}</li>`
  )}</ul>` as HTMLElement;
}
