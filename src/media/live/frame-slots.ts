import type {Size} from "./renderer.js";

/** One frame is drawn, one is being computed, one is uploaded ahead. */
export const FRAME_SLOTS = 3;

/** A place for a frame that is kept and used again. */
export interface FrameSlot extends Size {
  readonly index: number;
}

/** Which frame lies where on its way from upload to drawing. */
export interface FrameSlots {
  /** The place for a frame that comes now. */
  put(size: Size): FrameSlot;
  /** The place of the oldest frame that was not labelled yet; where all were, of the last. @throws Error before any came */
  next(): FrameSlot;
}

/** @throws Error from `put` when more frames wait than there are places */
export function frameSlots(): FrameSlots {
  const waiting: FrameSlot[] = [];
  let last: FrameSlot | null = null;
  let index = 0;
  return {
    put({width, height}) {
      if (waiting.length === FRAME_SLOTS - 1) throw new Error("A frame came before those that wait were labelled.");
      index = (index + 1) % FRAME_SLOTS;
      const slot = {index, width, height};
      waiting.push(slot);
      return slot;
    },
    next() {
      last = waiting.shift() ?? last;
      if (!last) throw new Error("There is no frame to label.");
      return last;
    }
  };
}
