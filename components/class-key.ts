import {html} from "htl";
import {percent} from "./class-legend.js";
import type {LegendEntry} from "./class-legend.js";

export interface ClassKey extends HTMLElement {
  update(entries: readonly LegendEntry[]): void;
}

/** The classes of a picture in one line: colour, name and share. */
export function classKey(): ClassKey {
  const list = html`<ul class="class-key" aria-label="Classes found"></ul>` as HTMLElement as ClassKey;
  list.update = (entries) =>
    list.replaceChildren(
      ...entries.map(({name, colour, share}) => html`<li><span class="swatch" style=${`background:${colour}`}></span>${name} <span class="quiet">${percent(share)}</span></li>` as Node)
    );
  return list;
}
