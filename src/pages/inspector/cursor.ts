import type {Point} from "../../components/photo/picture-figure.js";

/** Where the reader points, in every picture at once: a point of the photo, 0-1 of its width and height; null for nowhere. */
export interface Cursor {
  at(): Point | null;
  move(point: Point | null): void;
  listen(listener: (point: Point | null) => void): void;
}

export function cursor(): Cursor {
  let at: Point | null = null;
  const listeners: ((point: Point | null) => void)[] = [];
  return {
    at: () => at,
    move(point) {
      if (point === at) return;
      at = point;
      for (const listener of listeners) listener(point);
    },
    listen: (listener) => void listeners.push(listener)
  };
}
