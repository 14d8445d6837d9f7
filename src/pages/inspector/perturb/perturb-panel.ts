import {html} from "htl";
import {classChanges} from "../../../components/classes/class-changes.js";
import {percent} from "../../../components/classes/class-legend.js";
import {choiceField} from "../../../components/fields/fields.js";
import type {Point} from "../../../components/photo/picture-figure.js";
import {presetList} from "../../../components/fields/preset-list.js";
import {readouts} from "../../../components/tables/readouts.js";
import type {Edit} from "../../../engine/photo-edits/edit.js";
import {photoEditor} from "../../../media/edits.js";
import {flipCanvas, paintPale} from "../../../media/flips.js";
import {keptMask} from "../../../media/drawn-mask.js";
import type {DrawnMask} from "../../../media/drawn-mask.js";
import {paintOverlay} from "../../../media/picture.js";
import {cssColour} from "../../../media/css-colour.js";
import {leftOutIds} from "../../../lab/left-out.js";
import {pointOf, pointPerMille} from "../../../lab/photo-geometry.js";
import {isChanged} from "../../../lab/state.js";
import type {PanelMaker, Standing} from "../inspection.js";
import {comparer} from "./comparison.js";
import type {Comparison} from "./comparison.js";
import {LONGEST_TEXT, formatEdits} from "./edit-text.js";
import {history} from "./history.js";
import {matter} from "./matter.js";
import {outlines, ring} from "./outlines.js";
import {looseSquare, pen, withSquare, withSquareKept} from "./pen.js";
import {EDIT_PRESETS} from "./presets.js";
import {toolFields} from "./tools.js";
import {PERTURB_TABLE, SHOWN} from "./perturb-state.js";

const SHOWN_NAMES: Readonly<Record<(typeof SHOWN)[number], string>> = {
  photo: "Changed photo",
  flips: "What flipped",
  mask: "New mask",
  matter: "Where it matters"
};
const CAPTIONS: Readonly<Record<(typeof SHOWN)[number], string>> = {
  photo: "The photo with your changes, and what the network now makes of it.",
  flips:
    "Coloured where the class is another than on the unchanged photo. What flipped outside your change, the network had decided by its surroundings.",
  mask: "The classes on the changed photo.",
  matter:
    "Red where covering the photo takes away from the class at the ring, blue where it adds to it. Ask below, and it fills place by place."
};

const IN_ALL = "Flipped in all";
const INSIDE = "Flipped inside the change";
const OUTSIDE = "Flipped outside it";
/** What moves of the square by keys and sliders are part of: they are undone together. */
const MOVING = "moving the square";
const REPORTED = "edits";

