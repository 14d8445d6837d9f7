import {html, svg} from "htl";
import {maskNames} from "../photo/mask-names.js";
import type {PlacedName} from "../photo/mask-names.js";
import {onWidth} from "../page/on-width.js";
import {gestures} from "./gestures.js";
import {magnifier} from "./magnifier.js";
import {layers} from "./painters.js";
import type {LabelPicture, Rectangle} from "./painters.js";
import type {StageEvents} from "./stage-events.js";
import {stageKeys} from "./stage-keys.js";
import {carried, fitted, onPhoto, onScreen, revealing} from "./view-transform.js";
import type {Place, View} from "./view-transform.js";

export interface LabelStage extends HTMLElement {
  /** Shows a photo, all of it; null for none. @param name as the stage is called */
  show(picture: LabelPicture | null, name: string): void;
  /** Labels have changed, those of a part of the photo where one is given. */
  repaint(part?: Rectangle): void;
  /** What part is seen. */
  view(): View;
  /** Grows what is seen by so many steps around the middle, or where the reader points; shrinks it for less than none. */
  zoom(steps: number): void;
  fit(): void;
  /** Whether the first button moves the photo instead of drawing. */
  moves(isMoving: boolean): void;
  /** Shows a ring of this width around where the reader points, in pixels of the screen; 0 for none. */
  ring(width: number): void;
  /** Draws a line through places of the photo and on to where the reader points. */
  line(corners: readonly Place[]): void;
  /** Of the labels, 0-1. */
  opacity(share: number): void;
  /** Writes these names on the photo, and no others: they go along with it, and are away while something is drawn. */
  name(placed: readonly PlacedName[]): void;
  magnify(isOn: boolean): void;
}

const STEP = 1.25;
/** Wheels of mice give about a hundred a notch. */
const WHEEL = 400;

