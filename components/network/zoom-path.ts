import {html} from "htl";

/** One place on the way from the whole to where the reader is. */
export interface ZoomStop {
  readonly name: string;
  /** The level that it leads to; null where it only says where the next one lies. */
  readonly level: number | null;
  /** Address of a small picture of it. */
  readonly picture?: string | undefined;
}

export interface ZoomPath extends HTMLElement {
  /** The last one is where the reader is. */
  update(stops: readonly ZoomStop[]): void;
}

/** Where the reader is, from the whole to the part: each place on the way leads back to it, and one button leads one place out. */
export function zoomPath({label, onLevel}: {readonly label: string; onLevel(level: number): void}): ZoomPath {
  const list = html`<ol></ol>` as HTMLElement;
  let outer: number | null = null;
  const out =
    html`<button type="button" class="zoom-out" title="One level out" aria-keyshortcuts="Escape" hidden onclick=${() => outer !== null && onLevel(outer)}>Out <kbd>Esc</kbd></button>` as HTMLButtonElement;
  const path = html`<nav class="zoom-path" aria-label=${label}>${out}${list}</nav>` as ZoomPath;
  path.update = (stops) => {
    outer = stops.slice(0, -1).findLast(({level}) => level !== null)?.level ?? null;
    // Where it leads out of the last place, what is left to press is the place itself.
    const hadOut = document.activeElement === out;
    out.hidden = outer === null;
    // A press of the keyboard on one of them must not lose the focus.
    const focused = [...list.children].findIndex((item) => item.contains(document.activeElement));
    list.replaceChildren(
      ...stops.map(({name, level, picture}, index) => {
        const shown = picture ? html`<img src=${picture} alt="">` : null;
        if (index === stops.length - 1) return html`<li>${shown}<span tabindex="-1" aria-current="true">${name}</span></li>` as Node;
        if (level === null) return html`<li>${name}</li>` as Node;
        return html`<li>${shown}<button type="button" onclick=${() => onLevel(level)}>${name}</button></li>` as Node;
      })
    );
    if (hadOut && out.hidden) list.querySelector<HTMLElement>("[aria-current]")?.focus();
    if (focused >= 0) list.children[Math.min(focused, stops.length - 1)]?.querySelector<HTMLElement>("button, span")?.focus();
  };
  return path;
}
