import {html} from "htl";

export interface ListedResult {
  readonly key: string;
  readonly title: string;
  /** Where and how far, in words. */
  readonly facts: string;
  readonly isShown: boolean;
}

export interface ResultList extends HTMLElement {
  update(results: readonly ListedResult[]): void;
}

/** Results that are kept, each to be shown again or deleted. */
export function resultList({onShow, onDelete}: {onShow(key: string): void; onDelete(key: string): void}): ResultList {
  const summary = html`<summary></summary>` as HTMLElement;
  const list = html`<ul></ul>` as HTMLElement;
  const view = html`<details class="result-list">${summary}${list}</details>` as ResultList;
  view.update = (results) => {
    view.hidden = results.length === 0;
    summary.textContent = `Kept in this browser: ${results.length} ${results.length === 1 ? "result" : "results"}`;
    list.replaceChildren(
      ...results.map(
        ({key, title, facts, isShown}) =>
          html`<li><span><strong>${title}</strong> <span class="quiet">${facts}</span></span>
          <span class="result-actions"><button type="button" aria-pressed=${String(isShown)} aria-label=${`Show ${title}, ${facts}`} onclick=${() => onShow(key)}>Show</button>
            <button type="button" aria-label=${`Delete ${title}, ${facts}`} onclick=${() => onDelete(key)}>Delete</button></span></li>` as Node
      )
    );
  };
  return view;
}
