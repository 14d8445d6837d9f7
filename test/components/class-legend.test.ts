import {expect, it} from "vitest";
import {legendEntries, percent} from "../../src/components/class-legend.js";

it("lists the classes that are there, the largest first, ties by id", () => {
  const entries = legendEntries([0.25, 0, 0.5, 0.25], ["background", "cat", "dog", "cow"], [[0, 0, 0], [1, 1, 1], [64, 0, 128], [2, 2, 2]]);
  expect(entries.map(({name}) => name)).toEqual(["dog", "background", "cow"]);
  expect(entries[0]).toEqual({id: 2, name: "dog", colour: "rgb(64 0 128)", share: 0.5});
});

it("writes shares with one decimal and never as zero", () => {
  expect(percent(0.2341)).toBe("23.4 %");
  expect(percent(0.0001)).toBe("< 0.1 %");
  expect(percent(0)).toBe("0.0 %");
});
