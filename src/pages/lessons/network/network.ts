import {html} from "htl";
import {costBars} from "../../../components/charts/cost-bars.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {networkDiagram} from "../../../components/network/network-diagram.js";
import {walkBar} from "../../../components/network/walk-bar.js";
import {readouts} from "../../../components/tables/readouts.js";
import {LESSONS} from "../../../data/lessons.js";
import type {Sample} from "../../../data/samples/samples.js";
import {cost} from "../../../engine/cost.js";
import type {Network} from "../../../engine/network.js";
import {ownRates} from "../../../engine/plan.js";
import type {Plan, Step} from "../../../engine/plan.js";
import {receptiveField} from "../../../engine/receptive-field.js";
import {lesson} from "../../../lab/lesson.js";
import {modelUrl} from "../../../lab/model-list.js";
import type {ListedModel} from "../../../lab/model-list.js";
import {PARTS, partsOf} from "../../../lab/network-parts.js";
import {codeUnder} from "../code-under.js";
import {crfFigure} from "./crf.js";
import {planDiagram} from "./items.js";
import {layerFacts} from "./layer.js";
import type {Scores} from "./opened.js";
import {bringIn} from "./bring-in.js";
import {networkZoom} from "./zoom.js";
import {percent} from "../../../components/classes/class-legend.js";
import {megabytes, operations, whole} from "../../../lab/quantities.js";
import {LAYERS, OWN, STRONGEST, chosenStep, insideValues, networkTable, shownPlan} from "./state.js";
import type {NetworkState} from "./state.js";
import {layerTable} from "./table.js";
import {versionNote, versionTable} from "./versions.js";
import {walkThrough} from "./walk.js";

