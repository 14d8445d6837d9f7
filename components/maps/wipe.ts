import {html} from "htl";

export interface Wipe {
  /** Goes again from the picture before to the one that stands; where less motion is asked for it shows the one before, and hides it. */
  readonly button: HTMLButtonElement;
  /**
   * From now on the picture before is this one.
   *
   * @param options.plays whether it is wiped away now
   */
  from(picture: WipedPicture, options: {readonly plays: boolean}): void;
}

export interface WipedPicture {
  readonly width: number;
  readonly height: number;
  paint(context: CanvasRenderingContext2D): void;
}

/**
 * Wipes a picture away from a map that shows what comes after it, in less than a second. A pointer or a key on the map ends that at once.
 *
 * @param map as `cellMap` makes it, of the picture's size
 * @param words for the button: what goes again, and, where it stands still, what the picture before is
 */
export function wipe(map: HTMLElement, words: {readonly again: string; readonly before: string}): Wipe {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const canvas = html`<canvas class="wipe" aria-hidden="true"></canvas>` as HTMLCanvasElement;
  let picture: WipedPicture | null = null;
  const button = html`<button type="button" disabled onclick=${press}></button>` as HTMLButtonElement;
  const write = () => {
    button.textContent = calm.matches ? words.before : words.again;
    if (calm.matches) button.setAttribute("aria-pressed", String(canvas.classList.contains("still")));
    else button.removeAttribute("aria-pressed");
  };
  const end = () => {
    canvas.classList.remove("going", "still");
    write();
  };

  function press(): void {
    if (!calm.matches) return play();
    paint();
    canvas.classList.toggle("still");
    write();
  }
  function paint(): void {
    if (!picture) return;
    const {width, height} = picture;
    Object.assign(canvas, {width, height});
    const context = canvas.getContext("2d");
    if (context) picture.paint(context);
  }
  function play(): void {
    paint();
    canvas.classList.remove("going");
    // Otherwise the browser would not begin anew.
    void getComputedStyle(canvas).animationName;
    canvas.classList.add("going");
  }

  canvas.addEventListener("animationend", end);
  for (const kind of ["pointermove", "pointerdown", "keydown"])
    map.addEventListener(kind, () => canvas.classList.contains("going") && end());
  calm.addEventListener("change", end);
  map.append(canvas);
  write();
  return {
    button,
    from(next, {plays}) {
      end();
      picture = next;
      button.disabled = false;
      if (plays && !calm.matches) play();
    }
  };
}
