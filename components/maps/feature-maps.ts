import {html} from "htl";
import {extentOf, sequential} from "./colour-maps.js";
import {colourValues} from "./colour-values.js";

/** height x width x channels, row by row. */
export interface FeatureMapValues {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Float32Array;
}

export interface FeatureMaps extends HTMLElement {
  /** @param from the first channel that is shown */
  update(maps: FeatureMapValues, from?: number): void;
}

/** One channel of an activation, row by row. */
export function channelOf({height, width, channels, values}: FeatureMapValues, channel: number): Float32Array {
  const one = new Float32Array(height * width);
  for (let i = 0; i < one.length; i++) one[i] = values[i * channels + channel]!;
  return one;
}

/** The mean over all channels of how strongly each position is activated, row by row. */
export function meanActivation({height, width, channels, values}: FeatureMapValues): Float32Array {
  const mean = new Float32Array(height * width);
  for (let i = 0; i < mean.length; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += Math.abs(values[i * channels + c]!);
    mean[i] = sum / channels;
  }
  return mean;
}

/**
 * Channels of an activation as small pictures, all on one scale, so that they can be compared.
 *
 * @param options.shown how many channels at most
 * @param options.first which channel the first of the values is, where those before it were left out
 * @param options.onChannel called with the channel that the reader chooses
 */
export function featureMaps({
  label,
  shown,
  first = 0,
  onChannel
}: {
  readonly label: string;
  readonly shown: number;
  readonly first?: number;
  onChannel?(channel: number): void;
}): FeatureMaps {
  const grid = html`<div class="feature-maps" role="group" aria-label=${label}></div>` as FeatureMaps;
  grid.update = (maps, from = 0) => {
    const colour = sequential(...extentOf(maps.values));
    const last = Math.min(maps.channels, from + shown);
    grid.replaceChildren(
      ...Array.from({length: last - from}, (_, index) => {
        const channel = from + index;
        const canvas =
          html`<canvas width=${maps.width} height=${maps.height} role="img" aria-label=${`Channel ${first + channel}`}></canvas>` as HTMLCanvasElement;
        canvas.getContext("2d")?.putImageData(new ImageData(colourValues(channelOf(maps, channel), colour), maps.width, maps.height), 0, 0);
        return onChannel ? html`<button type="button" onclick=${() => onChannel(channel)}>${canvas}</button>` : canvas;
      })
    );
  };
  return grid;
}
