import {html, svg} from "htl";
import {ARROWS} from "../page/arrows.js";
import {described, keyedPicture} from "../page/described.js";

/** A point of the picture, 0-1 of its width and height. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a pointer that draws on the picture does. */
export type Stroke = "start" | "move" | "end";

export interface PictureFigure extends HTMLElement {
  readonly canvas: HTMLCanvasElement;
  /** Sets the picture's size in pixels and draws it. */
  draw(size: {readonly width: number; readonly height: number}, paint: (context: CanvasRenderingContext2D) => void): void;
  /** Says what the picture shows to those who do not see it. */
  describe(words: string): void;
  /** Puts the cross-hair on a point. */
  cross(point: Point | null): void;
  /** Draws shapes over the picture, in its pixels. */
  mark(shapes: readonly SVGElement[]): void;
  /** While there is a listener, a pressed pointer draws instead of choosing. */
  onStroke(listener: ((stroke: Stroke, point: Point) => void) | null): void;
}

/** Pixels that an arrow key moves the cross-hair with and without Shift. */
const LEAP = 20;
const STEP = 1;
const KEYS = `Arrow keys move the cross-hair by a pixel, with Shift by ${LEAP}.`;

/**
 * A picture with a cross-hair that follows the pointer, a finger or the arrow keys.
 *
 * @param options.label its accessible name
 * @param options.onPoint called with the point that the reader is at
 * @param options.onLeave called when the pointer leaves the picture
 * @param options.onChoose called with a point that is clicked, tapped, or chosen with Enter
 */
export function pictureFigure(options: {
  readonly label: string;
  onPoint(point: Point): void;
  onLeave?(): void;
  onChoose?(point: Point): void;
}): PictureFigure {
  const {label, onPoint, onLeave, onChoose} = options;
  const canvas = html`<canvas width="16" height="9"></canvas>` as HTMLCanvasElement;
  keyedPicture(canvas, label);
  const description = described(canvas, `${KEYS}${onChoose ? " Enter chooses the point." : ""}`);
  const cross = html`<span class="cross" hidden></span>` as HTMLElement;
  const marks = html`<svg class="picture-marks" viewBox="0 0 16 9" preserveAspectRatio="none" aria-hidden="true"></svg>` as HTMLElement;
  const layer = svg`<g></g>`;
  marks.append(layer);
  const figure = html`<div class="figure">${canvas}${description}${marks}${cross}</div>` as HTMLElement & {
    canvas: HTMLCanvasElement;
  } as PictureFigure;
  Object.assign(figure, {canvas});
  let at: Point | null = null;
  let stroke: ((stroke: Stroke, point: Point) => void) | null = null;
  let drawing = false;

  const clamp = (value: number) => Math.min(Math.max(value, 0), 1);
  const pointOf = ({clientX, clientY}: MouseEvent): Point => {
    const {left, top, width, height} = canvas.getBoundingClientRect();
    return {x: clamp((clientX - left) / width), y: clamp((clientY - top) / height)};
  };
  const move = (point: Point) => {
    at = {x: clamp(point.x), y: clamp(point.y)};
    figure.cross(at);
    onPoint(at);
  };
  canvas.addEventListener("pointermove", (event) => {
    move(pointOf(event));
    if (drawing) stroke?.("move", pointOf(event));
  });
  canvas.addEventListener("pointerdown", (event) => {
    move(pointOf(event));
    if (!stroke || event.button !== 0) return;
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    stroke("start", pointOf(event));
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    canvas.addEventListener(end, (event) => {
      if (drawing) stroke?.("end", pointOf(event));
      drawing = false;
    });
  }
  canvas.addEventListener("pointerleave", () => onLeave?.());
  canvas.addEventListener("click", (event) => {
    if (!stroke) onChoose?.(pointOf(event));
  });
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && onChoose && at) {
      event.preventDefault();
      onChoose(at);
      return;
    }
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    const reach = event.shiftKey ? LEAP : STEP;
    const {x, y} = at ?? {x: 0.5, y: 0.5};
    move({x: x + (arrow[0] * reach) / canvas.width, y: y + (arrow[1] * reach) / canvas.height});
  });
  canvas.addEventListener("focus", () => {
    if (!at && canvas.matches(":focus-visible")) move({x: 0.5, y: 0.5});
  });

  figure.draw = ({width, height}, paint) => {
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      figure.style.setProperty("--aspect", String(width / height));
      marks.setAttribute("viewBox", `0 0 ${width} ${height}`);
    }
    paint(canvas.getContext("2d")!);
  };
  figure.describe = description.update;
  figure.cross = (point) => {
    cross.hidden = point === null;
    if (point) cross.style.cssText = `left:${point.x * 100}%;top:${point.y * 100}%`;
  };
  figure.mark = (shapes) => layer.replaceChildren(...shapes);
  figure.onStroke = (listener) => {
    stroke = listener;
    drawing = false;
    figure.classList.toggle("drawable", listener !== null);
  };
  return figure;
}
