import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import {diverging, extentOf, reachOf, sequential} from "../../../components/maps/colour-maps.js";
import {channelOf} from "../../../components/maps/feature-maps.js";
import {kernelOf} from "../../../engine/readings/kernel-of.js";
import type {LayerGradient} from "../../../worker/inspections/descent.js";
import type {LearningPage} from "./state.js";

/** A kernel with so few values shows them. */
const FEW = 9;

/** What one layer gives and what is asked of that, and one kernel of it and what is asked of that. */
export function layerViews(page: LearningPage): {readonly element: HTMLElement; show(layer: LayerGradient): void} {
  const views = {
    map: cellMap({label: "The channel"}),
    asked: cellMap({label: "What is asked of the channel"}),
    kernel: cellMap({label: "Its kernel"}),
    askedOfKernel: cellMap({label: "What is asked of its kernel"})
  };
  for (const view of Object.values(views)) view.classList.add("picture");
  const title = html`<p class="look"></p>`;
  let shown: {readonly layer: LayerGradient; readonly order: readonly number[]} | null = null;

  function draw(): void {
    if (!shown) return;
    const {layer, order} = shown;
    const place = Math.round((page.store.get().rank / 100) * (order.length - 1));
    const channel = order[place]!;
    const {map, mapGradient, kernel, kernelGradient, endPoint} = layer;
    const [values, asked] = [channelOf(map, channel), channelOf(mapGradient, channel).map((slope) => -slope)];
    views.map.draw({height: map.height, width: map.width, values, colour: sequential(...extentOf(values))});
    views.asked.draw({height: map.height, width: map.width, values: asked, colour: diverging(reachOf(asked))});
    const now = kernelOf(kernel.shape, kernel.values, channel);
    const change = kernelOf(
      kernel.shape,
      kernelGradient.map((slope) => -slope),
      channel
    );
    const isFew = now.values.length <= FEW;
    const written = (digits: number) => (isFew ? {text: (value: number) => value.toFixed(digits).replace(/^-(?=0(\.0*)?$)/, "")} : {});
    views.kernel.draw({...now, colour: diverging(reachOf(now.values)), ...written(2)});
    views.askedOfKernel.draw({...change, colour: diverging(reachOf(change.values)), ...written(decimals(reachOf(change.values)))});
    title.textContent = `${endPoint}: channel ${channel}, number ${place + 1} of ${order.length} by how much is asked of it`;
  }
  page.follow(["rank"], draw);

  return {
    element: html`<div>
      <div class="figure-controls">${page.select("layer", "Layer")}${page.slider("rank", "Channel, from the most asked of", "%")}</div>
      ${title}
      <div class="figure-columns" style="--column:9rem"><div><h4>The channel</h4>${views.map}</div><div><h4>Asked of it</h4>${views.asked}</div><div><h4>Its kernel</h4>${views.kernel}</div><div><h4>Asked of its kernel</h4>${views.askedOfKernel}</div></div>
    </div>` as HTMLElement,
    show(layer) {
      shown = {layer, order: mostAskedFirst(layer)};
      draw();
    }
  };
}

/** Decimals with which a number of this size shows two digits. */
function decimals(size: number): number {
  return size > 0 ? Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(size)))) : 0;
}

/** Channels by the squares of their gradients. */
function mostAskedFirst({mapGradient: {channels, values}}: LayerGradient): number[] {
  const sums = new Float64Array(channels);
  for (let i = 0; i < values.length; i++) sums[i % channels]! += values[i]! ** 2;
  return Array.from(sums.keys()).sort((a, b) => sums[b]! - sums[a]!);
}
