import {html} from "htl";
import type {Cell, Mode, Place} from "../../notebook/notebook.js";
import type {Shown} from "../../worker/notebook/shown.js";
import {cellEditor} from "./editor.js";
import {shownView} from "./shown-view.js";

/** What a cell is at: never run, on its way, running, with its result, with what went wrong, or stopped. */
export type CellState = "new" | "waiting" | "running" | "done" | "failed" | "stopped";

export interface CellActions {
  onChange(): void;
  run(): void;
  stop(): void;
  set(place: number, value: unknown): void;
  addBelow(mode: Mode): void;
  move(by: -1 | 1): void;
  remove(): void;
  names(): readonly string[];
}

export interface CellView {
  readonly id: number;
  readonly mode: Mode;
  readonly element: HTMLElement;
  text(): string;
  /** Says which it is of all cells. @param number from 1 up */
  number(number: number, of: number): void;
  /** It is on its way: what it showed stays until then. */
  begin(state: "waiting" | "running"): void;
  show(shown: readonly Shown[]): void;
  fail(message: string, place: Place | null, shown: readonly Shown[]): void;
  stopped(message: string): void;
  focus(): void;
  dispose(): void;
}

const KIND: Readonly<Record<Mode, string>> = {js: "code", md: "text"};

/** A cell: its text, what it gives, and what can be done with it. */
export function cellView({id, mode, text}: Cell, actions: CellActions): CellView {
  let ran: string | null = null;
  const editor = cellEditor({
    mode,
    text,
    label: `Cell, ${KIND[mode]}`,
    onChange() {
      actions.onChange();
      markChanged();
    },
    onRun() {
      actions.run();
      if (mode === "md") edit(false);
    },
    names: actions.names
  });
  // A text is read more often than it is written: what it is made of shows while it is edited.
  const editButton = html`<button type="button" onclick=${() => edit(!isEdited())}>Edit</button>` as HTMLButtonElement;
  const results = html`<div class="cell-results" role="group"></div>` as HTMLElement;
  const problem = html`<p class="cell-error" role="alert" hidden></p>` as HTMLElement;
  const place = html`<span class="cell-number"></span>` as HTMLElement;
  const button = (label: string, act: () => void, text: string) =>
    html`<button type="button" aria-label=${label} title=${label} onclick=${act}>${text}</button>` as HTMLButtonElement;
  const runButton = button("Run", actions.run, "▶");
  const stopButton = button("Stop", actions.stop, "■");
  const [up, down] = [button("Move up", () => actions.move(-1), "↑"), button("Move down", () => actions.move(1), "↓")];
  const bar = html`<div class="cell-bar" role="group">${place}${runButton}${mode === "md" ? editButton : null}${up}${down}
    ${button("Add code below", () => actions.addBelow("js"), "+ code")}${button("Add text below", () => actions.addBelow("md"), "+ text")}
    ${button("Delete", actions.remove, "×")}${mode === "md" ? null : stopButton}</div>` as HTMLElement;
  const box = html`<div class="cell-text">${editor.element}</div>` as HTMLElement;
  const element = html`<section class=${`notebook-cell ${mode}`}>${bar}${box}${problem}${results}</section>` as HTMLElement;

  const isEdited = () => !box.hidden;

  function edit(isWanted: boolean): void {
    const hadFocus = box.contains(document.activeElement);
    box.hidden = !isWanted;
    editButton.setAttribute("aria-pressed", String(isWanted));
    if (isWanted) editor.focus();
    else if (hadFocus) editButton.focus();
  }

  function markChanged(): void {
    element.classList.toggle("changed", editor.text() !== ran);
  }

  function say(state: CellState): void {
    element.dataset["state"] = state;
    stopButton.disabled = state !== "running";
    results.setAttribute("aria-busy", String(state === "waiting" || state === "running"));
  }

  function put(shown: readonly Shown[]): void {
    results.replaceChildren(...shown.map((each) => shownView(each, actions.set)));
  }

  function complain(message: string | null, at: Place | null = null): void {
    const words = message === null ? "" : at ? `Line ${at.line}: ${message}` : message;
    if (problem.textContent !== words) problem.textContent = words;
    problem.hidden = message === null;
    editor.mark(message !== null && at ? {message, place: at} : null);
  }

  say("new");
  return {
    id,
    mode,
    element,
    text: editor.text,
    number(number, of) {
      const name = `Cell ${number}`;
      place.textContent = String(number);
      element.setAttribute("aria-label", `${name}, ${KIND[mode]}`);
      bar.setAttribute("aria-label", name);
      results.setAttribute("aria-label", `Result of ${name.toLowerCase()}`);
      editor.call(`${name}, ${KIND[mode]}`);
      up.disabled = number === 1;
      down.disabled = number === of;
    },
    begin(state) {
      if (state === "waiting") ran = editor.text();
      markChanged();
      say(state);
    },
    show(shown) {
      complain(null);
      if (mode === "md" && text !== "" && !box.contains(document.activeElement)) edit(false);
      put(shown);
      say("done");
    },
    fail(message, at, shown) {
      box.hidden = false;
      put(shown);
      complain(message, at);
      say("failed");
    },
    stopped(message) {
      complain(message);
      say("stopped");
    },
    focus: editor.focus,
    dispose: editor.dispose
  };
}
