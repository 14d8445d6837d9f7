/** What can be said of each channel of an activation: plain arrays, no tensors. */

import type {Activations} from "../activations.js";

/** One number a channel. */
export interface ChannelStatistics {
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly mean: Float64Array;
  /** Mean squared distance from the mean. */
  readonly variance: Float64Array;
  /** Share of the values, 0-1, that are exactly zero: what a ReLU closed. */
  readonly zeros: Float64Array;
}

/** Smallest and largest value, mean, variance and share of zeros of every channel. Two passes, in the order of memory. */
export function channelStatistics({height, width, channels, values}: Activations): ChannelStatistics {
  const cells = height * width;
  const low = new Float32Array(channels).fill(Infinity);
  const high = new Float32Array(channels).fill(-Infinity);
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  const zeros = new Float64Array(channels);
  for (let cell = 0, i = 0; cell < cells; cell++) {
    for (let channel = 0; channel < channels; channel++, i++) {
      const value = values[i]!;
      if (value < low[channel]!) low[channel] = value;
      if (value > high[channel]!) high[channel] = value;
      if (value === 0) zeros[channel]!++;
      mean[channel]! += value;
    }
  }
  for (let channel = 0; channel < channels; channel++) {
    mean[channel]! /= cells;
    zeros[channel]! /= cells;
  }
  // A second pass: the difference of two large sums would lose what is left.
  for (let cell = 0, i = 0; cell < cells; cell++) {
    for (let channel = 0; channel < channels; channel++, i++) variance[channel]! += (values[i]! - mean[channel]!) ** 2;
  }
  for (let channel = 0; channel < channels; channel++) variance[channel]! /= cells;
  return {low, high, mean, variance, zeros};
}
