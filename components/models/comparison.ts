import {html} from "htl";
import {classKey} from "../classes/class-key.js";
import type {ClassKeyEntry} from "../classes/class-key.js";
import {cellMap} from "../maps/cell-map.js";
import type {CellPicture} from "../maps/cell-map.js";
import {fileButton} from "../fields/file-button.js";
import {nextId} from "../fields/fields.js";

export interface ComparedResult extends Pick<CellPicture, "paint" | "names"> {
  readonly value: string;
  /** What was chosen, in words. */
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** The classes of its mask, the largest first. */
  readonly classes: readonly ClassKeyEntry[];
}

export interface Comparison extends HTMLElement {
  /** Shows what each choice gives on a photo. @param isNamed whether names stand on the masks that have some */
  show(photo: string, results: readonly ComparedResult[], isNamed?: boolean): void;
}

/**
 * What a model gives on one photo for each of several choices, side by side, of which the reader takes one.
 *
 * @param options.label what is compared
 * @param options.onPhoto called with a photo of the reader's to compare on instead
 */
export function comparison({
  label,
  onUse,
  onPhoto
}: {
  readonly label: string;
  onUse(value: string): void;
  onPhoto(file: File): void;
}): Comparison {
  const where = html`<p class="quiet"></p>` as HTMLElement;
  const results = html`<div class="comparison-results"></div>` as HTMLElement;
  const element = html`<section class="comparison" aria-label=${label}>
    ${where}${results}
    ${fileButton({label: "Compare on another photo", accept: "image/*", onFiles: ([file]) => onPhoto(file)})}
  </section>` as Comparison;
  element.show = (photo, all, isNamed = false) => {
    where.textContent = `${photo}: the choice that its maker trained it with finds what is there.`;
    results.replaceChildren(...all.map((each) => result(each, isNamed, () => onUse(each.value))));
  };
  return element;
}

function result({title, classes, ...picture}: ComparedResult, isNamed: boolean, onUse: () => void): HTMLElement {
  const id = nextId("compared");
  const mask = cellMap({label: `Mask with ${title}`});
  mask.name(isNamed);
  mask.draw({...picture, smooth: true});
  const key = classKey({label: `Classes found with ${title}`});
  key.update(classes);
  return html`<figure aria-labelledby=${id}>
    ${mask}
    <figcaption><strong id=${id}>${title}</strong>${key}</figcaption>
    <button type="button" aria-label=${`Use this one: ${title}`} onclick=${onUse}>Use this one</button>
  </figure>` as HTMLElement;
}
