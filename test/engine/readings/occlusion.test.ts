import {expect, it} from "vitest";
import {logitFalls, occlusionGrid} from "../../../src/engine/readings/occlusion.js";

it("spreads places evenly, as far apart across as down", () => {
  const {rows, columns, places} = occlusionGrid({width: 1000, height: 800}, 10);
  expect([rows, columns, places.length]).toEqual([8, 10, 80]);
  expect(places[0]).toEqual({x: 50, y: 63});
  expect(places[1]).toEqual({x: 150, y: 63});
  expect(places[10]).toEqual({x: 50, y: 188});
  expect(places[79]).toEqual({x: 950, y: 938});
  expect(occlusionGrid({width: 20, height: 900}, 10)).toMatchObject({rows: 10, columns: 2});
});

it("says by how much a logit falls where a place is covered, and where most", () => {
  expect(logitFalls(5, [5, 2.5, 6, 3])).toEqual({falls: Float32Array.of(0, 2.5, -1, 2), most: 1});
  expect(logitFalls(5, [])).toEqual({falls: new Float32Array(0), most: 0});
});
