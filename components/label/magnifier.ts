import {html} from "htl";
import {layers} from "./painters.js";
import type {LabelPicture} from "./painters.js";
import type {Place} from "./view-transform.js";

export interface Magnifier extends HTMLElement {
  readonly labels: HTMLCanvasElement;
  /**
   * Shows what lies around a place of the photo.
   *
   * @param scale of the photo beside it
   * @param isRight whether it stands at the right, out of the way; where it stood by default
   */
  show(picture: LabelPicture | null, at: Place | null, scale: number, isRight?: boolean): void;
}

/** Side in pixels of the screen, as the style has it. */
const SIDE = 144;
/** How much larger than beside it a pixel of the photo is, and how large at least. */
const TIMES = 4;
const LEAST = 4;

/** What lies under the pointer or the finger, enlarged, in a corner. */
export function magnifier(): Magnifier {
  const stack = layers(() => html`<canvas class="label-layer"></canvas>` as HTMLCanvasElement);
  const lens = html`<div class="label-lens" aria-hidden="true" hidden>${stack.photo}${stack.labels}</div>` as HTMLElement as Magnifier;
  Object.assign(lens, {labels: stack.labels});
  let isSized = false;
  lens.show = (picture, at, scale, isRight) => {
    lens.classList.toggle("is-idle", !picture || !at);
    if (lens.hidden || !picture || !at) return;
    if (isRight !== undefined) lens.classList.toggle("is-right", isRight);
    if (!isSized) stack.resize({width: SIDE, height: SIDE});
    isSized = true;
    const larger = Math.max(LEAST, scale * TIMES);
    stack.paint(picture, {scale: larger, x: SIDE / 2 - at[0] * larger, y: SIDE / 2 - at[1] * larger});
  };
  return lens;
}
