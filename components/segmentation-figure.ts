import {html} from "htl";

/** A point of the picture, 0-1 of its width and height. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface SegmentationFigure extends HTMLElement {
  /** Sets the picture's size in pixels and draws it. */
  draw(size: {readonly width: number; readonly height: number}, paint: (context: CanvasRenderingContext2D) => void): void;
  /** Shows the compare handle at 0-1 of the width; null hides it. */
  split(position: number | null): void;
  /** Puts the cross-hair on a point. */
  cross(point: Point | null): void;
}

/** Steps of the compare handle. */
const SPLIT_STEPS = 100;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
};
/** Pixels that an arrow key moves the cross-hair with and without Shift. */
const LEAP = 20;
const STEP = 1;

/**
 * The picture named "Segmentation", with a cross-hair that follows the pointer, a finger or the arrow keys, and the handle
 * of the compare view.
 */
export function segmentationFigure(options: {onPoint(point: Point): void; onSplit(position: number): void}): SegmentationFigure {
  const canvas = html`<canvas role="img" aria-label="Segmentation" tabindex="0" width="16" height="9"></canvas>` as HTMLCanvasElement;
  const cross = html`<span class="cross" hidden></span>` as HTMLElement;
  const handle = html`<input class="split" type="range" aria-label="Compare position" min="0" max=${SPLIT_STEPS} step="1" hidden
    oninput=${() => options.onSplit(Number(handle.value) / SPLIT_STEPS)} />` as HTMLInputElement;
  const figure = html`<div class="figure">${canvas}${cross}${handle}</div>` as SegmentationFigure;
  let at: Point | null = null;

  const clamp = (value: number) => Math.min(Math.max(value, 0), 1);
  const move = (point: Point) => {
    at = {x: clamp(point.x), y: clamp(point.y)};
    figure.cross(at);
    options.onPoint(at);
  };
  const follow = ({clientX, clientY}: PointerEvent) => {
    const {left, top, width, height} = canvas.getBoundingClientRect();
    move({x: (clientX - left) / width, y: (clientY - top) / height});
  };
  canvas.addEventListener("pointermove", follow);
  canvas.addEventListener("pointerdown", follow);
  canvas.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
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
    }
    paint(canvas.getContext("2d")!);
  };
  figure.split = (position) => {
    handle.hidden = position === null;
    if (position !== null) handle.value = String(Math.round(position * SPLIT_STEPS));
  };
  figure.cross = (point) => {
    cross.hidden = point === null;
    if (point) cross.style.cssText = `left:${point.x * 100}%;top:${point.y * 100}%`;
  };
  return figure;
}
