import {html} from "htl";

export interface ClassKeyEntry {
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  /** A remark after the name. */
  readonly note?: string;
}

export interface ClassKey extends HTMLElement {
  update(entries: readonly ClassKeyEntry[]): void;
}

/** What the colours of a mask stand for. */
export function classKey({label, none}: {readonly label: string; /** What is said where there is no class. */ readonly none: string}): ClassKey {
  const list = html`<ul class="class-key" aria-label=${label}></ul>` as ClassKey;
  list.update = (entries) =>
    list.replaceChildren(
      ...(entries.length > 0
        ? entries.map(({name, colour, note}) => html`<li><span class="swatch" style=${`background:${colour}`}></span>${name}${note ? html`<span class="quiet">${note}</span>` : null}</li>` as Node)
        : [html`<li class="quiet">${none}</li>` as Node])
    );
  return list;
}
