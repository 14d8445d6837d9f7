import {html} from "htl";
import {ARROWS} from "../page/arrows.js";

export interface MatrixClass {
  readonly id: number;
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
}

/** Where a pixel is counted: its true class, and what was predicted. */
export interface MatrixCell {
  readonly truth: number;
  readonly guess: number;
}

export interface MatrixContent {
  /** The classes that are shown, in the order of rows and columns. */
  readonly classes: readonly MatrixClass[];
  /** What stands in a cell. @returns a share, 0-1, and of how many pixels it is, in words; null for an empty cell */
  cell(cell: MatrixCell): {readonly share: number; readonly words: string} | null;
  /** The cell that is chosen. */
  readonly chosen: MatrixCell | null;
}

export interface ConfusionMatrixView extends HTMLElement {
  update(content: MatrixContent): void;
}

/**
 * A confusion matrix: true classes in rows, predicted ones in columns. Arrow keys go from cell to cell, a click or Enter chooses one.
 *
 * @param options.onChoose called with the cell; with null where the chosen one is chosen again
 */
export function confusionMatrixView({
  label,
  onChoose
}: {
  readonly label: string;
  onChoose(cell: MatrixCell | null): void;
}): ConfusionMatrixView {
  const body = html`<tbody></tbody>` as HTMLElement;
  const head = html`<tr></tr>` as HTMLElement;
  const table = html`<table role="grid" aria-label=${label}><thead>${head}</thead>${body}</table>` as HTMLElement;
  const view = html`<div class="confusion-matrix"><div class="scroll">${table}</div></div>` as ConfusionMatrixView;
  let stop = {row: 0, column: 0};
  let buttons: HTMLElement[][] = [];

  view.update = ({classes, cell, chosen}) => {
    const hadFocus = table.contains(document.activeElement);
    const last = classes.length - 1;
    stop = {row: Math.max(0, Math.min(stop.row, last)), column: Math.max(0, Math.min(stop.column, last))};
    head.replaceChildren(
      html`<td class="corner"><span>predicted →</span><span>true ↓</span></td>` as Node,
      ...classes.map((each) => html`<th scope="col"><span>${swatch(each)}${each.name}</span></th>` as Node)
    );
    buttons = [];
    body.replaceChildren(
      ...classes.map((truth, row) => {
        const line = classes.map((guess, column) => {
          const place = {truth: truth.id, guess: guess.id};
          const isChosen = chosen?.truth === truth.id && chosen.guess === guess.id;
          const found = cell(place);
          const spoken = found ? `${found.share < TRACE ? "a trace" : `${inside(found.share)} %`}, ${found.words}` : "nothing";
          const button =
            html`<button type="button" tabindex="-1" aria-pressed=${String(isChosen)} class=${truth.id === guess.id ? "right" : "wrong"}
            style=${`--share:${found?.share ?? 0}`} onclick=${() => onChoose(isChosen ? null : place)} onfocus=${() => stopAt(row, column)}
            aria-label=${`true ${truth.name}, predicted ${guess.name}: ${spoken}`} title=${spoken}
            >${found ? inside(found.share) : ""}</button>` as HTMLElement;
          return button;
        });
        buttons.push(line);
        return html`<tr><th scope="row"><span>${swatch(truth)}${truth.name}</span></th>${line.map((button) => html`<td role="gridcell">${button}</td>`)}</tr>` as Node;
      })
    );
    stopAt(stop.row, stop.column);
    if (hadFocus) buttons[stop.row]?.[stop.column]?.focus();
  };
  table.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    buttons[stop.row + arrow[1]]?.[stop.column + arrow[0]]?.focus();
  });

  /** The cell that Tab leads to. */
  function stopAt(row: number, column: number): void {
    const before = buttons[stop.row]?.[stop.column];
    if (before) before.tabIndex = -1;
    stop = {row, column};
    const now = buttons[row]?.[column];
    if (now) now.tabIndex = 0;
  }
  return view;
}

/** What is less rounds to nothing. */
const TRACE = 0.005;

/** Per cent without a sign, for a narrow cell; a trace shows as a dot. */
function inside(share: number): string {
  return share >= TRACE ? String(Math.round(100 * share)) : "·";
}

function swatch({colour}: MatrixClass): Node {
  return html`<i class="swatch" style=${`background:${colour}`}></i>` as Node;
}
