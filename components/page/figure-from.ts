import {html} from "htl";
import type {Source} from "./sources.js";

/** Where numbers stand that a figure shows and this site did not compute. */
export interface Quoted {
  readonly source: Source;
  /** Table or section, as the source numbers them. */
  readonly place: string;
}

/** Where a figure's numbers come from, in the place of the code that others have: nothing is asked of the address before it is followed. */
export function figureFrom({source: {authors, where, url}, place}: Quoted): HTMLElement {
  return html`<p class="figure-from">From ${authors}, ${where}, ${place}: <a href=${url}>${url.replace(/^https?:\/\//, "")}</a></p>` as HTMLElement;
}
