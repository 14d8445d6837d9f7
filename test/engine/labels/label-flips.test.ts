import {expect, it} from "vitest";
import {labelFlips} from "../../../src/engine/labels/label-flips.js";

it("tells flips inside the changed area from those outside", () => {
  const before = Uint8Array.of(0, 0, 5, 5, 7, 7, 0, 0);
  const after = Uint8Array.of(0, 5, 5, 0, 7, 0, 0, 0);
  const area = Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 0);
  expect(labelFlips(before, after, area)).toEqual({
    map: Uint8Array.of(0, 2, 0, 1, 0, 1, 0, 0),
    share: 3 / 8,
    inside: 1 / 2,
    outside: 2 / 6
  });
});

it("has no share of an area that is not there", () => {
  const labels = Uint8Array.of(1, 2);
  expect(labelFlips(labels, labels, Uint8Array.of(0, 0))).toMatchObject({share: 0, inside: null, outside: 0});
  expect(labelFlips(labels, labels, Uint8Array.of(1, 1))).toMatchObject({inside: 0, outside: null});
});

it("refuses maps of different sizes", () => {
  expect(() => labelFlips(new Uint8Array(4), new Uint8Array(4), new Uint8Array(3))).toThrow("Maps of 4, 4 and 3 pixels");
});
