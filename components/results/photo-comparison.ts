import {html} from "htl";
import {cellMap} from "../maps/cell-map.js";

/** A picture, drawn at a size. */
export interface ComparedPicture {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  paint(context: CanvasRenderingContext2D): void;
  readonly smooth?: boolean;
  /** What it shows, for those who do not see it. */
  readonly words?: string;
}

export interface PhotoComparison extends HTMLElement {
  /** The pictures, or a sentence in their place while there are none. */
  show(content: readonly ComparedPicture[] | string): void;
}

/** A photo of a data set: its name, what was measured of it, and its pictures side by side. */
export function photoComparison({name, facts}: {readonly name: string; readonly facts: string}): PhotoComparison {
  const pictures = html`<div class="photo-comparison-pictures"></div>` as HTMLElement;
  const view =
    html`<section class="photo-comparison" aria-label=${facts ? `${name}, ${facts}` : name}><h4>${name} <span class="quiet">${facts}</span></h4>${pictures}</section>` as PhotoComparison;
  view.show = (content) => {
    if (typeof content === "string") {
      pictures.replaceChildren(html`<p class="hint">${content}</p>` as Node);
      return;
    }
    pictures.replaceChildren(
      ...content.map(({title, ...picture}) => {
        const map = cellMap({label: `${title} of ${name}`});
        map.draw(picture);
        return html`<figure>${map}<figcaption>${title}</figcaption></figure>` as Node;
      })
    );
  };
  return view;
}
