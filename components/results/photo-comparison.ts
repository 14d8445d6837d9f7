import {html} from "htl";
import {cellMap} from "../maps/cell-map.js";
import type {CellMap} from "../maps/cell-map.js";
import type {PlacedName} from "../photo/mask-names.js";

/** A picture, drawn at a size. */
export interface ComparedPicture {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  paint(context: CanvasRenderingContext2D): void;
  readonly smooth?: boolean;
  /** What it shows, for those who do not see it. */
  readonly words?: string;
  /** Finds the names that can stand on it. */
  names?(): readonly PlacedName[];
}

export interface PhotoComparison extends HTMLElement {
  /** The pictures, or a sentence in their place while there are none. */
  show(content: readonly ComparedPicture[] | string): void;
  /** Whether names stand on the pictures that have some; none do until this is said. */
  name(isNamed: boolean): void;
}

/** A photo of a data set: its name, what was measured of it, and its pictures side by side. */
export function photoComparison({name, facts}: {readonly name: string; readonly facts: string}): PhotoComparison {
  const pictures = html`<div class="photo-comparison-pictures"></div>` as HTMLElement;
  const view =
    html`<section class="photo-comparison" aria-label=${facts ? `${name}, ${facts}` : name}><h4>${name} <span class="quiet">${facts}</span></h4>${pictures}</section>` as PhotoComparison;
  let isNamed = false;
  let maps: readonly CellMap[] = [];
  view.name = (is) => {
    isNamed = is;
    for (const map of maps) map.name(isNamed);
  };
  view.show = (content) => {
    maps = [];
    if (typeof content === "string") {
      pictures.replaceChildren(html`<p class="hint">${content}</p>` as Node);
      return;
    }
    pictures.replaceChildren(
      ...content.map(({title, ...picture}) => {
        const map = cellMap({label: `${title} of ${name}`});
        map.draw(picture);
        maps = [...maps, map];
        return html`<figure>${map}<figcaption>${title}</figcaption></figure>` as Node;
      })
    );
    view.name(isNamed);
  };
  return view;
}
