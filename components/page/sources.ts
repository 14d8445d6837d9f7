import {html} from "htl";

export interface Source {
  readonly authors: string;
  readonly title: string;
  readonly where: string;
  readonly url: string;
}

/** Where a lesson's facts come from, for its foot. */
export function sourceList(sources: readonly Source[]): HTMLElement {
  return html`<section class="sources" aria-label="Sources"><h2>Sources</h2><ul>${sources.map(
    ({authors, title, where, url}) => html`<li>${authors}, <a href=${url}>${title}</a>, ${where}.</li>`
  )}</ul></section>` as HTMLElement;
}
