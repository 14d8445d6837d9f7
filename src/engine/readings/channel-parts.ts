import type {Activations} from "../activations.js";
import {logitsAt} from "../labels/pixel.js";

/** What the last layer, a 1x1 convolution, reads and how it weighs it. */
export interface WeighedChannels {
  readonly activations: Activations;
  /** Weights, channels x classes, row by row. */
  readonly kernel: Float32Array;
  /** One a class. */
  readonly bias: Float32Array;
}

/** What one channel adds to a logit. */
export interface ChannelPart {
  readonly channel: number;
  readonly activation: number;
  readonly weight: number;
  /** Activation times weight. */
  readonly part: number;
}

/**
 * What each channel before the last layer adds to a class's logit at a point. Exact: a 1x1 convolution is a sum over
 * channels, and interpolating its inputs is interpolating its output.
 *
 * @param at row and column in cells, fractional, clamped to the map
 * @returns a part a channel, and the bias; together they add up to the logit
 */
export function channelParts(
  {activations, kernel, bias}: WeighedChannels,
  at: {readonly row: number; readonly column: number},
  classId: number
): {parts: ChannelPart[]; bias: number} {
  const {height, width, channels, values} = activations;
  const classes = bias.length;
  const point = logitsAt({height, width, classes: channels, values}, at.row, at.column);
  const parts = Array.from(point, (activation, channel) => {
    const weight = kernel[channel * classes + classId]!;
    return {channel, activation, weight, part: activation * weight};
  });
  return {parts, bias: bias[classId]!};
}

/**
 * The channels that add most to a logit, largest first, and those that take most from it, strongest first.
 *
 * @param shown.least what a channel must add or take to be among them; without it, anything at all
 */
export function topChannels(
  parts: readonly ChannelPart[],
  shown: {readonly raising: number; readonly lowering: number; readonly least?: number}
): {raising: ChannelPart[]; lowering: ChannelPart[]} {
  const speaks = (size: number) => size > 0 && size >= (shown.least ?? 0);
  const sorted = parts.toSorted((a, b) => b.part - a.part || a.channel - b.channel);
  return {
    raising: sorted.filter(({part}) => speaks(part)).slice(0, shown.raising),
    lowering: sorted
      .reverse()
      .filter(({part}) => speaks(-part))
      .slice(0, shown.lowering)
  };
}
