import {brushSpans} from "../../drawing/brush.js";
import type {Box, FillSpan, Point} from "../../drawing/canvas.js";
import {floodSpans} from "../../drawing/flood.js";
import type {Stroke} from "../../drawing/history.js";
import {polygonSpans} from "../../drawing/polygons.js";
import {missingSpans} from "../../drawing/replace.js";
import {IGNORE, idsIn} from "../../formats/mask-picture.js";
import type {OpenPhoto} from "./open-photo.js";
import {ANY_COLOUR} from "./state.js";
import type {LabelState} from "./state.js";

/** What strokes are drawn with. */
export interface Hand {
  photo(): OpenPhoto | null;
  state(): LabelState;
  /** Id of the class that is drawn. */
  classId(): number;
  /** Pixels of the screen that a pixel of the photo takes. */
  scale(): number;
  /** Labels of a part have changed. */
  onChanged(part: Box): void;
  /** A stroke is finished. */
  onStroke(): void;
  /** The polygon that is being drawn has other corners. */
  onCorners(corners: readonly Point[]): void;
}

export interface Strokes {
  start(at: Point, isEraser: boolean): void;
  move(to: Point): void;
  end(): void;
  /** Takes back the stroke that is being drawn, or the polygon's last corner. */
  cancel(): void;
  /** Fills the polygon. @returns whether there was one */
  close(): boolean;
  /** Makes the labels those of another map, as one stroke. */
  replace(next: Uint8Array): void;
  /** Whether something is being drawn. */
  isBusy(): boolean;
  /** Ends what is being drawn, before something else changes the labels. */
  finish(): void;
}

/** A click so near the first corner, in pixels of the screen, closes a polygon. */
const NEAR = 10;

/** Turns what pointers and keys draw into strokes on the labels, with the tool that holds. */
export function strokes({photo, state, classId, scale, onChanged, onStroke, onCorners}: Hand): Strokes {
  let stroke: Stroke | null = null;
  /** Where a fill begins once the pointer is lifted: until then it may be one of two fingers. */
  let filling: Point | null = null;
  let last: Point = [0, 0];
  let id = 0;
  let corners: Point[] = [];

  function paint(draw: (fill: FillSpan) => void): void {
    const changed = stroke?.paint(id, draw);
    if (changed) onChanged(changed);
  }

  function brush(to: Point): void {
    const {height} = photo()!.history.canvas;
    paint((fill) => brushSpans(last, to, Math.max(0.5, state().brush / 2 / scale()), height, fill));
    last = to;
  }

  /** A stroke that is done at once. */
  function whole(draw: (fill: FillSpan) => void): void {
    stroke = photo()!.history.begin();
    id = classId();
    paint(draw);
    finish();
  }

  function finish(): void {
    if (!stroke) return;
    stroke.end();
    stroke = null;
    onStroke();
  }

  function setCorners(next: Point[]): void {
    corners = next;
    onCorners(corners);
  }

  function close(): boolean {
    if (corners.length === 0) return false;
    const outline = corners.flat();
    setCorners([]);
    // Two corners enclose nothing.
    if (outline.length >= 6) whole((fill) => polygonSpans([outline], photo()!.history.canvas.height, fill));
    return true;
  }

  return {
    start(at, isEraser) {
      const open = photo();
      const {tool} = state();
      if (!open || stroke) return;
      if (tool === "polygon" && !isEraser) {
        const [first] = corners;
        if (first && corners.length > 2 && Math.hypot(at[0] - first[0], at[1] - first[1]) * scale() <= NEAR) close();
        else setCorners([...corners, at]);
      } else if (tool === "fill" && !isEraser) filling = at;
      else {
        stroke = open.history.begin();
        id = tool === "eraser" || isEraser ? IGNORE : classId();
        last = at;
        brush(at);
      }
    },
    move(to) {
      if (stroke) brush(to);
    },
    end() {
      const [open, at] = [photo(), filling];
      filling = null;
      if (open && at) whole((fill) => floodSpans(open.history.canvas, at, fill, likeTheColourAt(open, at, state())));
      else finish();
    },
    cancel() {
      filling = null;
      const restored = stroke?.cancel();
      stroke = null;
      if (restored) onChanged(restored);
      else if (corners.length > 0) setCorners(corners.slice(0, -1));
    },
    close,
    replace(next) {
      const open = photo();
      if (!open) return;
      const {canvas} = open.history;
      finish();
      stroke = open.history.begin();
      for (id of idsIn({...canvas, ids: next})) paint((fill) => missingSpans(canvas, next, id, fill));
      finish();
    },
    isBusy: () => stroke !== null || corners.length > 0,
    finish() {
      filling = null;
      finish();
      if (corners.length > 0) setCorners([]);
    }
  };
}

/** Which pixels a fill may reach: those whose colour is like that of the one it begins at. */
function likeTheColourAt(photo: OpenPhoto, [x, y]: Point, {likeness}: LabelState): ((index: number) => boolean) | undefined {
  if (likeness >= ANY_COLOUR) return undefined;
  const {rgba, width} = photo.pixels();
  const from = 4 * (Math.floor(y) * width + Math.floor(x));
  const [r, g, b] = rgba.subarray(from, from + 3) as unknown as [number, number, number];
  return (index) => {
    const at = 4 * index;
    return Math.max(Math.abs(rgba[at]! - r), Math.abs(rgba[at + 1]! - g), Math.abs(rgba[at + 2]! - b)) <= likeness;
  };
}
