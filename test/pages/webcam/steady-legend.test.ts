import {expect, it} from "vitest";
import {steadyLegend} from "../../../src/pages/webcam/steady-legend.js";

const entry = (id: number, share: number) => ({id, name: `class ${id}`, colour: "rgb(0 0 0)", share});
const shown = (entries: readonly {id: number; share: number}[]) => entries.map(({id, share}) => [id, share]);

it("keeps the order of the ids, whichever class is larger", () => {
  const legend = steadyLegend();
  expect(shown(legend([entry(0, 0.9), entry(15, 0.1)], 0))).toEqual([
    [0, 0.9],
    [15, 0.1]
  ]);
  expect(shown(legend([entry(15, 0.7), entry(0, 0.3)], 250))).toEqual([
    [0, 0.3],
    [15, 0.7]
  ]);
});

it("keeps a class that is gone for three seconds, with no share", () => {
  const legend = steadyLegend();
  legend([entry(0, 0.9), entry(15, 0.1)], 0);
  expect(shown(legend([entry(0, 1)], 2900))).toEqual([
    [0, 1],
    [15, 0]
  ]);
  expect(shown(legend([entry(0, 1)], 3100))).toEqual([[0, 1]]);
});
