import {expect, it} from "vitest";
import {differenceShare, keptShare, nearestDifference} from "../../../src/engine/labels/label-difference.js";

const labels = (...rows: string[]) => Uint8Array.from(rows.join(""), Number);

it("tells the share of pixels that differ", () => {
  expect(differenceShare(labels("0110"), labels("0100"))).toBe(0.25);
  expect(differenceShare(labels("01"), labels("01"))).toBe(0);
  expect(differenceShare(labels(), labels())).toBe(0);
});

it("tells the share of pixels that keep their class, of those that are not background", () => {
  // Five pixels of objects, of which two stay; the many of background do not count, whatever becomes of them.
  expect(keptShare(labels("0000000000", "0055522000"), labels("0000000001", "0055000000"), 0)).toBe(2 / 5);
  expect(keptShare(labels("0000"), labels("0010"), 0)).toBeNull();
  expect(() => keptShare(labels("00"), labels("000"), 0)).toThrow("2 and 3 pixels");
});

it("finds the difference nearest to the middle, the first of equally near ones", () => {
  const zeros = labels("0000", "0000", "0000");
  expect(nearestDifference(zeros, labels("9000", "0001", "0000"), 4)).toEqual({row: 1, column: 3});
  expect(nearestDifference(zeros, labels("1001", "0000", "1001"), 4)).toEqual({row: 0, column: 0});
  expect(nearestDifference(zeros, labels("0000", "0110", "0000"), 4)).toEqual({row: 1, column: 1});
});

it("finds none in equal maps", () => {
  expect(nearestDifference(labels("12", "34"), labels("12", "34"), 2)).toBeNull();
});

it("refuses maps of different sizes", () => {
  expect(() => differenceShare(labels("00"), labels("000"))).toThrow("2 and 3 pixels");
  expect(() => nearestDifference(labels("00"), labels("000"), 1)).toThrow(RangeError);
});
