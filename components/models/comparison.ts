import {html} from "htl";
import {classKey} from "../classes/class-key.js";
import type {ClassKeyEntry} from "../classes/class-key.js";
import {fileButton} from "../fields/file-button.js";
import {nextId} from "../fields/fields.js";

export interface ComparedResult {
  readonly value: string;
  /** What was chosen, in words. */
  readonly title: string;
  readonly width: number;
  readonly height: number;
  paint(context: CanvasRenderingContext2D): void;
  /** The classes of its mask, the largest first. */
  readonly classes: readonly ClassKeyEntry[];
}

export interface Comparison extends HTMLElement {
  /** Shows what each choice gives on a photo. */
  show(photo: string, results: readonly ComparedResult[]): void;
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
  element.show = (photo, all) => {
    where.textContent = `${photo}: the choice that its maker trained it with finds what is there.`;
    results.replaceChildren(...all.map((each) => result(each, () => onUse(each.value))));
  };
  return element;
}

function result({title, width, height, paint, classes}: ComparedResult, onUse: () => void): HTMLElement {
  const id = nextId("compared");
  const canvas = html`<canvas role="img" aria-label=${`Mask with ${title}`} width=${width} height=${height}></canvas>` as HTMLCanvasElement;
  paint(canvas.getContext("2d")!);
  const key = classKey({label: `Classes found with ${title}`});
  key.update(classes);
  return html`<figure aria-labelledby=${id}>
    ${canvas}
    <figcaption><strong id=${id}>${title}</strong>${key}</figcaption>
    <button type="button" aria-label=${`Use this one: ${title}`} onclick=${onUse}>Use this one</button>
  </figure>` as HTMLElement;
}
