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

/**
 * Results that are kept, each to be shown again or deleted.
 *
 * @param options.words what they are, one and several, and what showing one is called
 */
export function resultList({
  onShow,
  onDelete,
  words = {one: "result", several: "results", show: "Show"}
}: {
  onShow(key: string): void;
  onDelete(key: string): void;
  readonly words?: {readonly one: string; readonly several: string; readonly show: string};
}): ResultList {
  const summary = html`<summary></summary>` as HTMLElement;
  const list = html`<ul></ul>` as HTMLElement;
  const view = html`<details class="result-list" hidden>${summary}${list}</details>` as ResultList;
  view.update = (results) => {
    view.hidden = results.length === 0;
    summary.textContent = `Kept in this browser: ${results.length} ${results.length === 1 ? words.one : words.several}`;
    list.replaceChildren(
      ...results.map(
        ({key, title, facts, isShown}) =>
          html`<li><span><strong>${title}</strong> <span class="quiet">${facts}</span></span>
          <span class="result-actions"><button type="button" aria-pressed=${String(isShown)} aria-label=${`${words.show} ${title}, ${facts}`} onclick=${() => onShow(key)}>${words.show}</button>
            <button type="button" aria-label=${`Delete ${title}, ${facts}`} onclick=${() => onDelete(key)}>Delete</button></span></li>` as Node
      )
    );
  };
  return view;
}
