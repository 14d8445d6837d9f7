import type {Place} from "./view-transform.js";

/** A pointer's event, as far as gestures know it. */
export interface PointerFacts {
  readonly pointerId: number;
  readonly pointerType: string;
  /** The button that was pressed: 0 the first, 1 the middle one, 5 the other end of a pen. */
  readonly button: number;
  readonly place: Place;
}

/** What gestures mean. Places are of the screen. */
export interface GestureEvents {
  /** A stroke begins. @param isEraser whether it is one with the other end of a pen */
  start(place: Place, isEraser: boolean): void;
  move(place: Place): void;
  end(): void;
  /** The stroke was none: a second finger came. */
  cancel(): void;
  /** What lay at one place is drawn to another, and grows by a factor. */
  carry(from: Place, to: Place, factor: number): void;
}

export interface Gestures {
  down(pointer: PointerFacts): void;
  move(pointer: PointerFacts): void;
  up(pointer: PointerFacts): void;
  /** The browser took the pointer away. */
  cancel(pointer: PointerFacts): void;
  /** Whether a pointer is down. */
  isActive(): boolean;
}

type Doing = {readonly kind: "nothing" | "ended" | "pinch"} | {readonly kind: "stroke" | "carry"; readonly id: number};

/**
 * Tells strokes from everything else that pointers do. One pointer draws. A second finger takes back the stroke, and the two move and
 * scale the photo; nothing is drawn before all are lifted. Once a pen has been seen, fingers and palms draw no more: one finger moves
 * the photo. The middle button moves it too.
 *
 * @param isMoving whether the first button moves the photo instead of drawing
 */
export function gestures(events: GestureEvents, isMoving: () => boolean): Gestures {
  const down = new Map<number, {type: string; place: Place}>();
  let doing: Doing = {kind: "nothing"};
  let penSeen = false;

  const fingers = () => [...down].filter(([, {type}]) => type === "touch").map(([id, {place}]) => ({id, place}));

  function ended(): void {
    doing = down.size === 0 ? {kind: "nothing"} : {kind: "ended"};
  }

  return {
    isActive: () => down.size > 0,
    down({pointerId, pointerType, button, place}) {
      down.set(pointerId, {type: pointerType, place});
      if (pointerType === "pen") penSeen = true;
      const isPenBusy = doing.kind === "stroke" && down.get(doing.id)?.type === "pen";
      if (pointerType === "touch" && isPenBusy) return;
      if (pointerType === "pen" && !isPenBusy) {
        // A pen draws whatever hand lies on the screen already.
        if (doing.kind === "stroke") events.cancel();
        doing = {kind: "nothing"};
      }
      if (pointerType === "touch" && fingers().length === 2) {
        if (doing.kind === "stroke") events.cancel();
        doing = {kind: "pinch"};
      } else if (doing.kind === "nothing") {
        const carries = isMoving() || button === 1 || (pointerType === "touch" && penSeen);
        if (!carries && button !== 0 && button !== 5) return;
        doing = {kind: carries ? "carry" : "stroke", id: pointerId};
        if (!carries) events.start(place, button === 5);
      }
    },
    move({pointerId, place}) {
      const pointer = down.get(pointerId);
      if (!pointer) return;
      const from = pointer.place;
      if (doing.kind === "pinch") {
        const [a, b] = fingers();
        if (a && b && (a.id === pointerId || b.id === pointerId)) {
          const other = a.id === pointerId ? b.place : a.place;
          events.carry(middle(from, other), middle(place, other), distance(place, other) / Math.max(1, distance(from, other)));
        }
      } else if (doing.kind === "carry" && doing.id === pointerId) events.carry(from, place, 1);
      else if (doing.kind === "stroke" && doing.id === pointerId) events.move(place);
      pointer.place = place;
    },
    up({pointerId}) {
      down.delete(pointerId);
      if (doing.kind === "stroke" && doing.id === pointerId) events.end();
      // What is left of two fingers draws nothing; a palm that is lifted ends nothing.
      if (doing.kind !== "stroke" || doing.id === pointerId) ended();
    },
    cancel({pointerId}) {
      down.delete(pointerId);
      if (doing.kind === "stroke" && doing.id === pointerId) events.cancel();
      if (doing.kind !== "stroke" || doing.id === pointerId) ended();
    }
  };
}

function middle(a: Place, b: Place): Place {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
