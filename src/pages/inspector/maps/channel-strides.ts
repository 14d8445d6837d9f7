import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import {channelOf} from "../../../components/maps/feature-maps.js";
import {switchField} from "../../../components/fields/fields.js";
import {OUTPUT_STRIDES} from "../../../engine/plan.js";
import type {Reading} from "../../../worker/inspections/activations.js";
import type {Inspection} from "../inspection.js";
import {coloursOf, scaleOf} from "./maps-order.js";
import {NONE} from "./maps-state.js";

/** The chosen channel at every output stride, side by side: the same weights, the same photo, another grid. */
export function channelStrides({store, compute, follow}: Inspection): HTMLElement {
  let shown: {readonly layer: string; readonly readings: readonly Reading[]} | null = null;
  const toggle = switchField({
    label: "The same channel at output strides 8, 16 and 32",
    value: store.get().strides,
    onChange: (strides) => store.set({strides})
  });
  const figures = OUTPUT_STRIDES.map((stride) => {
    const map = cellMap({label: `At stride ${stride}`});
    const words = html`<figcaption></figcaption>`;
    return {map, words, element: html`<figure>${map}${words}</figure>`};
  });
  const row = html`<div class="channel-row" hidden>${figures.map(({element}) => element)}</div>`;

  function draw(): void {
    const {layer, channel, strides, scale} = store.get();
    row.hidden = !strides || shown?.layer !== layer || channel === NONE || channel >= shown.readings[0]!.channels;
    if (row.hidden) return;
    shown!.readings.forEach((reading, index) => {
      const {height, width} = reading;
      figures[index]!.map.draw({height, width, values: channelOf(reading, channel), colour: coloursOf(scaleOf(reading, scale)(channel))});
      figures[index]!.words.textContent = `Output stride ${OUTPUT_STRIDES[index]}: ${width} × ${height} cells`;
    });
  }
  compute({
    on: ["strides", "layer"],
    wanted: ({strides, layer}) => strides && layer !== "",
    async work({state: {layer}, standing: {photo, run}, engine, checkWanted}) {
      const readings: Reading[] = [];
      for (const outputStride of OUTPUT_STRIDES) {
        readings.push(await engine.inspect(photo, {...run, outputStride}, "activations", {layer}));
        checkWanted();
      }
      return {layer, readings};
    },
    show(result) {
      shown = result;
      draw();
    },
    clear() {
      shown = null;
      draw();
    }
  });
  follow(["channel", "scale", "strides", "layer"], draw);
  follow(["strides"], ({strides}) => toggle.show(strides));
  return html`<div class="channel-strides">${toggle}${row}</div>`;
}