/** A photo on which labels are drawn: by mouse, pen, finger or keys; moved and scaled by the wheel, two fingers or keys. */
export function labelStage(events: StageEvents): LabelStage {
  const stack = layers(() => html`<canvas class="label-layer" aria-hidden="true"></canvas>` as HTMLCanvasElement);
  const ring = svg`<circle class="label-ring" r="0" />` as SVGCircleElement;
  const line = svg`<polyline class="label-line" />` as SVGPolylineElement;
  const cross = svg`<path class="label-cross" d="M-9 0H9M0-9V9" />` as SVGPathElement;
  const names = maskNames();
  const marks = html`<svg class="label-marks" aria-hidden="true"></svg>` as HTMLElement;
  marks.append(line, ring, cross);
  const lens = magnifier();
  const surface =
    html`<div class="label-surface is-empty" role="application" tabindex="0" aria-label="No photo">${stack.photo}${stack.labels}${names}${marks}</div>` as HTMLElement;
  const stage = html`<div class="label-stage">${surface}${lens}</div>` as HTMLElement as LabelStage;

  let picture: LabelPicture | null = null;
  let view: View = {scale: 1, x: 0, y: 0};
  let size = {width: 1, height: 1};
  let at: Place | null = null;
  let corners: readonly Place[] = [];
  let named: readonly PlacedName[] = [];
  let isMoving = false;
  let isWhole = true;

  function look(next: View): void {
    view = next;
    stack.paint(picture, view);
    placeNames();
    mark();
  }

  /** Those that are seen, where their places are now. */
  function placeNames(): void {
    const {width, height} = picture ?? size;
    const seen = named.map(({name, x, y}): PlacedName => {
      const [left, top] = onScreen(view, [x * width, y * height]);
      return {name, x: left / size.width, y: top / size.height};
    });
    names.show(picture ? seen.filter(({x, y}) => x >= 0 && x <= 1 && y >= 0 && y <= 1) : []);
  }

  function mark(): void {
    const seen = at && onScreen(view, at);
    for (const each of [ring, cross]) {
      each.style.display = seen ? "" : "none";
      if (seen) each.setAttribute("transform", `translate(${seen[0]} ${seen[1]})`);
    }
    const points = [...corners, ...(at && corners.length > 0 ? [at] : [])];
    line.setAttribute("points", points.map((corner) => onScreen(view, corner).join(",")).join(" "));
    lens.show(picture, at, view.scale, seen ? seen[0] < size.width / 2 : false);
  }

  function point(place: Place | null): void {
    at = place;
    mark();
    events.onPoint(place);
  }

  const placeOf = ({clientX, clientY}: MouseEvent): Place => {
    const {left, top} = surface.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  const carry = (from: Place, to: Place, factor: number) => {
    if (!picture) return;
    look(carried(view, from, to, factor, picture, size));
    isWhole = view.scale === fitted(picture, size).scale;
  };
  const hand = gestures(
    {
      start: (place, isEraser) => picture && events.onStart(onPhoto(view, place), isEraser),
      move: (place) => picture && events.onMove(onPhoto(view, place)),
      end: () => picture && events.onEnd(),
      cancel: () => picture && events.onCancel(),
      carry
    },
    () => isMoving
  );
  const showDrawing = () => surface.classList.toggle("is-drawing", hand.isActive() && !isMoving);
  const facts = (event: PointerEvent) => ({
    pointerId: event.pointerId,
    pointerType: event.pointerType,
    button: event.button,
    place: placeOf(event)
  });

  surface.addEventListener("pointerdown", (event) => {
    // The middle button would scroll the page.
    if (event.button === 1) event.preventDefault();
    surface.setPointerCapture(event.pointerId);
    point(onPhoto(view, placeOf(event)));
    hand.down(facts(event));
    showDrawing();
  });
  surface.addEventListener("pointermove", (event) => {
    point(onPhoto(view, placeOf(event)));
    if (!hand.isActive()) return;
    // What lies between two frames draws too: a fast stroke stays round.
    const between = event.getCoalescedEvents();
    for (const each of between.length > 0 ? between : [event]) hand.move(facts(each));
  });
  surface.addEventListener("pointerup", (event) => {
    hand.up(facts(event));
    showDrawing();
    if (event.pointerType === "touch") point(null);
  });
  surface.addEventListener("pointercancel", (event) => {
    hand.cancel(facts(event));
    showDrawing();
    point(null);
  });
  surface.addEventListener("pointerleave", () => {
    if (!hand.isActive() && document.activeElement !== surface) point(null);
  });
  surface.addEventListener("contextmenu", (event) => event.preventDefault());
  surface.addEventListener(
    "wheel",
    (event) => {
      // Elsewhere the wheel scrolls the page, as long as the reader is not at work here.
      if (!event.ctrlKey && document.activeElement !== surface) return;
      event.preventDefault();
      const place = placeOf(event);
      carry(place, place, Math.exp(-event.deltaY / (event.ctrlKey ? WHEEL / 4 : WHEEL)));
    },
    {passive: false}
  );
  stageKeys(surface, {
    ...events,
    isReady: () => picture !== null,
    at: () => at ?? onPhoto(view, [size.width / 2, size.height / 2]),
    scale: () => view.scale,
    point(place) {
      const inside = ([x, y]: Place, {width, height}: LabelPicture): Place => [
        Math.min(Math.max(x, 0.5), width - 0.5),
        Math.min(Math.max(y, 0.5), height - 0.5)
      ];
      const to = inside(place, picture!);
      const next = revealing(view, to, picture!, size);
      if (next.x !== view.x || next.y !== view.y) look(next);
      point(to);
      return to;
    }
  });
  onWidth(surface, () => {
    const middle = onPhoto(view, [size.width / 2, size.height / 2]);
    size = {width: surface.clientWidth, height: surface.clientHeight};
    stack.resize(size);
    if (!picture) return;
    if (isWhole) look(fitted(picture, size));
    else look(carried(view, onScreen(view, middle), [size.width / 2, size.height / 2], 1, picture, size));
  });

  stage.show = (next, name) => {
    picture = next;
    corners = [];
    named = [];
    surface.setAttribute("aria-label", name);
    surface.classList.toggle("is-empty", next === null);
    at = null;
    if (next) stage.fit();
    else look(view);
  };
  stage.repaint = (part) => {
    if (!picture) return;
    stack.paintLabels(picture, view, part);
    lens.show(picture, at, view.scale);
  };
  stage.view = () => view;
  stage.zoom = (steps) => {
    const place: Place = at ? onScreen(view, at) : [size.width / 2, size.height / 2];
    carry(place, place, STEP ** steps);
  };
  stage.fit = () => {
    isWhole = true;
    if (picture) look(fitted(picture, size));
  };
  stage.moves = (is) => {
    isMoving = is;
    surface.classList.toggle("is-moving", is);
  };
  stage.ring = (width) => ring.setAttribute("r", String(width / 2));
  stage.line = (places) => {
    corners = places;
    mark();
  };
  stage.opacity = (share) => {
    for (const each of [stack.labels, lens.labels]) each.style.opacity = String(share);
  };
  stage.name = (placed) => {
    named = placed;
    placeNames();
  };
  stage.magnify = (isOn) => {
    lens.hidden = !isOn;
    mark();
  };
  return stage;
}
