import {html} from "htl";
import {percent} from "./class-legend.js";

export interface ClassKeyEntry {
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  /** Share of the picture, 0-1, where it is to be shown. */
  readonly share?: number;
  /** A remark after the name. */
  readonly note?: string;
}

export interface ClassKey extends HTMLElement {
  update(entries: readonly ClassKeyEntry[]): void;
}

/**
 * What the colours of a mask stand for, in one line.
 *
 * @param options.none what is said where there is no class
 */
export function classKey({label = "Classes found", none = "none"}: {readonly label?: string; readonly none?: string} = {}): ClassKey {
  const list = html`<ul class="class-key" aria-label=${label}></ul>` as HTMLElement as ClassKey;
  list.update = (entries) =>
    list.replaceChildren(
      ...(entries.length > 0
        ? entries.map(
            ({name, colour, share, note = share === undefined ? "" : percent(share)}) =>
              html`<li><span class="swatch" style=${`background:${colour}`}></span>${name}${note && html` <span class="quiet">${note}</span>`}</li>` as Node
          )
        : [html`<li class="quiet">${none}</li>` as Node])
    );
  return list;
}
