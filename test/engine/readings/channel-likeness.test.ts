import {describe, expect, it} from "vitest";
import {correlations, maskOnGrid} from "../../../src/engine/readings/channel-likeness.js";

describe("correlations", () => {
  // Four cells, four channels: the target itself scaled, its opposite, one that is flat, and one at right angles.
  const target = [0, 0, 1, 1];
  const channels = [
    [5, 5, 9, 9],
    [1, 1, -2, -2],
    [7, 7, 7, 7],
    [0, 1, 0, 1]
  ];
  const values = Float32Array.from({length: 16}, (_, i) => channels[i % 4]![Math.floor(i / 4)]!);
  const maps = {height: 2, width: 2, channels: 4, values};

  it("are 1 for what rises and falls with the map, -1 for the opposite, 0 for what is flat or unrelated", () => {
    [1, -1, 0, 0].forEach((expected, channel) => expect(correlations(maps, target)[channel]).toBeCloseTo(expected, 12));
  });
  it("leave out the cells that do not count", () => {
    // Without the last cell channel 3 is 0, 1, 0 against 0, 0, 1: Pearson's r is -1/2.
    expect(correlations(maps, target, (cell) => cell !== 3)[3]).toBeCloseTo(-0.5, 12);
  });
  it("need a map of the same size", () => {
    expect(() => correlations(maps, [1, 2])).toThrow(RangeError);
  });
});

describe("maskOnGrid", () => {
  it("gives each cell the share of its nearest pixels that have the class", () => {
    // Five pixels in a row over a grid of three cells: pixels 0 | 1, 2 (1 is half way and goes up), 3 goes to the last.
    const photo = {width: 5, height: 1, labels: Uint8Array.of(7, 7, 0, 0, 7), covered: {width: 1, height: 1}};
    expect([...maskOnGrid(photo, {width: 3, height: 1}, 7)]).toEqual([1, 0.5, 0.5]);
  });
  it("has no number where the photo does not reach", () => {
    const photo = {width: 2, height: 1, labels: Uint8Array.of(1, 1), covered: {width: 0.5, height: 1}};
    expect([...maskOnGrid(photo, {width: 3, height: 1}, 1)]).toEqual([1, 1, NaN]);
  });
});
