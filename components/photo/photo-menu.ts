import {html} from "htl";

export interface PhotoMenu extends HTMLDetailsElement {
  /** Shows the photo that is worked with, and puts the choice away. */
  show(title: string, photo: CanvasImageSource & {readonly width: number; readonly height: number}): void;
  dispose(): void;
}

/** Size of the small picture in pixels; the style shows it at half of that. */
const THUMBNAIL = {width: 96, height: 72};

/**
 * The chosen photo, small, which opens the ways to bring another one. It is put away by a choice, by Escape and by what is done elsewhere.
 *
 * @param picker the ways to bring a photo
 */
export function photoMenu(picker: Node): PhotoMenu {
  const canvas = html`<canvas width=${THUMBNAIL.width} height=${THUMBNAIL.height} aria-hidden="true"></canvas>` as HTMLCanvasElement;
  const name = html`<span class="photo-menu-name"></span>` as HTMLElement;
  const summary = html`<summary>${canvas}<span class="unseen">Photo:</span>${name}</summary>` as HTMLElement;
  const menu = html`<details class="photo-menu">${summary}<div class="photo-menu-panel">${picker}</div></details>` as PhotoMenu;
  const stop = new AbortController();
  const {signal} = stop;

  menu.addEventListener("keydown", (event) => {
    // Escape in a dialog of the picker's, as the camera's, is that dialog's.
    if (event.key !== "Escape" || !menu.open || (event.target as Element).closest("dialog")) return;
    event.preventDefault();
    menu.open = false;
    summary.focus();
  });
  document.addEventListener("pointerdown", ({target}) => menu.contains(target as Node) || (menu.open = false), {signal});

  menu.show = (title, photo) => {
    menu.open = false;
    name.textContent = title;
    const {width, height} = THUMBNAIL;
    const scale = Math.max(width / photo.width, height / photo.height);
    const [drawnWidth, drawnHeight] = [photo.width * scale, photo.height * scale];
    canvas.getContext("2d")?.drawImage(photo, (width - drawnWidth) / 2, (height - drawnHeight) / 2, drawnWidth, drawnHeight);
  };
  menu.dispose = () => stop.abort();
  return menu;
}
