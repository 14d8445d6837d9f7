import {select, zoom as zoomBehaviour, zoomIdentity, zoomTransform} from "d3";
// Gives selections their transitions.
import "d3-transition";
import type {D3ZoomEvent} from "d3";
import type {Box, Frame, Layout} from "./diagram-boxes.js";

const SCALES: [number, number] = [0.1, 4];
/** Scale below which labels cannot be read. */
export const READABLE = 0.5;
/** Largest scale at which a group is shown when it opens. */
const GROUP = 1.8;
/** Share of the view that it takes then. */
const GROUP_SHARE = 0.8;
/** Scale beyond which a network is not enlarged by itself. */
const LARGEST_START = 1.4;
const DURATION = 220;

/** What of a drawing is in sight. */
export interface DiagramCamera {
  size(): {readonly width: number; readonly height: number};
  scale(): number;
  /** Whether the reader has moved the view, which then stays where it is. */
  isTouched(): boolean;
  /** Lets the view follow the drawing again. */
  release(): void;
  zoomBy(factor: number): void;
  /** The scale at which all is in sight. */
  fitScale(bounds: Layout["bounds"]): number;
  /** Shows all. @param slowly where motion is welcome */
  fit(bounds: Layout["bounds"], slowly?: boolean): void;
  /** Shows what is around a place, as large as it can be read. */
  showPart(bounds: Layout["bounds"], x: number): void;
  /** Goes to a group that has opened. */
  showFrame(frame: Frame): void;
  /** Brings a box into sight where it is not. */
  reveal(box: Box): void;
}

/** Zooms and pans a drawing. The wheel zooms only with Ctrl or ⌘ held. @param scene what is moved in it */
export function diagramCamera(drawing: SVGSVGElement, scene: SVGGElement): DiagramCamera {
  let touched = false;
  /** The scale that is on its way, so that a second press goes on from there and not from where the first has come to. */
  let goal: number | null = null;
  const size = () => ({width: drawing.clientWidth || 1, height: drawing.clientHeight || 1});
  const behaviour = zoomBehaviour<SVGSVGElement, unknown>()
    .scaleExtent(SCALES)
    .clickDistance(4)
    .extent(() => [
      [0, 0],
      [size().width, size().height]
    ])
    .filter((event: Event) =>
      event instanceof WheelEvent ? event.ctrlKey || event.metaKey : !(event instanceof MouseEvent) || event.button === 0
    )
    .on("zoom", ({transform, sourceEvent}: D3ZoomEvent<SVGSVGElement, unknown>) => {
      if (sourceEvent) touched = true;
      scene.setAttribute("transform", String(transform));
      drawing.classList.toggle("far", transform.k < READABLE);
    });
  const view = select(drawing).call(behaviour).on("dblclick.zoom", null);
  /** The view, moving there slowly where motion is welcome. */
  const eased = () => view.transition().duration(matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : DURATION);

  function show(scale: number, x: number, y: number, slowly = false): void {
    const {width, height} = size();
    const wanted = zoomIdentity
      .translate(width / 2, height / 2)
      .scale(scale)
      .translate(-x, -y);
    if (slowly) eased().call(behaviour.transform, wanted);
    else view.call(behaviour.transform, wanted);
  }
  const fitScale = (bounds: Layout["bounds"]) => Math.min(size().width / bounds.width, size().height / bounds.height, LARGEST_START);
  const middleOf = (bounds: Layout["bounds"]) => [bounds.x + bounds.width / 2, bounds.y + bounds.height / 2] as const;

  return {
    size,
    scale: () => zoomTransform(drawing).k,
    isTouched: () => touched,
    release: () => (touched = false),
    zoomBy(factor) {
      touched = true;
      const wanted = (goal ?? zoomTransform(drawing).k) * factor;
      goal = wanted;
      eased()
        .on("end interrupt", () => {
          if (goal === wanted) goal = null;
        })
        .call(behaviour.scaleTo, wanted);
    },
    fitScale,
    fit(bounds, slowly) {
      touched = false;
      show(fitScale(bounds), ...middleOf(bounds), slowly);
    },
    showPart(bounds, x) {
      show(Math.min(LARGEST_START, Math.max(READABLE, size().height / bounds.height)), x, middleOf(bounds)[1]);
    },
    showFrame(frame) {
      touched = true;
      const scale = Math.min((GROUP_SHARE * size().width) / frame.width, (GROUP_SHARE * size().height) / frame.height, GROUP);
      show(scale, ...middleOf(frame), true);
    },
    reveal({x, y, width, height}) {
      const transform = zoomTransform(drawing);
      const [left, top] = transform.apply([x - width / 2, y - height / 2]);
      const [right, bottom] = transform.apply([x + width / 2, y + height / 2]);
      if (left < 0 || top < 0 || right > size().width || bottom > size().height) view.call(behaviour.translateTo, x, y);
    }
  };
}
