import {html} from "htl";
import {LEAST_SHOWN, channelList} from "../../../components/maps/channel-list.js";
import type {ListedChannel} from "../../../components/maps/channel-list.js";
import {extentOf, sequential} from "../../../components/maps/colour-maps.js";
import {channelOf} from "../../../components/maps/feature-maps.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {readouts} from "../../../components/tables/readouts.js";
import {signed} from "../../../components/tables/tap-sum.js";
import {channelParts, topChannels} from "../../../engine/readings/channel-parts.js";
import type {ChannelPart} from "../../../engine/readings/channel-parts.js";
import type {LastLayer} from "../../../worker/inspections/last-layer.js";
import {pointOf, toCells} from "../../../lab/photo-geometry.js";
import {askedClass, scoresAt} from "../asked-class.js";
import type {Inspection, Standing} from "../inspection.js";

/** How many channels are shown: enough to see the pattern, few enough to look at each. What would be written as 0.00 decided nothing. */
const SHOWN = {raising: 8, lowering: 4, least: LEAST_SHOWN};

/** The channels before the last layer that speak most for and against the class, each a way to its map. */
export function channelsFigure(inspection: Inspection): HTMLElement {
  const {store} = inspection;
  let known: {readonly of: Standing; readonly layer: LastLayer} | null = null;
  const open = (channel: number) => known && store.set({panel: "maps", layer: known.layer.endPoint, channel});
  const raising = channelList({label: "Channels that speak for it", onChannel: open});
  const lowering = channelList({label: "Channels that speak against it", onChannel: open});
  const forName = html`<h4></h4>`;
  const againstName = html`<h4></h4>`;
  const sums = readouts(["Channels shown", "All other channels", "Bias", "Sum of channels and bias", "Logit"]);

  inspection.compute({
    on: [],
    work: ({engine, standing: {photo, run}}) => engine.inspect(photo, run, "lastLayer", {}),
    show(layer, {standing}) {
      known = {of: standing, layer};
      draw();
    }
  });

  function draw(): void {
    const state = store.get();
    if (!known || known.of !== inspection.standing() || state.x < 0 || state.y < 0) return;
    const {
      of: {result},
      layer
    } = known;
    const {activations} = layer;
    const {id} = askedClass(state, result);
    const {parts, bias} = channelParts(layer, toCells(result, activations, pointOf(state, result)), id);
    const top = topChannels(parts, SHOWN);
    const listed = (list: readonly ChannelPart[]): ListedChannel[] =>
      list.map((each) => ({...each, map: channelOf(activations, each.channel)}));
    const both = [listed(top.raising), listed(top.lowering)] as const;
    // One scale for all, so that they can be compared.
    const ends = both.flat().map(({map}) => extentOf(map));
    const colour = sequential(Math.min(...ends.map(([low]) => low)), Math.max(...ends.map(([, high]) => high)));
    const shown = {height: activations.height, width: activations.width, colour};
    const name = result.classes[id]!;
    const of = `of the ${activations.channels} channels of ${layer.endPoint}`;
    forName.textContent = both[0].length > 0 ? `For ${name}, ${of}` : `For ${name} speaks none ${of}`;
    againstName.textContent = both[1].length > 0 ? `Against ${name}` : `None speaks against ${name}`;
    raising.update(both[0], shown);
    lowering.update(both[1], shown);
    const total = (list: readonly {part: number}[]) => list.reduce((sum, {part}) => sum + part, 0);
    const inLists = total(both.flat());
    sums.update({
      "Channels shown": signed(inLists, 3),
      "All other channels": signed(total(parts) - inLists, 3),
      Bias: signed(bias, 3),
      "Sum of channels and bias": signed(total(parts) + bias, 3),
      Logit: signed(scoresAt(state, result)[id]!, 3)
    });
  }
  inspection.follow(["x", "y", "about"], draw);

  return figureBlock({
    title: "Channels that decided",
    body: [forName, raising, againstName, lowering, sums],
    caption:
      "The last layer only adds up: each channel before it, times its weight for the class, and a bias. Each button shows a channel's map, its activation here × its weight, and the product; press it to open the channel among the maps. All maps share one scale, light is high."
  });
}
