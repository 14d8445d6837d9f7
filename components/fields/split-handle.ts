import {html} from "htl";

export interface SplitHandle extends HTMLElement {
  /** Puts the handle at 0-1 of the width; null hides it. */
  show(position: number | null): void;
}

/** Steps of the handle. */
const STEPS = 100;

/** The handle over a picture that shows one thing on its left and another on its right. @param options.label its accessible name */
export function splitHandle({label, onSplit}: {readonly label: string; onSplit(position: number): void}): SplitHandle {
  const handle = html`<input class="split" type="range" aria-label=${label} min="0" max=${STEPS} step="1" hidden
    oninput=${() => onSplit(Number(handle.value) / STEPS)} />` as HTMLInputElement & SplitHandle;
  handle.show = (position) => {
    handle.hidden = position === null;
    if (position !== null) handle.value = String(Math.round(position * STEPS));
  };
  return handle;
}
