import {html} from "htl";
import {colourValues} from "./colour-values.js";
import type {Colour} from "./colour-values.js";
import {signed} from "../tables/tap-sum.js";

/** One channel's share in a logit, and its map. */
export interface ListedChannel {
  readonly channel: number;
  readonly activation: number;
  readonly weight: number;
  readonly part: number;
  /** Row by row. */
  readonly map: Float32Array;
}

export interface ChannelList extends HTMLElement {
  update(channels: readonly ListedChannel[], shown: {readonly height: number; readonly width: number; colour(value: number): Colour}): void;
}

/** Digits after the point of what a channel's button says. */
const DIGITS = 2;
/** The smallest number that a button does not write as zero. */
export const LEAST_SHOWN = 0.5 / 10 ** DIGITS;

/** Channels as buttons: a small map, and activation times weight. */
export function channelList({label, onChannel}: {readonly label: string; onChannel(channel: number): void}): ChannelList {
  const list = html`<ul class="channel-list" aria-label=${label}></ul>` as HTMLElement as ChannelList;
  list.update = (channels, {height, width, colour}) =>
    list.replaceChildren(
      ...channels.map(({channel, activation, weight, part, map}) => {
        const canvas = html`<canvas width=${width} height=${height} aria-hidden="true"></canvas>` as HTMLCanvasElement;
        canvas.getContext("2d")?.putImageData(new ImageData(colourValues(map, colour), width, height), 0, 0);
        return html`<li><button type="button" onclick=${() => onChannel(channel)}>${canvas}
          <span class="channel-name">channel ${channel}</span>
          <span class="channel-sum">${signed(activation, DIGITS)} × ${signed(weight, DIGITS)}</span>
          <b>${signed(part, DIGITS)}</b></button></li>` as Node;
      })
    );
  return list;
}
