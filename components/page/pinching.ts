/** Factor by which a view would have grown, or shrunk, when the reader means another level. */
const ENOUGH = 1.5;
/** Milliseconds without a turn of the wheel after which the next begins anew. */
const PAUSE = 350;
/** Growth a pixel of the wheel, as browsers have it for a pinch on a touchpad. */
const RATE = 0.01;
/** Pixels in a line of a wheel that counts lines. */
const LINE = 16;

/** What lies inside may keep what it zooms by to itself. */
const HEARD_FIRST = {passive: false, capture: true};

/**
 * Tells when the reader pinches, on a touchpad or a screen, or turns the wheel with Ctrl or ⌘ held: a wheel by itself scrolls the page.
 *
 * @param options.onIn called with what is under the pointer
 */
export function pinches(element: HTMLElement, {onIn, onOut}: {onIn(target: Element): void; onOut(): void}): void {
  let grown = 1;
  let last = 0;
  const grow = (factor: number, target: Element) => {
    grown *= factor;
    if (grown >= ENOUGH) onIn(target);
    else if (grown <= 1 / ENOUGH) onOut();
    else return;
    grown = 1;
  };
  element.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      if (event.timeStamp - last > PAUSE) grown = 1;
      last = event.timeStamp;
      grow(Math.exp(-event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1) * RATE), event.target as Element);
    },
    HEARD_FIRST
  );
  let apart = 0;
  element.addEventListener(
    "touchmove",
    (event) => {
      const [a, b] = [event.touches[0], event.touches[1]];
      if (!a || !b) return;
      event.preventDefault();
      const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      if (apart > 0 && now > 0) grow(now / apart, a.target as Element);
      apart = now;
    },
    HEARD_FIRST
  );
  element.addEventListener("touchend", () => {
    apart = 0;
    grown = 1;
  });
}
