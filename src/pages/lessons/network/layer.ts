import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import {extentOf, sequential} from "../../../components/maps/colour-maps.js";
import {channelOf, featureMaps} from "../../../components/maps/feature-maps.js";
import {readouts} from "../../../components/tables/readouts.js";
import {cost} from "../../../engine/cost.js";
import {convolutionOf} from "../../../engine/steps/convolution.js";
import type {Plan, Step} from "../../../engine/plan.js";
import {receptiveField} from "../../../engine/receptive-field.js";
import type {Activations} from "../../../engine/activations.js";
import {operation, shape} from "../../../lab/network-parts.js";
import {percent} from "../../../components/classes/class-legend.js";
import {channelName} from "../../../lab/channel-name.js";
import {modelUrl} from "../../../lab/model-list.js";
import {field, operations, whole} from "../../../lab/quantities.js";
import {CHANNELS_SHOWN, OWN, STRONGEST, chosenStep, isTrained, shownPlan, shownRates} from "./state.js";
import type {NetworkPage} from "./state.js";

/** What a layer is, from the plan. */
export function layerFacts(): HTMLElement & {update(plan: Plan, step: Step): void} {
  const title = html`<h4></h4>`;
  const facts = readouts([
    "Layer shape",
    "Kernel",
    "Stride",
    "Rate",
    "Layer parameters",
    "Layer multiply-adds",
    "Share of multiply-adds",
    "Receptive field"
  ]);
  const panel = html`<div class="layer-facts" role="group" aria-label="The chosen layer">${title}${facts}</div>` as HTMLElement & {
    update(plan: Plan, step: Step): void;
  };
  panel.update = (plan, step) => {
    title.textContent = `${step.name}: ${operation(step)}`;
    const has = convolutionOf(step);
    facts.update({
      "Layer shape": shape(step),
      Kernel: has ? has.kernel.join(" × ") : "none",
      Stride: has ? String(has.stride) : "none",
      Rate: has ? String(has.rate) : "none",
      "Layer parameters": whole(step.parameters),
      "Layer multiply-adds": operations(step.multiplyAdds),
      "Share of multiply-adds": percent(step.multiplyAdds / cost(plan).multiplyAdds),
      "Receptive field": field(receptiveField(plan.steps, step.name).extent)
    });
  };
  return panel;
}

/** The chosen layer's channels on the reader's photo: small ones, a page of them at a time, and one large. */
export function layerMaps(page: NetworkPage): HTMLElement {
  const {store} = page;
  const note = html`<p class="look"></p>`;
  const maps = featureMaps({label: "Feature maps", shown: CHANNELS_SHOWN, onChannel: (channel) => store.set({channel})});
  const large = cellMap({label: "The chosen channel"});
  const facts = readouts(["Channels shown", "Chosen channel", "Scale"]);
  const previous = html`<button type="button" onclick=${() => turn(-1)}>Previous channels</button>` as HTMLButtonElement;
  const next = html`<button type="button" onclick=${() => turn(1)}>Next channels</button>` as HTMLButtonElement;
  const pictures = html`<div class="figure-columns layer-pictures" hidden>
    <div>${maps}<div class="layer-paging">${previous}${next}</div></div>
    <div>${facts}${large}</div>
  </div>`;
  let shown: Activations | null = null;
  let nameOf: (channel: number) => string = String;
  /** First of the channels that are drawn; null where they have to be drawn anew. */
  let drawnFrom: number | null = null;

  /** @throws TypeError where nothing is shown */
  function chosenChannel(): number {
    const {channel} = store.get();
    return channel === STRONGEST ? strongest(shown!) : Math.min(channel, shown!.channels - 1);
  }
  const firstOf = (channel: number) => channel - (channel % CHANNELS_SHOWN);
  function turn(pages: number): void {
    if (shown) store.set({channel: firstOf(chosenChannel()) + pages * CHANNELS_SHOWN});
  }
  function draw(): void {
    pictures.hidden = !shown;
    if (!shown) return;
    const channel = chosenChannel();
    const from = firstOf(channel);
    const last = Math.min(from + CHANNELS_SHOWN, shown.channels) - 1;
    if (from !== drawnFrom) maps.update(shown, from);
    drawnFrom = from;
    maps.querySelectorAll("button").forEach((button, index) => button.setAttribute("aria-pressed", String(from + index === channel)));
    const [low, high] = extentOf(shown.values);
    large.draw({height: shown.height, width: shown.width, values: channelOf(shown, channel), colour: sequential(low, high)});
    facts.update({
      "Channels shown": `${from}–${last} of ${shown.channels}`,
      "Chosen channel": nameOf(channel),
      Scale: `${low.toFixed(2)} dark to ${high.toFixed(2)} light`
    });
    previous.disabled = from === 0;
    next.disabled = last + 1 >= shown.channels;
  }
  page.follow(["channel"], draw);

  page.compute({
    on: ["model", "version", "outputStride", "inputSize", "rate1", "rate2", "rate3", "layer"],
    photo: true,
    async work({state, backend, engine, photo}) {
      const {network} = await engine.describe(modelUrl(state.model));
      const shownHere = shownPlan(network, state);
      const step = chosenStep(shownHere, state.layer);
      if (!isTrained(step, shownHere, state)) return {step, result: null};
      // The papers' heads are not run: behind a backbone's layer stands the model's own.
      const rates = state.version === OWN ? shownRates(network, state) : undefined;
      const {outputStride, inputSize} = state;
      const result = await engine.segment(photo, {
        modelUrl: modelUrl(state.model),
        backend,
        outputStride,
        inputSize,
        taps: [step.name],
        ...(rates && {rates})
      });
      return {step, result};
    },
    show({step, result}, {state}) {
      shown = result && result.taps[step.name]!;
      nameOf = (channel) => (result ? channelName(result, step.name, channel) : String(channel));
      drawnFrom = null;
      note.textContent = result
        ? `${step.name} on your photo, which enters at ${result.plan.inputWidth} × ${result.plan.inputHeight} pixels, its own aspect: ${shape(shown!)} here.`
        : `${state.version}’s head is not trained here: the diagram shows its shapes and costs. Choose a layer of the backbone to see its feature maps.`;
      draw();
    }
  });
  return html`<div class="layer-maps" role="group" aria-label="The layer on your photo">${note}${pictures}</div>`;
}

/** Of the first channels that are shown, the one with the largest value. */
function strongest({channels, values}: Activations): number {
  let best = 0;
  for (let i = 0; i < values.length; i++) if (i % channels < CHANNELS_SHOWN && values[i]! > values[best]!) best = i;
  return best % channels;
}
