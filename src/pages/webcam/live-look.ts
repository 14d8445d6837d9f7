import {BACKGROUND} from "../../data/labels/index.js";
import type {Labelling, LiveView, Look} from "../../media/live/look.js";
import {isLeftOut} from "../../lab/left-out.js";
import {EVERYTHING} from "./state.js";
import type {WEBCAM_VIEWS, WebcamState} from "./state.js";

const LOOKS: Readonly<Record<(typeof WEBCAM_VIEWS)[number], LiveView>> = {
  overlay: "overlay",
  "side-by-side": "side-by-side",
  mask: "mask",
  blur: "blur",
  colour: "background",
  picture: "background",
  isolate: "isolate"
};

/** Whether what the state shows is mirrored. */
export function isMirrored({mirror, source}: Pick<WebcamState, "mirror" | "source">): boolean {
  return mirror === "auto" ? source === "camera" : mirror === "on";
}

/** Whether a view shows some classes as they are, and not the mask. */
export function isOfSubject(view: WebcamState["view"]): boolean {
  return ["blur", "background", "isolate"].includes(LOOKS[view]);
}

/** The subject that a choice means among some classes: all of them where the chosen one is not there. */
export function subjectAmong(subject: string, classes: readonly string[]): string {
  return classes.includes(subject) ? subject : EVERYTHING;
}

/**
 * How a state is drawn.
 *
 * @param classes the model's, by id
 * @param hasPicture whether a picture to put behind the subject is there; its colour stands in until then
 */
export function lookOf(state: WebcamState, classes: readonly string[], hasPicture: boolean): Look {
  const ids = (wanted: (name: string) => boolean) => classes.flatMap((name, id) => (wanted(name) ? [id] : []));
  const subject = subjectAmong(state.subject, classes);
  return {
    view: LOOKS[state.view],
    opacity: state.opacity / 100,
    mirror: isMirrored(state),
    hidden: ids((name) => isLeftOut(name, state)),
    subject: ids((name) => (subject === EVERYTHING ? name !== BACKGROUND : name === subject)),
    backdrop: state.view === "picture" && hasPicture ? "picture" : rgb(state.backdrop),
    // Nobody wants them on the picture of themselves, nor in what is saved of it.
    names: state.names && !isOfSubject(state.view)
  };
}

/** How a state makes logits class maps. @param gpu whether a GPU draws here */
export function labellingOf({smoothing, edges}: Pick<WebcamState, "smoothing" | "edges">, gpu: boolean): Labelling {
  return {smoothing, edges: edges === "auto" ? gpu : edges === "on"};
}

/** @param colour `#rrggbb` */
function rgb(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
