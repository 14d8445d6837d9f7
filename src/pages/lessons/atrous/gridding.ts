import {cellMap} from "../../../components/maps/cell-map.js";
import {sequential} from "../../../components/maps/colour-maps.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {readouts} from "../../../components/tables/readouts.js";
import {pathCounts} from "../../../engine/teaching/atrous.js";
import type {Lesson} from "../../../lab/lesson.js";
import {html} from "htl";
import {nextId} from "../../../components/fields/fields.js";
import type {AtrousTable} from "./state.js";

/** Side of the field that the puzzle asks to cover. */
const PUZZLE = 15;
const MOST_LAYERS = 4;

/** The gridding lab: up to four 3x3 layers, and which input cells reach one output. */
export function griddingFigure(page: Lesson<AtrousTable>): HTMLElement {
  const {store} = page;
  const field = cellMap({label: "Paths from each input cell to one output"});
  const facts = readouts(["Field of view", "Holes", "Most paths"]);
  const verdict = html`<p class="look" role="group" aria-label="Puzzle"></p>`;
  const layers = html`<div class="layers wide" role="group" aria-label="Layers"></div>`;

  page.follow(["gridding"], ({gridding: rates}) => {
    const counts = pathCounts(rates);
    const size = counts.length;
    const values = Float32Array.from({length: size * size}, (_, i) => counts[Math.floor(i / size)]! * counts[i % size]!);
    const holes = values.filter((count) => count === 0).length;
    const most = Math.max(...values);
    // By the root, because the middle has far more paths than the rim; white is a hole.
    const shade = sequential(0, Math.sqrt(most));
    field.draw({height: size, width: size, values, colour: (count) => (count === 0 ? [255, 255, 255] : shade(Math.sqrt(count)))});
    facts.update({"Field of view": `${size} × ${size}`, Holes: String(holes), "Most paths": String(most)});
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
    {label: "2, 2, 2", look: "One rate throughout: most of the field is never read. That is gridding.", state: {gridding: [2, 2, 2]}},
    {label: "1, 2, 3", look: "Rising rates: the same extent, no hole.", state: {gridding: [1, 2, 3]}},
    {label: "2, 4, 8", look: "Rates with a common factor: even cells only, however many layers.", state: {gridding: [2, 4, 8]}},
    {label: "1, 2, 5", look: "A larger field without a hole: the rates have no common factor.", state: {gridding: [1, 2, 5]}}
  ]);

  return figureBlock({
    title: "Gridding lab",
    controls: [presets, layers],
    body: html`<div class="figure-columns"><div>${field}</div><div>${facts}${verdict}</div></div>`,
    caption:
      "Stack layers and see in how many ways each input cell reaches the output in the middle: bright is many, white is none. Puzzle: cover exactly 15 × 15 cells without a hole, in as few layers as you can."
  });
}

function puzzleVerdict(size: number, holes: number): string {
  if (size !== PUZZLE)
    return `Puzzle: the field is ${size} × ${size}; it should be ${PUZZLE} × ${PUZZLE}, so the rates should add up to ${(PUZZLE - 1) / 2}.`;
  return holes === 0
    ? "Puzzle solved: 15 × 15 cells, and every one is read."
    : `Puzzle: 15 × 15 cells, but ${holes} of them are never read.`;
}
