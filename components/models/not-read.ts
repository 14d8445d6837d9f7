import {html} from "htl";
import {typeset} from "../page/typeset.js";

/** Models that cannot be read, what they are, and why. */
export function notRead(models: readonly {readonly name: string; readonly what: string; readonly why: string}[]): HTMLElement {
  return html`<dl class="not-read">${models.map(({name, what, why}) => html`<div><dt>${name}</dt><dd>${typeset(`${what} ${why}`)}</dd></div>`)}</dl>` as HTMLElement;
}
