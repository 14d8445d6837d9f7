import {expect, it} from "vitest";
import {relabelledPatch, relabelledSpot} from "../../../src/engine/labels/relabelled.js";

const map = {width: 4, height: 3, ids: Uint8Array.from([1, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1])};

it("gives a patch another class, and leaves others of its class", () => {
  const {ids, pixels} = relabelledPatch(map, {row: 1, column: 1}, 7);
  expect(Array.from(ids)).toEqual([7, 7, 0, 1, 0, 7, 0, 1, 0, 0, 0, 1]);
  expect(Array.from(pixels).sort((a, b) => a - b)).toEqual([0, 1, 5]);
  expect(map.ids[0]).toBe(1);
});

it("gives a spot another class, whatever is there", () => {
  const {ids, pixels} = relabelledSpot(map, {row: 1, column: 0}, 7, 1);
  expect(Array.from(ids)).toEqual([7, 1, 0, 1, 7, 7, 0, 1, 7, 0, 0, 1]);
  expect(Array.from(pixels)).toEqual([0, 4, 5, 8]);
});
