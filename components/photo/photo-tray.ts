import {html} from "htl";
import {smallPhoto} from "./small-photo.js";

export interface TrayPhoto {
  readonly id: string;
  readonly name: string;
  /** Paints it in small; rejects where it cannot be decoded. */
  paint(canvas: HTMLCanvasElement): Promise<void>;
}

export interface PhotoTray extends HTMLElement {
  /** Shows photos, one of which is open; hidden while there are fewer than two. @param open id of one, if any */
  show(photos: readonly TrayPhoto[], open: string): void;
}

/** Photos that wait to be worked on one by one. */
export function photoTray({onOpen}: {onOpen(id: string): void}): PhotoTray {
  let shown: readonly TrayPhoto[] = [];
  let at = -1;
  const buttons = new Map<string, {readonly button: HTMLButtonElement; readonly left: AbortController}>();
  const list = html`<div class="tray-photos" role="group" aria-label="Photos brought"></div>` as HTMLElement;
  const count = html`<span class="hint"></span>` as HTMLElement;
  const step = (label: string, by: number) => {
    const onclick = () => onOpen(shown[at + by]!.id);
    return html`<button type="button" onclick=${onclick}>${label}</button>` as HTMLButtonElement;
  };
  const previous = step("Previous", -1);
  const next = step("Next", 1);
  const tray = html`<div class="tray" hidden>${previous}${next}${count}${list}</div>` as HTMLElement as PhotoTray;

  function buttonOf({id, name, paint}: TrayPhoto): HTMLButtonElement {
    const known = buttons.get(id);
    if (known) return known.button;
    const left = new AbortController();
    const button = html`<button type="button" class="sample" title=${name} onclick=${() => onOpen(id)}>${smallPhoto({
      name,
      paint,
      signal: left.signal
    })}</button>` as HTMLButtonElement;
    buttons.set(id, {button, left});
    return button;
  }

  tray.show = (photos, open) => {
    if (photos.map(({id}) => id).join() !== shown.map(({id}) => id).join()) {
      list.replaceChildren(...photos.map(buttonOf));
      const ids = new Set(photos.map(({id}) => id));
      for (const [id, {left}] of buttons) {
        if (ids.has(id)) continue;
        left.abort();
        buttons.delete(id);
      }
    }
    // The list itself may be another by the next time.
    shown = [...photos];
    at = photos.findIndex(({id}) => id === open);
    tray.hidden = photos.length < 2;
    for (const {id} of photos) buttons.get(id)!.button.setAttribute("aria-pressed", String(id === open));
    previous.disabled = at <= 0;
    next.disabled = at < 0 ? photos.length === 0 : at === photos.length - 1;
    count.textContent = at < 0 ? `${photos.length} photos` : `${at + 1} of ${photos.length}`;
    buttons.get(open)?.button.scrollIntoView?.({block: "nearest", inline: "nearest"});
  };
  return tray;
}
