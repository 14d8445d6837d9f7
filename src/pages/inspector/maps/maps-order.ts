import {diverging, sequential} from "../../../components/maps/colour-maps.js";
import type {Colour} from "../../../components/maps/colour-values.js";
import type {ChannelScale} from "../../../components/maps/atlas-paint.js";
import {channelOf} from "../../../components/maps/feature-maps.js";
import {correlations, maskOnGrid} from "../../../engine/readings/channel-likeness.js";
import type {Reading} from "../../../worker/inspections/activations.js";
import type {Segmentation} from "../../../worker/protocol.js";
import {NONE} from "./maps-state.js";
import type {Order, Scale} from "./maps-state.js";

/** Channels in the order in which they are shown, and the number by which they were ordered. */
export interface Ordered {
  readonly order: Int32Array;
  /** One number a channel; null where the order is that of the channels themselves. */
  readonly key: Float64Array | null;
}

/**
 * Orders the channels of a layer, the most of what was asked for first.
 *
 * @param by what they are ordered by; likeness is Pearson's correlation over the cells that the photo covers
 * @param options.classId for the order by likeness to a class's mask
 * @param options.channel for the order by likeness to a channel; without one, as they come
 */
export function ordered(
  reading: Reading,
  result: Segmentation,
  by: Order,
  {classId, channel}: {readonly classId: number; readonly channel: number}
): Ordered {
  const key = keyOf(reading, result, by, classId, channel);
  const order = Int32Array.from({length: reading.channels}, (_, index) => index);
  return {order: key ? order.sort((a, b) => key[b]! - key[a]! || a - b) : order, key};
}

function keyOf(reading: Reading, result: Segmentation, by: Order, classId: number, channel: number): Float64Array | null {
  const {mean, variance, zeros} = reading.statistics;
  switch (by) {
    case "number":
      return null;
    case "mean":
      return mean;
    case "variance":
      return variance;
    case "zeros":
      return zeros;
    case "class": {
      const mask = maskOnGrid(result, reading, classId);
      return correlations(reading, mask, (cell) => !Number.isNaN(mask[cell]!));
    }
    case "channel":
      return channel === NONE ? null : correlations(reading, channelOf(reading, channel), (cell) => isCovered(cell, reading, result));
  }
}

/** Whether a cell of a map lies over the photo and not over the padding. */
function isCovered(cell: number, {height, width}: Reading, {covered}: Segmentation): boolean {
  return Math.floor(cell / width) <= covered.height * (height - 1) + 0.5 && cell % width <= covered.width * (width - 1) + 0.5;
}

/**
 * Which values a channel's colours run between: those of its layer, or its own; zero is in the middle where the layer has values of both
 * signs.
 */
export function scaleOf({statistics: {low, high}}: Reading, scale: Scale): (channel: number) => ChannelScale {
  const lowest = low.reduce((a, b) => Math.min(a, b), Infinity);
  const highest = high.reduce((a, b) => Math.max(a, b), -Infinity);
  const between = (from: number, to: number): ChannelScale => {
    if (lowest >= 0 || highest <= 0) return {low: from, high: to, signed: false};
    const extent = Math.max(-from, to, 0);
    return {low: -extent, high: extent, signed: true};
  };
  const shared = between(lowest, highest);
  return scale === "shared" ? () => shared : (channel) => between(low[channel]!, high[channel]!);
}

/** The colours of a scale. */
export function coloursOf({low, high, signed}: ChannelScale): (value: number) => Colour {
  return signed ? diverging(high) : sequential(low, high);
}
