import {html} from "htl";
import {classKey} from "../../../components/classes/class-key.js";
import {percent} from "../../../components/classes/class-legend.js";
import {cellMap} from "../../../components/maps/cell-map.js";
import {diverging, extentOf, sequential} from "../../../components/maps/colour-maps.js";
import {channelOf} from "../../../components/maps/feature-maps.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {readouts} from "../../../components/tables/readouts.js";
import type {Activations} from "../../../engine/activations.js";
import {differenceShare} from "../../../engine/labels/label-difference.js";
import {activationDifference} from "../../../engine/readings/activation-difference.js";
import {depthwiseFirst} from "../../../engine/readings/rounding.js";
import type {LayerRounding} from "../../../engine/readings/rounding.js";
import type {WorkContext} from "../../../lab/lesson.js";
import type {Segmentation} from "../../../worker/protocol.js";
import {segmented} from "../../segmented.js";
import type {Segmented} from "../../segmented.js";
import {codeUnder} from "../code-under.js";
import {EXTENTS, FORMAT, asTrained, formatOf, inWords, placeOf, widestFirst} from "./state.js";
import type {QuantisationPage, QuantisationState, QuantisationTable} from "./state.js";

/** The network as trained and with rounded weights on one photo. */
export interface RoundedRuns {
  readonly state: QuantisationState;
  readonly layer: LayerRounding;
  readonly before: Segmented;
  readonly after: Segmented;
  /** What the layer gives. */
  readonly maps: {readonly before: Activations; readonly after: Activations};
  /** Share of the pixels, 0-1, whose class changes. */
  readonly changed: number;
}

/** Runs the network as trained, once for as long as it is asked for the same, and with rounded weights. */
export function roundedRuns(): (context: WorkContext<QuantisationTable>) => Promise<RoundedRuns> {
  let trained: {readonly key: string; readonly photo: object; readonly result: Segmentation} | null = null;
  return async (context) => {
    const {state, engine, photo, checkWanted} = context;
    const choice = asTrained(context);
    const {layer, layers} = await engine.inspect(photo, choice, "rounding", {format: "float32", layer: state.layer});
    const taps = [layer.layer];
    const key = JSON.stringify([choice, taps]);
    if (trained?.key !== key || trained.photo !== photo) {
      trained = {key, photo, result: await engine.segment(photo, {...choice, taps})};
    }
    const {result} = trained;
    checkWanted();
    const rounded = {
      all: undefined,
      depthwise: depthwiseFirst(layers).map(({layer: name}) => name),
      layer: taps
    }[state.extent];
    const after = await engine.segment(photo, {...choice, taps, precision: formatOf(state), ...(rounded && {rounded})});
    return {
      state,
      layer,
      before: segmented(photo, result),
      after: segmented(photo, after),
      maps: {before: result.taps[layer.layer]!, after: after.taps[layer.layer]!},
      changed: differenceShare(result.labels, after.labels)
    };
  };
}

/** The masks before and after, and one channel of the layer. */
export function masksFigure(
  page: QuantisationPage,
  {controls, onRuns}: {readonly controls: readonly Node[]; onRuns(runs: RoundedRuns): void}
): HTMLElement {
  const masks = {before: cellMap({label: "Mask before rounding"}), after: cellMap({label: "Mask after rounding"})};
  const maps = {
    before: cellMap({label: "The channel before rounding"}),
    after: cellMap({label: "The channel after rounding"}),
    change: cellMap({label: "What rounding adds to the channel"})
  };
  for (const map of [...Object.values(masks), ...Object.values(maps)]) page.named(map).classList.add("picture");
  const keys = {before: classKey(), after: classKey()};
  const facts = readouts(["Pixels changed", "Layer output changed"]);
  const titles = {after: html`<h4></h4>`, channel: html`<h4></h4>`};
  let shown: RoundedRuns | null = null;

  function drawChannel(): void {
    if (!shown) return;
    const {layer, maps: found} = shown;
    const place = placeOf(page.store.get(), layer.channels);
    const channel = widestFirst(layer.reach)[place]!;
    const [before, after] = [channelOf(found.before, channel), channelOf(found.after, channel)];
    const {height, width} = found.before;
    const colour = sequential(...extentOf(before));
    const change = after.map((value, i) => value - before[i]!);
    const [least, most] = extentOf(before);
    maps.before.draw({height, width, values: before, colour});
    maps.after.draw({height, width, values: after, colour});
    maps.change.draw({height, width, values: change, colour: diverging(most - least)});
    titles.channel.textContent = `Channel ${channel} of ${layer.layer}, number ${place + 1} from the widest: before, after, and the difference`;
  }
  page.follow(["rank"], drawChannel);

  const runs = roundedRuns();
  page.compute({
    on: ["model", "layer", "extent", "inputSize", ...FORMAT],
    photo: true,
    work: runs,
    show(found) {
      shown = found;
      masks.before.draw(found.before);
      masks.after.draw(found.after);
      keys.before.update(found.before.classes);
      keys.after.update(found.after.classes);
      titles.after.textContent = `After: ${inWords(found.state)}, ${EXTENTS[found.state.extent]}`;
      facts.update({
        "Pixels changed": percent(found.changed),
        "Layer output changed": relativeInWords(activationDifference(found.maps.before, found.maps.after).relative)
      });
      drawChannel();
      onRuns(found);
    }
  });

  return figureBlock({
    title: "On your photo",
    code: codeUnder(page.store, (codes) => codes.quantisation.masks),
    controls: [...controls, page.select("extent", "Rounded", EXTENTS), page.choice("inputSize", "Input size")],
    body: html`<div>${facts}
      <div class="figure-columns level" style="--column:20rem"><div><h4>Before: as trained</h4>${masks.before}${keys.before}</div><div>${titles.after}${masks.after}${keys.after}</div></div>
      <div class="quantisation-channel">${titles.channel}<div class="figure-columns" style="--column:12rem"><div>${maps.before}</div><div>${maps.after}</div><div>${maps.change}</div></div></div>
    </div>`,
    caption:
      "Only the weights are rounded: biases, and what flows between layers, stay floats. The channel's first two maps share a scale; in the third, red is more and blue less than before. How much the layer's output changes is the mean size of the change over that of the output."
  });
}

function relativeInWords(relative: number | null): string {
  return relative === null ? "–" : `by ${percent(relative)}`;
}
