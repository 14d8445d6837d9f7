import {html} from "htl";

export interface StripPhoto {
  readonly key: string;
  readonly name: string;
  /** Address of its picture; empty until that is known. */
  readonly url: string;
  readonly isLabelled: boolean;
}

export interface PhotoStrip extends HTMLElement {
  update(photos: readonly StripPhoto[], open: string | null): void;
}

/** The photos of a project, one of which is open. @param options.adding what brings others */
export function photoStrip({adding, onOpen}: {readonly adding: HTMLElement; onOpen(key: string): void}): PhotoStrip {
  const list = html`<div class="strip-photos" role="group" aria-label="Photos of the project"></div>` as HTMLElement;
  const strip =
    html`<div class="photo-strip"><div class="strip-adding">${adding}<span class="hint">or drop or paste them</span></div>${list}</div>` as HTMLElement as PhotoStrip;
  let rows = new Map<string, {readonly button: HTMLElement; readonly image: HTMLImageElement; readonly words: HTMLElement}>();

  function row(key: string) {
    const image = html`<img alt="" loading="lazy" decoding="async" width="72" height="54" />` as HTMLImageElement;
    const words = html`<span class="strip-name"></span>` as HTMLElement;
    return {
      image,
      words,
      button: html`<button type="button" class="strip-photo" onclick=${() => onOpen(key)}>${image}${words}</button>` as HTMLElement
    };
  }

  strip.update = (photos, open) => {
    const before = rows;
    rows = new Map(photos.map(({key}) => [key, before.get(key) ?? row(key)]));
    for (const {key, name, url, isLabelled} of photos) {
      const {button, image, words} = rows.get(key)!;
      if (url && image.src !== url) image.src = url;
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
