import type {Edit, Effect} from "../../../engine/photo-edits/edit.js";
import {colour, flag, oneOf, range} from "../../../lab/state.js";
import type {Parameter} from "../../../lab/state.js";
import {AMOUNTS, formatEdits, parseEdits} from "./edit-text.js";

export const TOOLS = ["square", "rectangle", "brush", "point"] as const;
export const EFFECTS = ["cover", "blur", "noise", "turn", "hue", "grey"] as const satisfies readonly Effect["kind"][];
export const SHOWN = ["photo", "flips", "mask", "matter"] as const;

/** Mid grey: what the network's input is padded with, the nearest that eight bits have to it. */
const PADDING_GREY = "#808080";

const edits: Parameter<readonly Edit[]> = {key: "edit", initial: [], parse: parseEdits, format: formatEdits};

/** What the address says of the changes to the photo. */
export const PERTURB_TABLE = {
  edits,
  tool: oneOf("tool", TOOLS, "square"),
  effect: oneOf("effect", EFFECTS, "cover"),
  cover: colour("cover", PADDING_GREY),
  /** Amounts, in the units of `Effect`. */
  blur: range("blur", AMOUNTS.blur.min, AMOUNTS.blur.max, 15),
  noise: range("noise", AMOUNTS.noise.min, AMOUNTS.noise.max, 40),
  turn: range("turn", AMOUNTS.turn.min, AMOUNTS.turn.max, 180),
  hue: range("hue", AMOUNTS.hue.min, AMOUNTS.hue.max, 120),
  /** Side of the square and width of the brush, per mille of the photo's long side. */
  squareSize: range("square", 20, 600, 200),
  brushSize: range("brush", 10, 300, 80),
  /** What the picture shows. */
  changeShown: oneOf("changed", SHOWN, "photo"),
  /** Whether it is asked which places matter for the chosen point. */
  matter: flag("matter", false)
};