/** The page about the whole network. */
export function networkLesson({
  main,
  samples,
  models
}: {
  readonly main: HTMLElement;
  readonly samples: readonly Sample[];
  readonly models: readonly ListedModel[];
}) {
  const table = networkTable(models.map(({id}) => id));
  const page = lesson({main, table, samples});
  const {store} = page;
  /** The chosen model's description, once it is here. */
  let own: {readonly id: string; readonly network: Network} | null = null;

  const diagram = networkDiagram({
    label: "The network",
    controls: [page.choice("detail", "Detail")],
    onSelect: (layer) => store.set({layer, channel: STRONGEST, row: STRONGEST, column: STRONGEST}),
    onEnter: (layer) => zoom.enter(layer)
  });
  // Before what is inside of the boxes follows: it lies where they are drawn.
  page.follow(["version", "outputStride", "inputSize", "rate1", "rate2", "rate3", "detail", "layer", "walk"], draw);
  /** Width of the maps on the photo as a share of their height. */
  let aspect = 1;
  /** What the network said of the photo, once that was read. */
  let scores: Scores | null = null;
  const zoom = networkZoom(page, diagram, {
    onAspect(found) {
      aspect = found;
      draw();
    },
    onScores(found) {
      scores = found;
      if (own) showStop(shownPlan(own.network, store.get()), store.get());
    }
  });
  const walk = walkBar({label: "A walk through the network", begin: "Walk through the network", onGo: walkTo});
  const totals = readouts(["Parameters", "Multiply-adds", "Layers", "Activation memory"]);
  const parts = costBars({label: "Multiply-adds by part"});
  const about = versionNote();
  const layers = layerTable();
  const versions = versionTable();
  const rates = html`<div class="wide rate-sliders" role="group" aria-label="ASPP rates" hidden>${page.slider("rate1", "Rate 1")}${page.slider("rate2", "Rate 2")}${page.slider("rate3", "Rate 3")}</div>`;

  const inside = page.wayIn("Look inside this layer", (state) => insideValues(state, own?.network ?? null));

  const facts = layerFacts(LESSONS, inside);

  function draw(): void {
    if (!own) return;
    const state = store.get();
    const {network} = own;
    const model = models.find(({id}) => id === own!.id)!;
    const made = shownPlan(network, state);
    const step = chosenStep(made, state.layer);
    rates.hidden = ownRates(made.network).length !== 3;
    diagram.update({...planDiagram(made), open: state.detail === "layers", selected: step.name, aspect});
    zoom.draw(made, step);
    showTotals(made);
    about.update(state, made, model);
    facts.update(made, step);
    layers.update(made);
    versions.update(network, state);
    showStop(made, state);
  }
  function walkTo(number: number): void {
    if (number === 0) return store.set({walk: 0, zoom: "network"});
    // The papers' heads have no weights here: the walk is through the model's own.
    const stop = own && walkThrough(shownPlan(own.network, {...store.get(), version: OWN}))[number - 1];
    if (!stop) return;
    const {layer, zoom} = stop;
    store.set({walk: number, version: OWN, layer, zoom, channel: STRONGEST, row: STRONGEST, column: STRONGEST});
    bringIn(walk.closest(".figure-body"));
  }
  function showStop(made: Plan, {walk: number, version}: NetworkState): void {
    const stops = number > 0 && version === OWN ? walkThrough(made, scores) : [];
    const stop = stops[number - 1];
    walk.update(stop ? {...stop, number, of: stops.length} : null);
  }
  function showTotals(made: Plan): void {
    const {parameters, multiplyAdds, peakActivationBytes} = cost(made);
    totals.update({
      Parameters: whole(parameters),
      "Multiply-adds": operations(multiplyAdds),
      // The input is no layer.
      Layers: String(made.steps.length - 1),
      "Activation memory": megabytes(peakActivationBytes)
    });
    const part = partsOf(made);
    const byPart = PART_NAMES.map(([id, name, colour]) => ({
      name,
      colour,
      value: sumOf(made.steps.filter((step) => part(step.name) === id))
    }));
    parts.update(
      byPart
        .filter(({value}) => value > 0)
        .map((part) => ({...part, text: `${operations(part.value)}, ${percent(part.value / multiplyAdds)}`}))
    );
  }

  page.compute({
    on: ["model"],
    work: ({engine, state}) => engine.describe(modelUrl(state.model)),
    show({network}, {state}) {
      if (state.model !== own?.id) scores = null;
      own = {id: state.model, network};
      draw();
      attempts.refresh();
      inside.refresh();
    }
  });

  // A whole v3+, where there is one.
  const model = table.model.initial;
  const presets = page.presets([
    {
      label: "Five branches",
      look: "ASPP looks at the same features five ways. The chosen branch is opened: a depthwise convolution that carries the rate, and a pointwise one.",
      state: {model, version: OWN, outputStride: 16, inputSize: 513, rate1: 6, rate2: 12, rate3: 18, layer: LAYERS.middleBranch}
    },
    {
      label: "Output stride 8",
      look: "The last blocks keep twice the resolution and take a rate instead of a stride; atrous branches, where there are any, double their rates. The parameters stay; watch the multiply-adds.",
      state: {version: OWN, outputStride: 8, inputSize: 513, layer: LAYERS.atLargestRate}
    },
    {
      label: "v2 as its paper ran it",
      look: "At output stride 8 the four branches run at rates 6, 12, 18 and 24, and hold most of the parameters.",
      state: {version: "v2", outputStride: 8, inputSize: 513, layer: LAYERS.widestOfV2}
    },
    {
      label: "The skip",
      look: "From a block at stride 4 straight to the decoder: fine edges, few channels. Its maps are four times as fine as ASPP's.",
      state: {model, version: OWN, outputStride: 16, inputSize: 513, layer: LAYERS.skip}
    }
  ]);

  const planOf = () => own && shownPlan(own.network, store.get());
  const attempts = page.tryThis([
    {
      ask: "Go to output stride 8. What grows?",
      guesses: ["multiply-adds", "parameters", "both"],
      answer(state) {
        if (!own || state.outputStride !== 8) return null;
        const [here, before] = [cost(shownPlan(own.network, state)), cost(shownPlan(own.network, {...state, outputStride: 16}))];
        const grows = [here.multiplyAdds > before.multiplyAdds, here.parameters > before.parameters];
        return {
          right: grows.every(Boolean) ? "both" : grows[1] ? "parameters" : "multiply-adds",
          text: `${(here.multiplyAdds / before.multiplyAdds).toFixed(1)} times the multiply-adds of output stride 16, and ${whole(here.parameters)} parameters for ${whole(before.parameters)}.`
        };
      }
    },
    {
      ask: "Find the layer that does most of the multiplications. Where is it?",
      guesses: PART_NAMES.map(([, name]) => name),
      answer({layer}) {
        const made = planOf();
        if (!made) return null;
        const step = chosenStep(made, layer);
        const most = Math.max(...made.steps.map(({multiplyAdds}) => multiplyAdds));
        if (step.multiplyAdds !== most) return null;
        return {
          right: partNameOf(made, step),
          text: `${step.name} does ${percent(most / cost(made).multiplyAdds)} of all ${operations(cost(made).multiplyAdds)}.`
        };
      }
    },
    {
      ask: "Find a layer where a cell sees a square as large as the photo, though the layers it reads do not. Where is the first?",
      guesses: PART_NAMES.map(([, name]) => name),
      answer({layer, inputSize}) {
        const made = planOf();
        if (!made) return null;
        const step = chosenStep(made, layer);
        const extent = (name: string) => receptiveField(made.steps, name).extent;
        const seesFirst = ({name, inputs}: typeof step) => extent(name) >= inputSize && inputs.every((input) => extent(input) < inputSize);
        if (!seesFirst(step)) return null;
        const first = made.steps.find(seesFirst)!;
        return {
          right: partNameOf(made, first),
          text: `${step.name}: ${Number.isFinite(extent(step.name)) ? `${whole(extent(step.name))} of ${inputSize} pixels` : "it averages the whole image"}.`
        };
      }
    }
  ]);

  const titles = Object.fromEntries(models.map(({id, title}) => [id, title]));
  const legend = html`<ul class="network-legend" aria-label="Colours">${PARTS.map(({name, colour}) => html`<li><span class="swatch" style=${`background:${colour}`}></span>${name}</li>`)}<li><span class="swatch hollow"></span>outline: no weights</li></ul>`;
  return {
    bar: page.bar,
    show: page.show,
    attempts,
    network: figureBlock({
      title: "From photo to logits",
      code: codeUnder(store, (codes) => (state) => {
        const {whole, layer} = codes.networks;
        return state.zoom === "network" ? whole(state) : layer(state);
      }),
      controls: [
        page.select("model", "Model", titles),
        spanning(page.choice("version", "Version", {[OWN]: "this model"})),
        page.choice("outputStride", "Output stride"),
        page.choice("inputSize", "Input size"),
        rates,
        presets
      ],
      body: [html`<div class="network-bar">${walk}${zoom.path}${diagram.tools}</div>` as Node, zoom.element, legend],
      more: html`<div class="network-facts">${facts}<div>${about}${totals}</div></div>` as Node,
      caption:
        "A box shows where its layer is most active on your photo: the mean size of its values over all channels, dark to light. Larger maps have larger boxes, more channels a wider bar; stacked boxes hold several layers; r is a block's rate. Dashed links leap over layers. " +
        "Choose a box: a block opens into its layers, a layer into its channels, a channel into its cells, a cell into what it is made of. Escape leads out. Drag to move; zoom with the buttons, a pinch, or Ctrl and the wheel; by keyboard with the arrows and Enter."
    }),
    costs: figureBlock({
      title: "Where the multiplications are",
      code: codeUnder(store, (codes) => codes.networks.costs),
      body: [parts, layers],
      caption:
        "The multiply-adds of the network above by part, at its output stride, input size and rates. Bars start at zero; the table has every layer."
    }),
    lineage: figureBlock({
      title: "Four papers, one backbone",
      code: codeUnder(store, (codes) => codes.networks.papers),
      body: versions,
      caption:
        "Each paper's head on the chosen model's backbone, at the output stride and input size chosen above. The papers state the rates of v1 and v2 at output stride 8, those of v3 and v3+ at 16. Reach is the theoretical receptive field on the input of ASPP's widest convolution; image pooling, which sees everything, is left aside."
    }),
    crf: crfFigure(page),
    dispose() {
      zoom.dispose();
      page.dispose();
    }
  };
}

/** The parts of the network, as the reader knows them. */
const PART_NAMES = [
  ["backbone", "Backbone", "var(--quiet)"],
  ["aspp", "ASPP", "var(--rate-12)"],
  ["decoder", "Decoder", "var(--concept-decoder)"],
  ["logits", "Logits", "var(--concept-output)"]
] as const;

/** The part that a step belongs to, as the reader knows it; the input belongs to none. */
function partNameOf(plan: Plan, {name}: Step): string {
  const part = partsOf(plan)(name);
  return PART_NAMES.find(([id]) => id === part)![1];
}

function sumOf(steps: readonly Step[]): number {
  return steps.reduce((sum, {multiplyAdds}) => sum + multiplyAdds, 0);
}

/** A control that has room for two. */
function spanning(element: HTMLElement): HTMLElement {
  element.classList.add("spanning");
  return element;
}
