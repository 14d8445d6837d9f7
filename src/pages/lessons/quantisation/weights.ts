import {html} from "htl";
import {channelRanges} from "../../../components/charts/channel-ranges.js";
import {decibelsInWords} from "../../../components/charts/layer-noise.js";
import {roundingHistogram} from "../../../components/charts/rounding-histogram.js";
import {percent} from "../../../components/classes/class-legend.js";
import {selectField} from "../../../components/fields/fields.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {readouts} from "../../../components/tables/readouts.js";
import type {Rounding} from "../../../worker/inspections/rounding.js";
import {codeUnder} from "../code-under.js";
import {placeOf, widestFirst} from "./state.js";
import type {QuantisationPage} from "./state.js";

/** The weights of one layer before and after rounding: how far each channel reaches, and how often which weight occurs. */
export function weightsFigure(
  page: QuantisationPage,
  controls: readonly Node[],
  notes: readonly Node[]
): {readonly element: HTMLElement; show(rounding: Rounding): void} {
  const {store} = page;
  const layer = selectField({label: "Layer", choices: [], value: "", onChange: (name) => store.set({layer: name})});
  const ranges = channelRanges({label: "How far the weights of each channel reach"});
  const histogram = roundingHistogram({label: "Weights before and after rounding", xTitle: "weight"});
  const facts = readouts([
    "Step",
    "Channels lost",
    "Weights that become zero",
    "Mean error",
    "Signal to noise",
    "Steps of the chosen channel"
  ]);
  let shown: Rounding | null = null;

  function draw(): void {
    if (!shown) return;
    const {reach, scales} = shown.layer;
    const order = widestFirst(reach);
    const marked = placeOf(store.get(), order.length);
    const inOrder = (values: Float64Array) => order.map((channel) => values[channel]!);
    ranges.update({reach: inOrder(reach), steps: scales && inOrder(scales), marked});
    const channel = order[marked]!;
    facts.update({
      "Steps of the chosen channel": scales?.[channel] ? `${Math.round(reach[channel]! / scales[channel]!)} from zero to its largest` : "–"
    });
  }
  page.follow(["rank"], draw);

  return {
    element: figureBlock({
      title: "One layer, channel by channel",
      code: codeUnder(store, (codes) => codes.quantisation.weights),
      controls: [...controls, layer, page.slider("rank", "Channel, widest first", "%"), ...notes],
      body: [
        html`<div class="figure-columns" style="--column:18rem"><div><h4>Largest weight of each channel, and the step</h4>${ranges}</div>
          <div><h4>How often which weight occurs</h4>${histogram}</div></div>`,
        facts
      ],
      caption:
        "At first the depthwise layer whose widest channel stands out most. The scale on the left is logarithmic. The histogram shows nine in ten of the weights; the widest lie beyond its ends. Signal to noise, of the median channel, is 10 log₁₀ of the sum of its squared weights over that of their squared errors. The mean error is near 0 where errors cancel, and half a step at most."
    }),
    show(rounding) {
      shown = rounding;
      const {layers, layer: chosen} = rounding;
      layer.offer(
        layers.map(({layer: name}) => ({value: name, label: name})),
        chosen.layer
      );
      histogram.update(rounding.histogram);
      facts.update({
        Step: stepInWords(chosen.scales),
        "Channels lost": `${lostChannels(chosen)} of ${chosen.channels}`,
        "Weights that become zero": percent(chosen.zeroed),
        "Mean error": chosen.meanError === null ? "–" : `${chosen.meanError < 0 ? "−" : "+"}${Math.abs(chosen.meanError).toFixed(2)} steps`,
        "Signal to noise": decibelsInWords(chosen.medianDecibels)
      });
      draw();
    }
  };
}

/** How many channels have weights, and only zeros after rounding. */
export function lostChannels({reach, scales}: Rounding["layer"]): number {
  return scales ? reach.filter((largest, channel) => largest > 0 && largest < scales[channel]! / 2).length : 0;
}

function stepInWords(scales: Rounding["layer"]["scales"]): string {
  if (!scales) return "–";
  const used = scales.filter((scale) => scale > 0);
  const [least, most] = [Math.min(...used), Math.max(...used)];
  const short = (value: number) => String(Number(value.toPrecision(2)));
  return least === most ? short(least) : `${short(least)} to ${short(most)}`;
}

/** The controls that say what weights are rounded to; each figure that shows it has its own. */
export function formatControls(
  page: QuantisationPage,
  names: {readonly [K in "bits" | "per" | "grid"]: Readonly<Record<string, string>>}
): Node[] {
  const bits = page.choice("bits", "Bits", names.bits);
  const others = [page.choice("per", "A scale per", names.per), page.select("grid", "Grid", names.grid)];
  // Floats have a scale of their own, a power of two each.
  page.follow(["bits"], ({bits: chosen}) => {
    for (const field of others)
      for (const input of field.querySelectorAll<HTMLInputElement>("input, select")) input.disabled = chosen === 16;
  });
  return [bits, ...others];
}
