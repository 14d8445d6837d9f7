import {html} from "htl";
import {costBars} from "../../../components/charts/cost-bars.js";
import {layerNoise} from "../../../components/charts/layer-noise.js";
import {percent} from "../../../components/classes/class-legend.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {differenceShare} from "../../../engine/labels/label-difference.js";
import {depthwiseFirst} from "../../../engine/readings/rounding.js";
import type {WorkContext} from "../../../lab/lesson.js";
import type {Rounding} from "../../../worker/inspections/rounding.js";
import {codeUnder} from "../code-under.js";
import {FORMAT, aloneKey, asTrained, formatOf, inWords} from "./state.js";
import type {QuantisationPage, QuantisationTable} from "./state.js";

/** How much of the mask changes where one layer alone is rounded. */
export interface AloneChange {
  readonly layer: string;
  /** Share of the pixels, 0-1. */
  readonly changed: number;
}

/** All layers side by side: how noisy their weights become, and what the mask makes of each. */
export function layersFigure(
  page: QuantisationPage,
  onAlone: (changes: readonly AloneChange[] | null) => void
): {readonly element: HTMLElement; show(rounding: Rounding): void} {
  const {store} = page;
  const noise = layerNoise({label: "Signal to noise of each layer's weights", onLayer: (layer) => store.set({layer})});
  const bars = costBars({label: "Pixels changed by each depthwise layer alone"});
  const measure =
    html`<button type="button" onclick=${() => store.set({alone: aloneKey(store.get())})}>Round each depthwise layer alone</button>` as HTMLButtonElement;
  const title = html`<h4></h4>`;
  const ask = html`<p>${measure} It takes as many runs as there are such layers.</p>` as HTMLElement;

  page.compute({
    on: ["alone", "model", "inputSize", ...FORMAT],
    photo: true,
    work: (context) => (context.state.alone === aloneKey(context.state) ? eachAlone(context) : Promise.resolve(null)),
    show(changes, {state}) {
      ask.hidden = changes !== null;
      title.textContent = changes ? `Pixels that change where one layer alone is rounded: ${inWords(state)}` : "";
      bars.update(
        (changes ?? []).map(({layer, changed}) => ({name: layer, value: changed, text: percent(changed), colour: "var(--concept-kernel)"}))
      );
      onAlone(changes);
    }
  });

  return {
    element: figureBlock({
      title: "Every layer",
      code: codeUnder(store, (codes) => codes.quantisation.layers),
      body: html`<div><h4>Signal to noise of the weights, median channel</h4>${noise}${ask}${title}${bars}</div>`,
      caption: "The marked layer is the chosen one; press another's mark to choose it."
    }),
    show({layers, layer}) {
      noise.update({
        layers: layers.map(({layer: name, medianDecibels, op}) => ({name, decibels: medianDecibels, isDepthwise: op === "depthwise"})),
        marked: layer.layer
      });
    }
  };
}

/** Rounds the depthwise layers one by one. */
async function eachAlone(context: WorkContext<QuantisationTable>): Promise<AloneChange[]> {
  const {state, engine, photo, checkWanted} = context;
  const choice = asTrained(context);
  const {layers} = await engine.inspect(photo, choice, "rounding", {format: "float32", layer: state.layer});
  const before = await engine.segment(photo, choice);
  const changes: AloneChange[] = [];
  for (const {layer} of depthwiseFirst(layers)) {
    checkWanted();
    const after = await engine.segment(photo, {...choice, precision: formatOf(state), rounded: [layer]});
    changes.push({layer, changed: differenceShare(before.labels, after.labels)});
  }
  return changes;
}
