import {expect, it} from "vitest";
import {channelStatistics} from "../../../src/engine/readings/channel-statistics.js";

it("says of every channel its extent, mean, variance and share of zeros, as computed by hand", () => {
  // Channel 0: 0, 2, 0, 6. Channel 1: -1, -1, -1, -1.
  const values = Float32Array.of(0, -1, 2, -1, 0, -1, 6, -1);
  const {low, high, mean, variance, zeros} = channelStatistics({height: 2, width: 2, channels: 2, values});
  expect([...low]).toEqual([0, -1]);
  expect([...high]).toEqual([6, -1]);
  expect([...mean]).toEqual([2, -1]);
  // (4 + 0 + 4 + 16) / 4
  expect([...variance]).toEqual([6, 0]);
  expect([...zeros]).toEqual([0.5, 0]);
});

it("keeps a small variance beside a large mean", () => {
  const values = Float32Array.of(4096, 4096.5, 4096, 4096.5);
  expect(channelStatistics({height: 1, width: 4, channels: 1, values}).variance[0]).toBe(0.0625);
});
