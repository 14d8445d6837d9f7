import {BACKEND_CHOICES} from "../../lab/network-parameters.js";
import {namesParameter} from "../../lab/names-choice.js";
import {flag, oneOf, range} from "../../lab/state.js";
import type {StateOf} from "../../lab/state.js";

/** What the pointer does. */
export const TOOLS = ["brush", "eraser", "polygon", "fill", "move"] as const;
export type Tool = (typeof TOOLS)[number];

/** Fills stop at no colour. */
export const ANY_COLOUR = 255;

/** The state table of the page that labels. @param models ids, the default first */
export function labelTable(models: readonly string[]) {
  return {
    tool: oneOf("tool", TOOLS, "brush"),
    /** Width of brush and eraser in pixels of the screen: larger on the photo when that is seen from afar. */
    brush: range("brush", 1, 160, 24),
    /** How far, of 255, a colour of the photo may be from that of the pixel that a fill begins at. */
    likeness: range("likeness", 1, ANY_COLOUR, ANY_COLOUR),
    /** Of the labels, per cent. */
    opacity: range("opacity", 0, 100, 60),
    /** Who draws knows what: names stand there only for who wants them on masks. */
    names: namesParameter(false),
    magnifier: flag("magnifier", false),
    /** What is asked for a first mask. */
    model: oneOf("model", models, models[0]!),
    backend: oneOf("backend", BACKEND_CHOICES, "auto"),
    /** How far outlines may move when they snap to edges, per mille of the photo's long side. */
    reach: range("reach", 2, 40, 12)
  };
}

export type LabelTable = ReturnType<typeof labelTable>;
export type LabelState = StateOf<LabelTable>;
