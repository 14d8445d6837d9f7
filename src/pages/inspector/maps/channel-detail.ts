import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import {percent} from "../../../components/classes/class-legend.js";
import {colourValues} from "../../../components/maps/colour-values.js";
import type {ChannelScale} from "../../../components/maps/atlas-paint.js";
import {channelOf} from "../../../components/maps/feature-maps.js";
import {readouts} from "../../../components/tables/readouts.js";
import {npyFile} from "../../../formats/npy.js";
import {rgbaPng} from "../../../media/channel-png.js";
import {saveFile} from "../../../media/save.js";
import type {Reading} from "../../../worker/inspections/activations.js";
import {coloursOf} from "./maps-order.js";

/** One channel of a layer with the scale of its colours. */
export interface ShownChannel {
  readonly layer: string;
  readonly reading: Reading;
  readonly channel: number;
  /** Its number, and its class where it is the map of one. */
  readonly name: string;
  readonly scale: ChannelScale;
}

/** Digits after the point of a value. */
const DIGITS = 5;

export function valueText(value: number): string {
  return value.toFixed(DIGITS);
}

/** What a channel's colours stand for. */
export function scaleText({low, high, signed}: ChannelScale): string {
  return signed ? `${low.toFixed(2)} blue, 0 white, ${high.toFixed(2)} red` : `${low.toFixed(2)} dark to ${high.toFixed(2)} light`;
}

export interface ChannelDetail {
  readonly element: HTMLElement;
  show(shown: ShownChannel | null): void;
  /** Marks a cell; null for none. */
  mark(cell: {readonly row: number; readonly column: number} | null): void;
}

/**
 * The chosen channel, large, with its numbers and its files.
 *
 * @param options.fileName what the files begin with
 * @param options.actions buttons beside those that save
 */
export function channelDetail(options: {
  fileName(): string;
  onCell(cell: {row: number; column: number}): void;
  readonly actions: readonly HTMLElement[];
}): ChannelDetail {
  const {fileName, onCell, actions} = options;
  let now: ShownChannel | null = null;
  let at: {row: number; column: number} | null = null;
  const map = cellMap({label: "The chosen channel", onCell, at: () => at});
  const title = html`<h3></h3>`;
  const facts = readouts(["Smallest", "Largest", "Mean", "Variance", "Zeros", "Colours from to"]);
  const save = (name: string, suffix: string, type: string, content: (shown: ShownChannel) => Uint8Array) =>
    html`<button type="button" onclick=${() => now && saveFile(content(now), `${fileName()}-${now.layer.replaceAll("/", "-")}${suffix}`, type)}>${name}</button>`;
  const png = save("Map as PNG", "-channel.png", "image/png", ({reading, channel, scale}) => {
    const {width, height} = reading;
    return rgbaPng({width, height, rgba: colourValues(channelOf(reading, channel), coloursOf(scale))});
  });
  const tensor = save("Tensor as .npy", ".npy", "application/octet-stream", ({reading: {height, width, channels, values}}) =>
    npyFile(values, [1, height, width, channels])
  );
  const element = html`<div class="channel-detail" hidden>
    <div>${map}</div>
    <div>${title}${facts}<div class="channel-actions">${actions}${png}${tensor}</div></div>
  </div>`;
  return {
    element,
    show(shown) {
      now = shown;
      element.hidden = !shown;
      if (!shown) return;
      const {layer, reading, channel, name, scale} = shown;
      const {height, width, statistics} = reading;
      title.textContent = `Channel ${name} of ${layer}`;
      map.draw({height, width, values: channelOf(reading, channel), colour: coloursOf(scale)});
      facts.update({
        Smallest: valueText(statistics.low[channel]!),
        Largest: valueText(statistics.high[channel]!),
        Mean: valueText(statistics.mean[channel]!),
        Variance: valueText(statistics.variance[channel]!),
        Zeros: percent(statistics.zeros[channel]!),
        "Colours from to": scaleText(scale)
      });
    },
    mark(cell) {
      at = cell;
      map.mark(cell ? [{...cell, colour: "var(--concept-kernel)"}] : []);
    }
  };
}
