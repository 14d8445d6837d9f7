import {html} from "htl";
import {percent} from "./class-legend.js";
import {signed} from "../tables/tap-sum.js";

export interface ClassScore {
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  readonly logit: number;
  /** Softmax, 0-1. */
  readonly probability: number;
  /** Whether it is the class that is asked about. */
  readonly asked: boolean;
}

export interface ClassScores extends HTMLElement {
  update(scores: readonly ClassScore[]): void;
}

/** How many classes are shown before the others are unfolded. */
const SHOWN = 5;

/** Logits and softmax at one place as a table, the largest first; a button unfolds the rest. */
export function classScores({label}: {readonly label: string}): ClassScores {
  const body = html`<tbody></tbody>` as HTMLElement;
  const more = html`<button type="button" aria-expanded="false" onclick=${() => unfold(!unfolded)}></button>` as HTMLButtonElement;
  const view =
    html`<div class="class-scores"><table aria-label=${label}><thead><tr><th scope="col">Class</th><th scope="col">Logit</th><th scope="col">Softmax</th><td></td></tr></thead>${body}</table>${more}</div>` as ClassScores;
  let unfolded = false;
  const unfold = (all: boolean) => {
    unfolded = all;
    const rows = [...body.children] as HTMLElement[];
    rows.forEach((row, index) => (row.hidden = !all && index >= SHOWN));
    more.hidden = rows.length <= SHOWN;
    more.textContent = all ? `First ${SHOWN} only` : `All ${rows.length} classes`;
    more.setAttribute("aria-expanded", String(all));
  };
  view.update = (scores) => {
    const sorted = scores.toSorted((a, b) => b.logit - a.logit);
    body.replaceChildren(
      ...sorted.map(
        ({name, colour, logit, probability, asked}) =>
          html`<tr class=${asked ? "asked" : ""}><th scope="row"><span class="score-name"><span class="swatch" style=${`background:${colour}`}></span>${name}</span>${asked ? " ◂ asked about" : ""}</th>
          <td>${signed(logit, 3)}</td><td>${percent(probability)}</td>
          <td><span class="score-bar" style=${`--share:${probability};--colour:${colour}`}></span></td></tr>` as Node
      )
    );
    unfold(unfolded);
  };
  return view;
}
