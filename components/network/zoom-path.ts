import {html} from "htl";

/** One place on the way from the whole to where the reader is. */
export interface ZoomStop {
  readonly name: string;
  /** The level that it leads to; null where it only says where the next one lies. */
  readonly level: number | null;
}

export interface ZoomPath extends HTMLElement {
  /** The last one is where the reader is. */
  update(stops: readonly ZoomStop[]): void;
}

/** Where the reader is, from the whole to the part: each place on the way leads back to it. */
export function zoomPath({label, onLevel}: {readonly label: string; onLevel(level: number): void}): ZoomPath {
  const list = html`<ol></ol>` as HTMLElement;
  const path = html`<nav class="zoom-path" aria-label=${label}>${list}</nav>` as ZoomPath;
  path.update = (stops) => {
    // A press of the keyboard on one of them must not lose the focus.
    const focused = [...list.children].findIndex((item) => item.contains(document.activeElement));
    list.replaceChildren(
      ...stops.map(({name, level}, index) => {
        if (index === stops.length - 1) return html`<li><span tabindex="-1" aria-current="true">${name}</span></li>` as Node;
        if (level === null) return html`<li>${name}</li>` as Node;
        return html`<li><button type="button" onclick=${() => onLevel(level)}>${name}</button></li>` as Node;
      })
    );
    if (focused >= 0) list.children[Math.min(focused, stops.length - 1)]?.querySelector<HTMLElement>("button, span")?.focus();
  };
  return path;
}
