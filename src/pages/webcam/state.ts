import {OVERLAY_OPACITY} from "../../formats/overlay-look.js";
import type {WantedSource} from "../../media/live-source.js";
import {namesParameter} from "../../lab/names-choice.js";
import {networkParameters} from "../../lab/network-parameters.js";
import {colour, flag, oneOf, range, text, words} from "../../lab/state.js";
import type {StateOf} from "../../lab/state.js";

/** Long side of the network's input in pixels. */
export const LIVE_SIZES = [257, 321, 385, 513, 641, 769] as const;

export const SOURCES = ["camera", "file", "screen"] as const satisfies readonly WantedSource["kind"][];

/** The views as the reader chooses them: what stands behind the subject is part of the choice. */
export const WEBCAM_VIEWS = ["overlay", "side-by-side", "mask", "blur", "colour", "picture", "isolate"] as const;

/** The subject that is all classes but the background. */
export const EVERYTHING = "all";

/** Frames a second to hold by itself; "fixed" leaves stride and size as they are chosen. */
export const PACES = ["fixed", 10, 15, 24, 30] as const;

/** The webcam page's state table. */
export function webcamTable(models: readonly string[]) {
  return {
    ...networkParameters(models, LIVE_SIZES, 257),
    source: oneOf("source", SOURCES, "camera"),
    /** The camera's id in this browser; empty for any. */
    camera: text("camera", ""),
    /** "auto" mirrors what comes from a camera. */
    mirror: oneOf("mirror", ["auto", "on", "off"], "auto"),
    pace: oneOf("pace", PACES, "fixed"),
    view: oneOf("view", WEBCAM_VIEWS, "overlay"),
    /** Name of a class, or `EVERYTHING`. */
    subject: text("subject", "person"),
    /** Per cent. */
    opacity: range("opacity", 0, 100, 100 * OVERLAY_OPACITY),
    backdrop: colour("backdrop", "#2f6f8f"),
    /** Of the regions, where the mask is what is shown. */
    names: namesParameter(true),
    smoothing: flag("smooth", true),
    /** "auto" where a GPU draws: the CPU would take about as long as for the network. */
    edges: oneOf("edges", ["auto", "on", "off"], "auto"),
    /** Names of classes that the mask leaves out. */
    hidden: words("hide")
  };
}

export type WebcamTable = ReturnType<typeof webcamTable>;
export type WebcamState = StateOf<WebcamTable>;