/** "Change the photo": draws on the photo and compares what the network makes of it with what it made before. */
export const perturbPanel: PanelMaker = (inspection) => {
  const {store, picture, cursor, follow, compute, onStanding, redraw, report} = inspection;
  const past = history(store.get().edits);
  const editor = photoEditor();
  const compare = comparer();
  /** Whether a stroke is drawn by keys just now. */
  let penDown = false;
  let comparison: Comparison | null = null;
  let flipped: {readonly of: Comparison; readonly canvas: HTMLCanvasElement} | null = null;
  const kept = keptMask();

  function put(edits: readonly Edit[]): void {
    report(null, REPORTED);
    store.set({edits, matter: false});
  }

  function change(edits: readonly Edit[], gesture?: unknown): void {
    if (formatEdits(edits).length > LONGEST_TEXT) {
      report(new Error("An address holds no more changes than these. Undo some, or clear them all, and go on."), REPORTED);
      return;
    }
    past.change(edits, gesture);
    put(edits);
  }

  const draw = pen({state: store.get, change});
  const moveSquare = (place: {x?: number; y?: number}) => change(withSquare(store.get(), place), MOVING);
  const undo = () => put(past.undo());
  const redo = () => put(past.redo());

  // Controls
  const button = (label: string, act: () => void) =>
    html`<button type="button" onclick=${(event: Event) => (event.currentTarget as HTMLElement).getAttribute("aria-disabled") !== "true" && act()}>${label}</button>` as HTMLButtonElement;
  const undoing = button("Undo", undo);
  const redoing = button("Redo", redo);
  const clearing = button("Clear all", () => change([]));
  const keeping = button("Keep the square here", () => change(withSquareKept(store.get().edits)));
  // Not `disabled`, which would take the keyboard's focus away from a button just pressed.
  const enable = (element: HTMLElement, enabled: boolean) => element.setAttribute("aria-disabled", String(!enabled));
  const presets = presetList(EDIT_PRESETS.map(({label, look, edits}) => ({label, look, choose: () => change(edits)})));
  const shown = choiceField({
    label: "In the picture",
    choices: SHOWN.map((value) => ({value, label: SHOWN_NAMES[value]})),
    value: store.get().changeShown,
    onChange: (value) => store.set({changeShown: PERTURB_TABLE.changeShown.parse(value)!})
  });
  const caption = html`<p class="hint"></p>`;
  const key = html`<ul class="class-key" aria-label="Colours of what flipped"><li><span class="swatch flip-outside"></span>outside the change</li><li><span class="swatch flip-inside"></span>inside it, hatched</li></ul>`;

  // What came of it
  const shares = readouts([IN_ALL, INSIDE, OUTSIDE]);
  const classes = classChanges();
  const results = html`<div>${shares}<h3>Share of the picture, before → after</h3>${classes}</div>`;
  const none = html`<p class="hint">Nothing is changed yet. Drag over the photo, or begin with one of the changes above: here you see what each class gains and loses.</p>`;
  const where = matter(inspection);

  follow(["edits"], ({edits}) => {
    // Changed from elsewhere: another photo, or all controls reset.
    if (edits !== past.now()) {
      past.restart(edits);
      penDown = false;
    }
    presets.show(EDIT_PRESETS.map((preset) => formatEdits(preset.edits) === formatEdits(edits)));
    enable(undoing, past.canUndo());
    enable(redoing, past.canRedo());
    enable(clearing, edits.length > 0);
    keeping.hidden = looseSquare(edits) === null;
  });
  follow(["changeShown"], ({changeShown}) => {
    shown.show(changeShown);
    caption.textContent = CAPTIONS[changeShown];
    key.hidden = changeShown !== "flips";
  });
  follow(["edits", "changeShown", "hidden", "tool"], () => redraw());
  // The square takes its size and effect at once; what else is drawn has those that held when it was.
  store.listen((state, before) => {
    const changed = isChanged(["effect", "cover", "blur", "noise", "turn", "hue", "squareSize"], state, before);
    if (changed && state.edits === before.edits && state.tool === "square" && looseSquare(state.edits)) moveSquare({});
  });

  compute({
    on: [],
    work: ({standing, engine}) => compare(standing, engine),
    show(found) {
      comparison = found;
      const {share, inside, outside} = found.flips;
      const text = (value: number | null) => (value === null ? "–" : percent(value));
      shares.update({[IN_ALL]: text(share), [INSIDE]: text(inside), [OUTSIDE]: text(outside)});
      classes.update(found.changes);
      redraw();
    }
  });
  onStanding(({edits}) => {
    none.hidden = edits.length > 0;
    results.hidden = edits.length === 0;
  });

  function maskOf({result}: Standing, view: "overlay" | "mask"): DrawnMask {
    return kept(result, result.palette, leftOutIds(result.classes, {hidden: store.get().hidden, view}));
  }

  function flipsOf(standing: Standing): HTMLCanvasElement | null {
    if (comparison?.standing.original !== standing.original) return null;
    if (flipped?.of !== comparison) {
      const colours = {outside: cssColour("--flip-outside"), inside: cssColour("--flip-inside")};
      flipped = {of: comparison, canvas: flipCanvas(comparison.flips, standing.original, colours)};
    }
    return flipped.canvas;
  }

  function paint(context: CanvasRenderingContext2D, standing: Standing): void {
    const {edits, changeShown, opacity} = store.get();
    // The photo follows at once, the classes as soon as they are known.
    const {canvas} = editor(standing.original, edits);
    if (changeShown === "photo") return paintOverlay(canvas, maskOf(standing, "overlay"), opacity / 100)(context);
    if (changeShown === "mask") {
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.drawImage(maskOf(standing, "mask").plain, 0, 0);
      return;
    }
    paintPale(context, canvas);
    if (changeShown === "matter") return where.paint(context, standing);
    const flips = flipsOf(standing);
    if (flips) context.drawImage(flips, 0, 0);
  }

  function marks(standing: Standing): SVGElement[] {
    const {edits, tool, changeShown, x, y} = store.get();
    const chosen = tool === "point" && x >= 0 ? pointOf({x, y}, standing.result) : null;
    const point = changeShown === "matter" ? (where.point(standing) ?? chosen) : chosen;
    return [...outlines(edits, standing.original), ...(point ? [ring(point, standing.original)] : [])];
  }

  function onStroke(stroke: "start" | "move" | "end", point: Point): void {
    if (store.get().tool !== "point") return draw(stroke, point);
    if (stroke === "end" && inspection.standing()) store.set(pointPerMille(point));
  }

  // Keys in the pointer's place. The picture is every panel's: its keys are this one's only while it is open.
  const keysAreOurs = () => store.get().panel === "perturb";
  const at = () => cursor.at() ?? {x: 0.5, y: 0.5};
  follow(["tool", "panel"], () => {
    if (penDown) draw("end", at());
    penDown = false;
  });
  picture.addEventListener(
    "keydown",
    (event) => {
      const {tool} = store.get();
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey || !keysAreOurs() || tool === "point") return;
      event.preventDefault();
      // Before the picture takes it for the choice of a point.
      event.stopPropagation();
      if (tool === "square") return moveSquare(pointPerMille(at()));
      draw(penDown ? "end" : "start", at());
      penDown = !penDown;
    },
    {capture: true}
  );
  // After the picture has moved its cross-hair.
  picture.addEventListener("keydown", ({key}) => {
    if (!key.startsWith("Arrow") || !keysAreOurs()) return;
    if (penDown) draw("move", at());
    else if (store.get().tool === "square" && looseSquare(store.get().edits)) moveSquare(pointPerMille(at()));
  });
  const onUndoKeys = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || !keysAreOurs()) return;
    event.preventDefault();
    if (event.shiftKey) redo();
    else undo();
  };
  picture.addEventListener("keydown", onUndoKeys);

  const element = html`<div class="perturb">
    <p>Change a part of the photo and see what the network makes of it. What flips outside the part that you changed had been decided by context.</p>
    ${presets}
    <div class="perturb-columns">
      <div class="perturb-controls">
        ${toolFields(inspection, moveSquare)}
        <div class="buttons" role="group" aria-label="Changes">${undoing}${redoing}${clearing}${keeping}</div>
      </div>
      <div class="perturb-results">${none}${results}</div>
    </div>
    ${where.element}
  </div>`;
  element.addEventListener("keydown", onUndoKeys);
  return {element, side: html`<div class="perturb-side">${shown}${caption}${key}</div>`, paint, marks, onStroke};
};
