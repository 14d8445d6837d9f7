import {describe, expect, it} from "vitest";
import {channelStatistics} from "../../../../src/engine/readings/channel-statistics.js";
import {coloursOf, ordered, scaleOf} from "../../../../src/pages/inspector/maps/maps-order.js";
import type {Segmentation} from "../../../../src/worker/protocol.js";

/** Four cells in a row, channels as rows of numbers. */
function readingOf(...channels: readonly (readonly [number, number, number, number])[]) {
  const values = Float32Array.from(
    {length: 4 * channels.length},
    (_, i) => channels[i % channels.length]![Math.floor(i / channels.length)]!
  );
  const maps = {height: 1, width: 4, channels: channels.length, values};
  return {...maps, statistics: channelStatistics(maps)};
}
/** A photo of four pixels whose last two are class 1. */
const result = {width: 4, height: 1, labels: Uint8Array.of(0, 0, 1, 1), covered: {width: 1, height: 1}} as Segmentation;
const NO_TARGET = {classId: 0, channel: -1};

describe("the order of channels", () => {
  const reading = readingOf([0, 0, 0, 1], [3, 3, 3, 3], [0, 0, 4, 4]);
  const order = (by: Parameters<typeof ordered>[2], target = NO_TARGET) => [...ordered(reading, result, by, target).order];
  it("is theirs, or the largest mean, variance or share of zeros first", () => {
    expect(order("number")).toEqual([0, 1, 2]);
    expect(order("mean")).toEqual([1, 2, 0]);
    expect(order("variance")).toEqual([2, 0, 1]);
    expect(order("zeros")).toEqual([0, 2, 1]);
  });
  it("by likeness to a class begins with the channel that is its mask", () => {
    expect(order("class", {classId: 1, channel: -1})).toEqual([2, 0, 1]);
    expect(ordered(reading, result, "class", {classId: 1, channel: -1}).key![2]).toBeCloseTo(1, 12);
  });
  it("by likeness to a channel begins with that channel, and without one is theirs", () => {
    expect(order("channel", {classId: 0, channel: 0})[0]).toBe(0);
    expect(order("channel")).toEqual([0, 1, 2]);
  });
  it("by likeness looks only at what the photo covers", () => {
    // On the two covered cells channel 1 rises as channel 0 does; on the padding it would be its opposite.
    const padded = readingOf([0, 1, 0, 0], [0, 1, 5, 5], [1, 0, 0, 0]);
    const half = {...result, covered: {width: 1 / 3, height: 1}};
    expect(ordered(padded, half, "channel", {classId: 0, channel: 0}).key![1]).toBeCloseTo(1, 12);
  });
});

describe("the scale of colours", () => {
  it("is the layer's or the channel's own, from the smallest to the largest value", () => {
    const reading = readingOf([0, 0, 0, 1], [2, 2, 2, 5]);
    expect(scaleOf(reading, "shared")(0)).toEqual({low: 0, high: 5, signed: false});
    expect(scaleOf(reading, "own")(1)).toEqual({low: 2, high: 5, signed: false});
  });
  it("has zero in the middle where the layer has values of both signs, also for a channel that has not", () => {
    const reading = readingOf([0, 0, 0, 1], [-4, 0, 0, 2]);
    expect(scaleOf(reading, "shared")(0)).toEqual({low: -4, high: 4, signed: true});
    expect(scaleOf(reading, "own")(0)).toEqual({low: -1, high: 1, signed: true});
    const [r, g, b] = coloursOf(scaleOf(reading, "own")(0))(0);
    expect(Math.min(r, g, b)).toBeGreaterThan(230);
  });
});
