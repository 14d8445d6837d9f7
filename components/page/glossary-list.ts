import {html} from "htl";
import {typeset} from "./typeset.js";

export interface ListedTerm {
  /** To link to it. */
  readonly id: string;
  readonly term: string;
  readonly text: string;
  /** The lesson that shows it. */
  readonly lesson: {readonly name: string; readonly href: string};
}

/** All words of the field, each with the lesson that shows it. */
export function glossaryList(terms: readonly ListedTerm[]): HTMLElement {
  return html`<dl class="glossary">${terms.flatMap(({id, term, text, lesson}) => [
    html`<dt id=${id}>${term}</dt>`,
    html`<dd>${typeset(text)} <a href=${lesson.href}>${lesson.name}</a></dd>`
  ])}</dl>` as HTMLElement;
}
