import {ARROWS} from "../page/arrows.js";
import type {StageEvents} from "./stage-events.js";
import type {Place} from "./view-transform.js";

/** Pixels of the screen that an arrow key goes, without and with Shift; never less than a pixel of the photo. */
const STEP = 4;
const LEAP = 32;

/**
 * Lets keys do what a pointer does: arrows go, Space draws as long as it is held, Enter puts the tool down and lifts it, Escape takes the
 * stroke back.
 */
export function stageKeys(
  surface: HTMLElement,
  {
    isReady,
    at,
    scale,
    point,
    onStart,
    onMove,
    onEnd,
    onCancel,
    onEnter
  }: Omit<StageEvents, "onPoint"> & {
    isReady(): boolean;
    at(): Place;
    scale(): number;
    /** Goes to a place. @returns the one that was reached */
    point(place: Place): Place;
  }
): void {
  let isDown = false;
  const put = () => {
    isDown = true;
    onStart(point(at()), false);
  };
  const lift = () => {
    if (isDown) onEnd();
    isDown = false;
  };
  const keys: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
    " ": ({repeat}) => {
      if (!repeat && !isDown) put();
    },
    Enter: ({repeat}) => {
      if (repeat) return;
      if (isDown) lift();
      else if (!onEnter()) put();
    },
    Escape: () => {
      isDown = false;
      onCancel();
    }
  };
  surface.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !isReady()) return;
    const arrow = ARROWS[event.key];
    const act = keys[event.key];
    if (!arrow && !act) return;
    event.preventDefault();
    act?.(event);
    if (!arrow) return;
    const reach = Math.max(1, (event.shiftKey ? LEAP : STEP) / scale());
    const [x, y] = at();
    const to = point([x + arrow[0] * reach, y + arrow[1] * reach]);
    if (isDown) onMove(to);
  });
  surface.addEventListener("keyup", (event) => {
    if (event.key === " ") lift();
  });
  surface.addEventListener("blur", lift);
}
