import {html} from "htl";
import {withPower} from "../page/powers.js";
import {voice} from "../page/voice.js";
import {signed} from "../tables/tap-sum.js";
import {percent} from "./class-legend.js";

/** The logits of all classes at one place, and what softmax makes of them, term by term; each list by class. */
export interface PlaceScores {
  readonly classes: readonly {readonly name: string; /** CSS colour. */ readonly colour: string}[];
  readonly logits: ArrayLike<number>;
  /** The largest logit, which is taken from each before its exponential. */
  readonly largest: number;
  readonly exponentials: ArrayLike<number>;
  readonly sum: number;
  /** 0-1. */
  readonly shares: ArrayLike<number>;
  /** The class that the figure around is about. */
  readonly chosen: number;
}

export interface ClassScores extends HTMLElement {
  update(scores: PlaceScores): void;
}

/** How many classes are shown before the others are unfolded. */
const SHOWN = 5;
/** How many terms of the sum are written out; the others together. */
const WRITTEN = 4;
/** Digits after the point, of logits and of exponentials. */
const LOGIT_DIGITS = 3;
const DIGITS = 4;

/**
 * From logits to shares at one place, the largest first: each logit, what it is less the largest, e to the power of that, and its share of
 * the sum. The class that is pointed at, or focused, has its division written out; a button unfolds the rest.
 *
 * @param options.chosen what is said beside the class that the figure around is about
 * @param options.onChoose called with the class that the figure should be about
 */
export function classScores({
  label,
  chosen,
  onChoose
}: {
  readonly label: string;
  readonly chosen: string;
  onChoose(id: number): void;
}): ClassScores {
  const rows: Row[] = [];
  const body = html`<tbody></tbody>` as HTMLElement;
  const more = html`<button type="button" aria-expanded="false" onclick=${() => unfold(!unfolded)}></button>` as HTMLButtonElement;
  const about = html`<p class="look"></p>`;
  const sum = html`<b></b>`;
  const whole = html`<div class="score-whole"></div>` as HTMLElement;
  const division = html`<div class="score-division" role="img"></div>` as HTMLElement;
  const said = voice();
  const view =
    html`<div class="class-scores">${about}<table aria-label=${label}><thead><tr><th scope="col">Class</th><th scope="col">Logit</th><th scope="col">Less the largest</th><th scope="col">e to that</th><th scope="col">Share</th></tr></thead>${body}</table>${more}
      <div class="score-sum" aria-hidden="true"><span>The sum of all exponentials, ${sum}, and what each class has of it</span>${whole}</div>${division}${said}</div>` as ClassScores;
  let unfolded = false;
  let shown: PlaceScores | null = null;
  /** Classes, the largest logit first. */
  let order: number[] = [];
  let pointed: number | null = null;

  function unfold(all: boolean): void {
    unfolded = all;
    // The chosen class is in sight wherever it stands.
    rows.forEach(({element}, rank) => (element.hidden = rank >= order.length || (!all && rank >= SHOWN && order[rank] !== shown?.chosen)));
    more.hidden = order.length <= SHOWN;
    more.textContent = all ? `First ${SHOWN} only` : `All ${order.length} classes`;
    more.setAttribute("aria-expanded", String(all));
  }
  function point(id: number | null): void {
    if (!shown || pointed === id) return;
    pointed = id;
    write(shown);
    if (id !== null) said.say(sentenceOf(shown, id));
  }
  /** Writes out the division of the class that is pointed at, or chosen. */
  function write(scores: PlaceScores): void {
    const id = pointed ?? scores.chosen;
    division.setAttribute("aria-label", sentenceOf(scores, id));
    division.replaceChildren(...divisionOf(scores, id, order));
    rows.forEach(({element}, rank) => element.classList.toggle("pointed", order[rank] === id));
    [...whole.children].forEach((part, rank) => part.classList.toggle("pointed", order[rank] === id));
  }
  const atRank = (rank: number) => order[rank] ?? null;

  view.addEventListener("pointerleave", () => point(null));
  body.addEventListener("focusout", () => point(null));
  view.update = (scores) => {
    shown = scores;
    const {classes, logits, largest, sum: total, shares} = scores;
    order = classes.map((_, id) => id).sort((a, b) => logits[b]! - logits[a]!);
    // Rows stay, so that the one with the focus keeps it.
    while (rows.length < order.length) {
      const rank = rows.length;
      const row = scoreRow({onPoint: () => point(atRank(rank)), onChoose: () => order[rank] !== undefined && onChoose(order[rank])});
      rows.push(row);
      body.append(row.element);
    }
    order.forEach((id, rank) => rows[rank]!.update(scores, id, id === scores.chosen ? chosen : ""));
    about.textContent = `Softmax makes shares of logits. The largest, ${signed(largest, LOGIT_DIGITS)}, is taken from each first: no share changes by that, and no exponential grows too large. The order stays, so the largest logit has the largest share.`;
    sum.textContent = exponentialText(total);
    whole.replaceChildren(
      ...order.map((id) => {
        const style = `--share:${shares[id]!};--colour:${classes[id]!.colour}`;
        return html`<span style=${style} title=${`${classes[id]!.name}, ${percent(shares[id]!)}`} onpointerenter=${() => point(id)}></span>` as Node;
      })
    );
    write(scores);
    unfold(unfolded);
  };
  return view;
}

