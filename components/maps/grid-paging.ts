import {html} from "htl";

export interface GridPaging extends HTMLElement {
  /** Says which of all channels are shown, counted from 0; hidden where that is all of them. @param end the first that is not shown */
  show(first: number, end: number, count: number): void;
}

/** Leads from one page of channels to the next, where a grid does not take all. @param onTurn called with the pages to go on */
export function gridPaging(onTurn: (pages: number) => void): GridPaging {
  const previous = html`<button type="button" onclick=${() => onTurn(-1)}>Previous channels</button>` as HTMLButtonElement;
  const next = html`<button type="button" onclick=${() => onTurn(1)}>Next channels</button>` as HTMLButtonElement;
  const where = html`<span></span>` as HTMLElement;
  const element = html`<div class="grid-paging">${previous}${where}${next}</div>` as GridPaging;
  element.show = (first, end, count) => {
    element.hidden = end - first >= count;
    previous.disabled = first === 0;
    next.disabled = end >= count;
    where.textContent = `${first + 1} to ${end} of ${count} channels, in this order`;
  };
  return element;
}
