import {cellMap} from "../../../components/maps/cell-map.js";
import {sequential} from "../../../components/maps/colour-maps.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {typeset} from "../../../components/page/typeset.js";
import {readouts} from "../../../components/tables/readouts.js";
import {firstGap, hybridDistance, pathField} from "../../../engine/teaching/gridding.js";
import type {Lesson} from "../../../lab/lesson.js";
import {html} from "htl";
import {nextId} from "../../../components/fields/fields.js";
import {codeUnder} from "../code-under.js";
import {LARGEST_M2, SAID_FULL, SAID_HOLED} from "./state.js";
import type {AtrousTable} from "./state.js";

/** Side of the field that the puzzle asks to cover. */
const PUZZLE = 15;
const MOST_LAYERS = 4;
/** Up to four 3x3 layers, and which input cells reach one output. */
export function griddingFigure(page: Lesson<AtrousTable>): HTMLElement {
  const {store} = page;
  const field = cellMap({label: "Paths from each input cell to one output"});
  const facts = readouts(["Field of view", "Holes", "Most paths"]);
  const rules = readouts(["Exact rule", "M₂ of Wang et al."]);
  const verdict = html`<p class="look" role="group" aria-label="Puzzle"></p>`;
  const layers = html`<div class="layers wide" role="group" aria-label="Layers"></div>`;

  page.follow(["gridding"], ({gridding: rates}) => {
    const {size, paths, holes, most} = pathField(rates);
    // By the root, because the middle has far more paths than the rim; white is a hole.
    const shade = sequential(0, Math.sqrt(most));
    field.draw({height: size, width: size, values: paths, colour: (count) => (count === 0 ? [255, 255, 255] : shade(Math.sqrt(count)))});
    facts.update({"Field of view": `${size} × ${size}`, Holes: String(holes), "Most paths": String(most)});
    rules.update({"Exact rule": exactVerdict(rates), "M₂ of Wang et al.": hybridVerdict(rates)});
    verdict.textContent = puzzleVerdict(size, holes);
    layers.replaceChildren(...rates.map(layerControl), ...(rates.length < MOST_LAYERS ? [addButton()] : []));
  });

  function layerControl(rate: number, index: number): HTMLElement {
    const id = nextId("layer");
    const label = `Rate of layer ${index + 1}`;
    const input = html`<input id=${id} type="number" aria-label=${label} min="1" max="8" value=${rate} onchange=${() => {
      const value = Math.min(8, Math.max(1, Math.round(input.valueAsNumber || 1)));
      change(store.get().gridding.with(index, value), index);
    }} />` as HTMLInputElement;
    const remove = () =>
      change(
        store.get().gridding.filter((_, other) => other !== index),
        Math.max(0, index - 1)
      );
    return html`<span class="layer"><label for=${id}>Layer ${index + 1}, rate</label>${input}${
      store.get().gridding.length > 1
        ? html`<button type="button" aria-label=${`Remove layer ${index + 1}`} onclick=${remove}>×</button>`
        : null
    }</span>`;
  }

  function addButton(): HTMLElement {
    const {gridding} = store.get();
    return html`<button type="button" onclick=${() => change([...gridding, 1], gridding.length)}>Add a layer</button>`;
  }

  /** Sets the rates, which draws the controls anew, and leaves the focus with a layer. */
  function change(rates: readonly number[], layer: number): void {
    store.set({gridding: rates});
    layers.querySelectorAll("input")[layer]?.focus();
  }

  const presets = page.presets([
    {label: "One rate", look: "One rate throughout: most of the field is never read. That is gridding.", state: {gridding: [2, 2, 2]}},
    {label: "Rising from 1", look: "Rising rates from 1: the same extent, no hole.", state: {gridding: [1, 2, 3]}},
    {label: "Even cells only", look: "Rates with a common factor: even cells only, however many layers.", state: {gridding: [2, 4, 8]}},
    {
      label: "A leap too far",
      look: "Rising, and without a common factor, but 8 is too far: the two layers below it read only 7 cells in a row.",
      state: {gridding: [1, 2, 8]}
    },
    {label: "The same twice", look: "3 twice, and no hole: 3 is no more than 2 · 1 + 1.", state: {gridding: [1, 3, 3]}}
  ]);

  const attempts = page.tryThis(
    [
      {
        ask: "The rule of Wang et al. takes these stacks for full; one of them has holes all the same. Set the layers to the one you expect.",
        guesses: SAID_FULL.map(inWords),
        answer: ({gridding: rates}) =>
          among(SAID_FULL, rates) && {
            right: inWords(SAID_FULL.find((stack) => firstGap(stack))!),
            text: `Of ${inWords(rates)}, for which M₂ is ${hybridDistance(rates)}, ${leftOut(rates)}.`
          }
      },
      {
        ask: "It expects holes in these; one of them has none. Set the layers to it.",
        guesses: SAID_HOLED.map(inWords),
        answer: ({gridding: rates}) =>
          among(SAID_HOLED, rates) && {
            right: inWords(SAID_HOLED.find((stack) => !firstGap(stack))!),
            text: `Of ${inWords(rates)}, for which M₂ is ${hybridDistance(rates)}, ${leftOut(rates)}.`
          }
      }
    ],
    "two rules"
  );

  return figureBlock({
    title: "Stacked layers and their holes",
    code: codeUnder(store, (codes) => codes.atrous.gridding),
    controls: [presets, layers],
    body: html`<div class="figure-columns"><div>${field}</div><div>${facts}${rules}${verdict}</div></div>`,
    more: attempts,
    caption:
      "In how many ways each input cell reaches the output in the middle: bright is many, white is none. The holes are counted cell by cell; beside them stands what each rule says."
  });
}

const inWords = (rates: readonly number[]) => `(${rates.join(", ")})`;

/** Whether a stack is one of those; null where it is not, as what is not answered. */
function among(stacks: readonly (readonly number[])[], rates: readonly number[]): true | null {
  return stacks.some((stack) => inWords(stack) === inWords(rates)) || null;
}

function leftOut(rates: readonly number[]): string {
  const {holes} = pathField(rates);
  return holes === 0 ? "no cell is left out" : `${holes} cells are left out`;
}

function exactVerdict(rates: readonly number[]): string {
  const gap = firstGap(rates);
  return gap ? `holes: ${gap.rate} > 2 · ${gap.sum} + 1 = ${gap.limit}` : "no hole";
}

/** Whether the paper's rule expects holes; null where it says nothing, of a single layer. */
function hybridSaysHoles(rates: readonly number[]): boolean | null {
  const distance = hybridDistance(rates);
  return distance === null ? null : distance > LARGEST_M2;
}

function hybridVerdict(rates: readonly number[]): string {
  const saysHoles = hybridSaysHoles(rates);
  if (saysHoles === null) return "– (one layer)";
  return saysHoles ? `holes: ${hybridDistance(rates)} > ${LARGEST_M2}` : `no hole: ${hybridDistance(rates)} ≤ ${LARGEST_M2}`;
}

function puzzleVerdict(size: number, holes: number): string {
  if (size !== PUZZLE)
    return typeset(`Puzzle: read each of ${PUZZLE} × ${PUZZLE} cells, with as few layers as you can. This field is ${size} × ${size}.`);
  return holes === 0
    ? "Puzzle solved: 15 × 15 cells, and every one is read."
    : `Puzzle: 15 × 15 cells, but ${holes} of them are never read.`;
}