/** A line of the table: whichever class has that rank. */
interface Row {
  readonly element: HTMLElement;
  update(scores: PlaceScores, id: number, note: string): void;
}

function scoreRow({onPoint, onChoose}: {onPoint(): void; onChoose(): void}): Row {
  const swatch = html`<span class="swatch"></span>` as HTMLElement;
  const name = html`<span></span>` as HTMLElement;
  const note = html`<span class="quiet"></span>` as HTMLElement;
  const button =
    html`<button type="button" class="score-name" aria-pressed="false" onclick=${onChoose} onfocus=${onPoint}>${swatch}${name}</button>` as HTMLButtonElement;
  const cells = Array.from({length: 4}, () => html`<td><span></span></td>` as HTMLElement);
  const element = html`<tr onpointerenter=${onPoint}><th scope="row">${button}${note}</th>${cells}</tr>` as HTMLElement;
  return {
    element,
    update({classes, logits, largest, exponentials, shares}, id, remark) {
      const {name: called, colour} = classes[id]!;
      swatch.style.background = colour;
      name.textContent = called;
      note.textContent = remark && ` ◂ ${remark}`;
      button.setAttribute("aria-pressed", String(remark !== ""));
      const [logit, less, exponential, share] = cells.map((cell) => cell.firstElementChild as HTMLElement);
      logit!.textContent = signed(logits[id]!, LOGIT_DIGITS);
      less!.textContent = signed(logits[id]! - largest, LOGIT_DIGITS);
      exponential!.textContent = exponentialText(exponentials[id]!);
      share!.textContent = percent(shares[id]!);
      // Both bars begin at nothing and end at 1.
      for (const [cell, part] of [
        [exponential!, exponentials[id]!],
        [share!, shares[id]!]
      ] as const) {
        cell.className = "score-bar";
        cell.style.cssText = `--share:${part};--colour:${colour}`;
      }
    }
  };
}

/** The division with its numbers: in symbols, the sum written out, and what comes of it. */
function divisionOf({classes, logits, largest, exponentials, sum, shares}: PlaceScores, id: number, order: readonly number[]): Node[] {
  const written = order.filter((other, rank) => rank < WRITTEN || other === id);
  const rest = order.length - written.length;
  const restSum = sum - written.reduce((total, other) => total + exponentials[other]!, 0);
  const power = `${signed(logits[id]!, LOGIT_DIGITS)} − ${bracketed(signed(largest, LOGIT_DIGITS))}`;
  const own = exponentialText(exponentials[id]!);
  const terms = written.map((other, index) => {
    const text = exponentialText(exponentials[other]!);
    return html`${index > 0 ? " + " : ""}${other === id ? html`<b>${text}</b>` : text}` as Node;
  });
  const others =
    rest > 0
      ? (html` + <span class="quiet">${rest} ${rest === 1 ? "other" : "others"}, ${exponentialText(Math.max(0, restSum))}</span>` as Node)
      : "";
  const {name, colour} = classes[id]!;
  return [
    html`<span class="score-name"><span class="swatch" style=${`background:${colour}`}></span>${name}</span>` as Node,
    fraction(html`<b>e<sup>${power}</sup></b>` as Node, `the sum of all ${order.length}`),
    equals(),
    fraction(html`<b>${own}</b>` as Node, html`${terms}${others}` as Node),
    equals(),
    fraction(html`<b>${own}</b>` as Node, exponentialText(sum)),
    equals(),
    html`<span>${exponentialText(shares[id]!)}, or <b>${percent(shares[id]!)}</b></span>` as Node
  ];
}

const equals = () => html`<span>=</span>` as Node;

function fraction(above: Node | string, below: Node | string): Node {
  return html`<span class="score-fraction"><span>${above}</span><span>${below}</span></span>` as Node;
}

function sentenceOf({classes, logits, largest, exponentials, sum, shares}: PlaceScores, id: number): string {
  return `${classes[id]!.name}: e to the power of ${signed(logits[id]!, LOGIT_DIGITS)} less ${signed(largest, LOGIT_DIGITS)} is ${exponentialText(exponentials[id]!)}; divided by the sum of all ${classes.length}, ${exponentialText(sum)}, that is ${percent(shares[id]!)}.`;
}

function bracketed(number: string): string {
  return number.startsWith("−") ? `(${number})` : number;
}

/** A number from 0 up with four digits after the point, or as many as a small one needs to be told from nothing. */
function exponentialText(value: number): string {
  return value === 0 || value >= 0.5 * 10 ** -DIGITS ? value.toFixed(DIGITS) : withPower(value);
}
