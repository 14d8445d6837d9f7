import {html} from "htl";
import {smallPhoto} from "../photo/small-photo.js";

export interface StripPhoto {
  readonly key: string;
  readonly name: string;
  readonly isLabelled: boolean;
  /** Paints it in small; rejects where it cannot be read. */
  paint(canvas: HTMLCanvasElement): Promise<void>;
}

export interface PhotoStrip extends HTMLElement {
  update(photos: readonly StripPhoto[], open: string | null): void;
}

/** The photos of a project, one of which is open. @param options.adding what brings others */
export function photoStrip({adding, onOpen}: {readonly adding: HTMLElement; onOpen(key: string): void}): PhotoStrip {
  const list = html`<div class="strip-photos" role="group" aria-label="Photos of the project"></div>` as HTMLElement;
  const strip =
    html`<div class="photo-strip"><div class="strip-adding">${adding}<span class="hint">or drop or paste them</span></div>${list}</div>` as HTMLElement as PhotoStrip;
  let rows = new Map<string, {readonly button: HTMLElement; readonly words: HTMLElement; readonly left: AbortController}>();

  function row({key, paint}: StripPhoto) {
    const left = new AbortController();
    const words = html`<span class="strip-name"></span>` as HTMLElement;
    const picture = smallPhoto({name: "", paint, signal: left.signal});
    const button = html`<button type="button" class="strip-photo" onclick=${() => onOpen(key)}>${picture}${words}</button>` as HTMLElement;
    return {button, words, left};
  }

  strip.update = (photos, open) => {
    const before = rows;
    rows = new Map(photos.map((photo) => [photo.key, before.get(photo.key) ?? row(photo)]));
    for (const [key, {left}] of before) if (!rows.has(key)) left.abort();
    for (const {key, name, isLabelled} of photos) {
      const {button, words} = rows.get(key)!;
      words.textContent = name;
      button.title = `${name}, ${isLabelled ? "labelled" : "not labelled yet"}`;
      button.setAttribute("aria-label", button.title);
      button.classList.toggle("is-labelled", isLabelled);
      if (key === open) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    if ([...before.keys()].join() !== [...rows.keys()].join()) list.replaceChildren(...[...rows.values()].map(({button}) => button));
  };
  return strip;
}
