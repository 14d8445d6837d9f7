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
  return Array.from(shares, (share, id) => ({
    id,
    name: names[id] ?? `class ${id}`,
    colour: `rgb(${palette[id]?.join(" ") ?? "0 0 0"})`,
    share
  }))
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

/** One row of the list, kept while its class is there. */
interface Row {
  readonly element: HTMLElement;
  update(entry: LegendEntry, shown: boolean): void;
}

/** The list "Classes found": colour, name, share of the area, and a switch that hides the class in the mask. */
export function classLegend({onToggle}: {onToggle(name: string, shown: boolean): void}): ClassLegend {
  const list = html`<ul class="legend" aria-label="Classes found"></ul>` as HTMLUListElement;
  const legend = html`<section class="panel legend-panel"><h2>Classes found</h2>${list}</section>` as ClassLegend;
  let rows = new Map<string, Row>();
  legend.update = (entries, hidden) => {
    const boxes = () => [...list.querySelectorAll("input")];
    const focused = boxes().find((box) => box === document.activeElement);
    const place = focused ? boxes().indexOf(focused) : -1;
    rows = new Map(entries.map((entry) => [entry.name, rows.get(entry.name) ?? legendRow(entry.name, onToggle)]));
    for (const entry of entries) rows.get(entry.name)!.update(entry, !hidden.has(entry.name));
    const elements = [...rows.values()].map(({element}) => element);
    if (elements.length !== list.children.length || elements.some((element, index) => element !== list.children[index]))
      list.replaceChildren(...elements);
    // A row that was moved or let go loses the keyboard's focus.
    if (focused && document.activeElement !== focused)
      (focused.isConnected ? focused : boxes()[Math.min(place, entries.length - 1)])?.focus();
  };
  return legend;
}

function legendRow(name: string, onToggle: (name: string, shown: boolean) => void): Row {
  const box =
    html`<input type="checkbox" aria-label=${`Show ${name}`} onchange=${() => onToggle(name, box.checked)} />` as HTMLInputElement;
  const swatch = html`<span class="swatch"></span>` as HTMLElement;
  const words = html`<span class="legend-share"></span>` as HTMLElement;
  const bar = html`<span class="legend-bar"></span>` as HTMLElement;
  const element = html`<li><label>${box}${swatch}<span class="legend-name">${name}</span> ${words}</label>${bar}</li>` as HTMLElement;
  return {
    element,
    update({colour, share}, shown) {
      box.checked = shown;
      swatch.style.background = colour;
      words.textContent = percent(share);
      bar.style.setProperty("--share", String(share));
      bar.style.setProperty("--colour", colour);
    }
  };
}
