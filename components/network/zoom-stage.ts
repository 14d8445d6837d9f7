import {easeCubicInOut, interpolateZoom, select} from "d3";
// Gives selections their transitions.
import "d3-transition";
import {html} from "htl";

/** One of the things that lie inside each other, the outermost first. */
export interface ZoomLevel {
  readonly element: HTMLElement;
  /** Where on it the next one lies, on the screen; null where that is not in sight. */
  inner(): DOMRect | null;
  /** Takes the focus that the level before had, as far as there is something to take it yet. */
  focus(): void;
}

export interface ZoomStage extends HTMLElement {
  /**
   * Zooms to a level; from where the view is, when it is under way to another.
   *
   * @param still whether without motion
   */
  go(level: number, still?: boolean): void;
  /** Hands the focus that a level holds as a whole to what has come on it. */
  handFocus(): void;
  /** The level that is shown, or under way. */
  shown(): number;
}

/** Milliseconds from a level to the next. */
const DURATION = 620;

/** The way between two levels, one inside the other. */
interface Passage {
  readonly outer: number;
  readonly inner: number;
  /** Shows the passage at a moment: 0 is all of the outer level, 1 all of the inner. */
  at(moment: number): void;
  moment: number;
}

/**
 * Levels that lie inside each other, one of them in sight. Between two of them the view zooms to the place where the inner lies on the
 * outer; it can be turned back on the way. Where the reader wants no motion the levels change at once.
 */
export function zoomStage({label, levels}: {readonly label: string; readonly levels: readonly ZoomLevel[]}): ZoomStage {
  const boxes = levels.map(
    ({element}, index) => html`<div class="zoom-level" tabindex="-1" hidden=${index > 0}>${element}</div>` as HTMLElement
  );
  const stage = html`<div class="zoom-stage" role="group" aria-label=${label}>${boxes}</div>` as ZoomStage;
  let here = 0;
  let passage: Passage | null = null;

  function settle(): void {
    select(stage).interrupt();
    passage = null;
    stage.classList.remove("zooming");
    stage.style.height = "";
    boxes.forEach((box, index) => {
      box.hidden = index !== here;
      box.inert = false;
      box.style.transform = box.style.opacity = "";
    });
    stage.handFocus();
  }

  /** Both levels over each other, so that the inner lies where it is on the outer. */
  function passageBetween(outer: number, inner: number): Passage | null {
    const [around, inside] = [boxes[outer]!, boxes[inner]!];
    around.hidden = inside.hidden = false;
    const place = levels[outer]!.inner();
    const width = stage.clientWidth;
    // Without a height of its own it would have none, and what is below would move.
    stage.style.height = `${boxes[outer === here ? inner : outer]!.offsetHeight}px`;
    stage.classList.add("zooming");
    const {left, top} = stage.getBoundingClientRect();
    if (!place || place.width === 0 || width === 0) return null;
    const middle = [place.x - left + place.width / 2, place.y - top + place.height / 2] as const;
    // What the inner level's width comes to on the outer.
    const extent = place.width;
    const camera = interpolateZoom([width / 2, around.offsetHeight / 2, width], [...middle, extent]);
    const at = (moment: number) => {
      const [x, y, span] = camera(moment);
      // What comes meanwhile makes a level higher.
      const [aroundHeight, insideHeight] = [around.offsetHeight, inside.offsetHeight];
      const height = aroundHeight + (insideHeight - aroundHeight) * moment;
      const scale = width / span;
      const own = (scale * extent) / width;
      const [left, top] = [(middle[0] - x) * scale + width / 2, (middle[1] - y) * scale + height / 2];
      stage.style.height = `${height}px`;
      around.style.transform = `translate(${width / 2 - x * scale}px,${height / 2 - y * scale}px) scale(${scale})`;
      inside.style.transform = `translate(${left - (own * width) / 2}px,${top - (own * insideHeight) / 2}px) scale(${own})`;
      inside.style.opacity = String(between(moment, 0.3, 0.7));
      around.style.opacity = String(1 - between(moment, 0.5, 0.95));
    };
    return {outer, inner, at, moment: 0};
  }

  stage.shown = () => here;
  stage.handFocus = () => {
    if (document.activeElement === boxes[here]) levels[here]!.focus();
  };
  stage.go = (level, still = false) => {
    if (level === here) return;
    const hadFocus = stage.contains(document.activeElement);
    const from = here;
    here = level;
    if (passage && passage.outer !== level && passage.inner !== level) settle();
    if (!passage) {
      passage = !still && motionIsWelcome() ? passageBetween(Math.min(from, level), Math.max(from, level)) : null;
      if (passage) passage.moment = from < level ? 0 : 1;
    }
    if (passage) move(passage, passage.inner === level ? 1 : 0);
    else settle();
    if (!hadFocus) return;
    levels[level]!.focus();
    if (!boxes[level]!.contains(document.activeElement)) boxes[level]!.focus({preventScroll: true});
    requestAnimationFrame(stage.handFocus);
  };

  function move(along: Passage, end: number): void {
    const start = along.moment;
    boxes.forEach((box, index) => (box.inert = index !== here));
    along.at(start);
    select(stage)
      .interrupt()
      .transition()
      .duration(DURATION * Math.abs(end - start))
      .ease(easeCubicInOut)
      .tween("zoom", () => (share: number) => along.at((along.moment = start + (end - start) * share)))
      .on("end", settle);
  }
  return stage;
}

/** How far a moment has come between two others, 0-1. */
function between(moment: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (moment - from) / (to - from)));
}

function motionIsWelcome(): boolean {
  return globalThis.matchMedia?.("(prefers-reduced-motion: no-preference)").matches ?? false;
}
