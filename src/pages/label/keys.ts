import {html} from "htl";
import type {Store} from "../../lab/state.js";
import {ACTION_ITEMS, TOOL_ITEMS} from "./icons.js";
import type {Action} from "./icons.js";
import type {Shortcut} from "./shortcuts.js";
import type {LabelTable} from "./state.js";

const ACTION_KEYS: Readonly<Record<Action, readonly string[]>> = {
  undo: ["mod+z"],
  redo: ["mod+y", "mod+shift+z"],
  smaller: ["-", "_"],
  larger: ["+", "="],
  fit: ["0"],
  magnifier: ["m"],
  help: ["?"]
};
/** How much a key makes the brush larger. */
const GROWTH = 1.25;
const CLASS_KEYS = 9;
const OPACITY_STEP = 10;

/** What the photo itself listens to. */
const ON_PHOTO: readonly Pick<Shortcut, "shown" | "label">[] = [
  {shown: "← ↑ → ↓", label: "Go over the photo, with Shift by more"},
  {shown: "Space", label: "Draw at this place, as long as it is held"},
  {shown: "Enter", label: "Put the brush down or lift it; close the polygon"},
  {shown: "Escape", label: "Take back the stroke, or the polygon's last corner"}
];

/** All keys of the page. */
export function labelShortcuts({
  store: {get, set},
  table,
  actions,
  choose,
  others = []
}: {
  readonly store: Pick<Store<LabelTable>, "get" | "set">;
  readonly table: LabelTable;
  readonly actions: Readonly<Record<Action, () => void>>;
  /** Chooses the class at a place of the list. */
  choose(index: number): void;
  readonly others?: readonly Shortcut[];
}): Shortcut[] {
  const grow = (factor: number) => {
    const {brush} = get();
    const wanted = factor > 1 ? Math.max(brush + 1, brush * factor) : Math.min(brush - 1, brush * factor);
    set({brush: Math.min(Math.max(Math.round(wanted), table.brush.min), table.brush.max)});
  };
  const fade = (by: number) => set({opacity: Math.min(Math.max(get().opacity + by, 0), 100)});
  return [
    ...TOOL_ITEMS.map(({id, label, shortcut}) => ({
      keys: [shortcut.toLowerCase()],
      shown: shortcut,
      label,
      run: () => set({tool: id})
    })),
    ...Array.from({length: CLASS_KEYS}, (_, index) => ({
      keys: [String(index + 1)],
      // The help has a line for them all.
      shown: index === 0 ? `1 – ${CLASS_KEYS}` : "",
      label: "Choose a class",
      run: () => choose(index)
    })),
    {keys: ["["], shown: "[", label: "Smaller brush", run: () => grow(1 / GROWTH)},
    {keys: ["]"], shown: "]", label: "Larger brush", run: () => grow(GROWTH)},
    {keys: [","], shown: ",", label: "Fainter labels", run: () => fade(-OPACITY_STEP)},
    {keys: ["."], shown: ".", label: "Stronger labels", run: () => fade(OPACITY_STEP)},
    ...others,
    ...ACTION_ITEMS.flat().map(({id, label, shortcut}) => ({keys: ACTION_KEYS[id], shown: shortcut, label, run: actions[id]}))
  ];
}

export interface KeyHelp extends HTMLElement {
  toggle(): void;
}

/** The keys and what they do, folded away until they are asked for. */
export function keyHelp(shortcuts: readonly Shortcut[]): KeyHelp {
  const lines = [...ON_PHOTO, ...shortcuts].filter(({shown}) => shown !== "");
  const help = html`<section class="key-help" aria-label="Keys" hidden>
    <p class="hint">While the focus is on this page's editor; click the photo, or go there by Tab.</p>
    <dl>${lines.map(({shown, label}) => html`<div><dt><kbd>${shown}</kbd></dt><dd>${label}</dd></div>`)}</dl>
  </section>` as HTMLElement as KeyHelp;
  help.toggle = () => {
    help.hidden = !help.hidden;
  };
  return help;
}
