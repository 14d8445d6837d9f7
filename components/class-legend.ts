import {html} from "htl";

export interface LegendEntry {
  readonly id: number;
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  /** Share of the picture, 0-1. */
  readonly share: number;
}

/**
 * The classes of a label map that have any pixel, the largest first.
 *
 * @param shares share of the picture a class, 0-1, by id
 */
export function legendEntries(shares: ArrayLike<number>, names: readonly string[], palette: readonly (readonly number[])[]): LegendEntry[] {
  return Array.from(shares, (share, id) => ({id, name: names[id] ?? `class ${id}`, colour: `rgb(${palette[id]?.join(" ") ?? "0 0 0"})`, share}))
    .filter(({share}) => share > 0)
    .sort((a, b) => b.share - a.share || a.id - b.id);
}

/** Share as a reader wants it: one decimal, and never 0.0 for what is there. */
export function percent(share: number): string {
  return share > 0 && share < 0.0005 ? "< 0.1 %" : `${(share * 100).toFixed(1)} %`;
}

export interface ClassLegend extends HTMLElement {
  update(entries: readonly LegendEntry[], hidden: ReadonlySet<string>): void;
}

/** The list "Classes found": colour, name, share of the area, and a switch that hides the class in the mask. */
export function classLegend({onToggle}: {onToggle(name: string, shown: boolean): void}): ClassLegend {
  const list = html`<ul class="legend" aria-label="Classes found"></ul>` as HTMLUListElement;
  const legend = html`<section class="panel legend-panel"><h2>Classes found</h2>${list}</section>` as ClassLegend;
  legend.update = (entries, hidden) => {
    const item = ({name, colour, share}: LegendEntry) => {
      const box = html`<input type="checkbox" checked=${!hidden.has(name)} aria-label=${`Show ${name}`}
        onchange=${() => onToggle(name, box.checked)} />` as HTMLInputElement;
      return html`<li>
        <label>${box}<span class="swatch" style=${`background:${colour}`}></span><span class="legend-name">${name}</span>
        <span class="legend-share">${percent(share)}</span></label>
        <span class="legend-bar" style=${`--share:${share};--colour:${colour}`}></span>
      </li>` as Node;
    };
    // A redraw under the keyboard's focus would lose it.
    const focused = [...list.querySelectorAll("input")].findIndex((input) => input === document.activeElement);
    list.replaceChildren(...entries.map(item));
    list.querySelectorAll("input")[focused]?.focus();
  };
  return legend;
}
