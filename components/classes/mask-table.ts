import {html} from "htl";
import {percent} from "./class-legend.js";

export interface MaskRow {
  readonly name: string;
  /** Share of the picture, 0-1. */
  readonly share: number;
  /** Where in the picture it lies, in words. */
  readonly place: string;
  /** Between what columns and rows nearly all of it lies, 0-1 of the picture's width and height. */
  readonly extent: {readonly left: number; readonly right: number; readonly top: number; readonly bottom: number};
}

export interface MaskTable extends HTMLElement {
  /** @param label names the table */
  update(label: string, rows: readonly MaskRow[]): void;
}

/** A mask as a table: which classes, how much of each, and where. */
export function maskTable(): MaskTable {
  const caption = html`<caption></caption>` as HTMLElement;
  const body = html`<tbody></tbody>` as HTMLElement;
  const table = html`<table>${caption}<thead><tr><th scope="col">Class</th><th scope="col" class="number">Share</th>
    <th scope="col">Where</th><th scope="col">Across</th><th scope="col">Down</th></tr></thead>${body}</table>` as HTMLElement;
  const view = html`<div class="scroll mask-table" role="region" tabindex="0" aria-label="The mask as a table">${table}</div>` as MaskTable;
  const between = (from: number, to: number) => `${Math.round(100 * from)}–${Math.round(100 * to)} %`;
  view.update = (label, rows) => {
    caption.textContent = label;
    body.replaceChildren(
      ...rows.map(
        ({name, share, place, extent}) =>
          html`<tr><th scope="row">${name}</th><td class="number">${percent(share)}</td>
            <td>${place}</td><td>${between(extent.left, extent.right)}</td><td>${between(extent.top, extent.bottom)}</td></tr>` as Node
      )
    );
  };
  return view;
}
