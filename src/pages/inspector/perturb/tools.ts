import {html} from "htl";
import {choiceField, colourField, sliderField} from "../../../components/fields/fields.js";
import {hundredths} from "../../../lab/quantities.js";
import type {Inspection} from "../inspection.js";
import {EFFECTS, PERTURB_TABLE, TOOLS} from "./perturb-state.js";
import {looseSquare} from "./pen.js";

const TOOL_NAMES: Readonly<Record<(typeof TOOLS)[number], string>> = {
  square: "Square to drag",
  rectangle: "Rectangle",
  brush: "Brush",
  point: "Choose a point"
};

const EFFECT_NAMES: Readonly<Record<(typeof EFFECTS)[number], string>> = {
  cover: "Cover",
  blur: "Blur",
  noise: "Noise",
  turn: "Turn",
  hue: "Other hue",
  grey: "Grey"
};

/** What to do with each tool. */
const HINTS: Readonly<Record<(typeof TOOLS)[number], string>> = {
  square:
    "Drag over the photo: the square follows, and so does the mask. By keyboard: Enter on the photo puts the square there, arrow keys move it. It takes another effect at once.",
  rectangle:
    "Drag from corner to corner. By keyboard: Enter on the photo for one corner, arrow keys (with Shift by more), Enter for the other. The effect is the one chosen before.",
  brush:
    "Draw on the photo. By keyboard: Enter on the photo puts the brush down, arrow keys draw, Enter lifts it. The effect is the one chosen before.",
  point: "Click the photo, or go there with the arrow keys and press Enter: the point that is asked about below."
};

/** The controls that say what is drawn on the photo. @param onSquare called with a new place of the square, per mille */
export function toolFields({store, follow}: Inspection, onSquare: (place: {x?: number; y?: number}) => void): HTMLElement {
  const {get, set} = store;
  const table = PERTURB_TABLE;
  const slider = (
    key: "blur" | "noise" | "turn" | "hue" | "squareSize" | "brushSize",
    label: string,
    unit: string,
    text?: (value: number) => string
  ) => {
    const {min, max} = table[key];
    return sliderField({label, min, max, value: get()[key], unit, ...(text && {text}), onInput: (value) => set({[key]: value})});
  };
  const tool = choiceField({
    label: "Tool",
    choices: TOOLS.map((value) => ({value, label: TOOL_NAMES[value]})),
    value: get().tool,
    onChange: (value) => set({tool: table.tool.parse(value)!})
  });
  const effect = choiceField({
    label: "Effect",
    choices: EFFECTS.map((value) => ({value, label: EFFECT_NAMES[value]})),
    value: get().effect,
    onChange: (value) => set({effect: table.effect.parse(value)!})
  });
  const place = (label: string, axis: "x" | "y") =>
    sliderField({label, min: 0, max: 1000, value: 500, unit: "%", text: hundredths, onInput: (value) => onSquare({[axis]: value})});
  const across = place("Square across", "x");
  const down = place("Square down", "y");
  const cover = colourField({label: "Cover colour", value: get().cover, onInput: (value) => set({cover: value})});
  const sliders = {
    blur: slider("blur", "Blur radius", "% of the long side", hundredths),
    noise: slider("noise", "Noise", "% of the range"),
    turn: slider("turn", "Turn by", "°"),
    hue: slider("hue", "Turn the hue by", "°"),
    squareSize: slider("squareSize", "Square size", "% of the long side", hundredths),
    brushSize: slider("brushSize", "Brush width", "% of the long side", hundredths)
  };
  const hint = html`<p class="hint wide"></p>`;

  follow(["tool", "effect", "cover", "edits", ...(Object.keys(sliders) as (keyof typeof sliders)[])], (state) => {
    tool.show(state.tool);
    effect.show(state.effect);
    cover.show(state.cover);
    for (const [key, field] of Object.entries(sliders)) field.show(state[key as keyof typeof sliders]);
    const square = looseSquare(state.edits);
    across.show(square?.x ?? 500);
    down.show(square?.y ?? 500);
    const draws = state.tool !== "point";
    effect.hidden = !draws;
    // The places that are covered to see what matters have the square's size and this colour.
    cover.hidden = draws && state.effect !== "cover";
    for (const key of ["blur", "noise", "turn", "hue"] as const) sliders[key].hidden = !draws || state.effect !== key;
    across.hidden = down.hidden = state.tool !== "square";
    sliders.squareSize.hidden = state.tool !== "square" && draws;
    sliders.brushSize.hidden = state.tool !== "brush";
    hint.textContent = HINTS[state.tool];
  });
  return html`<div class="perturb-tools">${tool}${hint}${effect}${cover}${Object.values(sliders)}${across}${down}</div>`;
}
