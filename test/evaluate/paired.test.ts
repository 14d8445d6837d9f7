import {expect, it} from "vitest";
import {isOpen, pairedDifferences} from "../../src/evaluate/paired.js";
import type {Pair} from "../../src/evaluate/paired.js";

/** A photo of ten pixels of one class, of which some were found and the others taken for the second class. */
function found(hits: number) {
  return {labelled: [10, 0], predicted: [hits, 10 - hits], hits: [hits, 0]};
}

it("draws the pairs: of two photos the interval ends at either photo's own difference, and the middle is that of both", () => {
  // Pixel accuracy of the first 0.5 and 0.9, of the second 0.8 and 0.8. A draw has the first photo twice (a quarter of all), the other
  // twice (a quarter) or both: its difference is 0.3, -0.1 or 0.1.
  const pairs: Pair[] = [
    [found(5), found(8)],
    [found(9), found(8)]
  ];
  const {pixelAccuracy, meanIoUOfLabelled, meanIoU} = pairedDifferences(pairs);
  expect(pixelAccuracy!.first).toBeCloseTo(0.7, 12);
  expect(pixelAccuracy!.second).toBeCloseTo(0.8, 12);
  expect(pixelAccuracy!.difference).toBeCloseTo(0.1, 12);
  expect(pixelAccuracy!.low).toBeCloseTo(-0.1, 12);
  expect(pixelAccuracy!.high).toBeCloseTo(0.3, 12);
  expect(isOpen(pixelAccuracy!)).toBe(true);
  // Half of all draws lie in the middle: an interval that holds less than that ends there.
  const middle = pairedDifferences(pairs, {level: 0.4}).pixelAccuracy!;
  expect([middle.low, middle.high].map((value) => value.toFixed(6))).toEqual(["0.100000", "0.100000"]);
  // One class in the labels: its IoU is its accuracy here. Over both classes it is half of that: the second is nowhere.
  expect(meanIoUOfLabelled).toEqual(pixelAccuracy);
  expect(meanIoU!.difference).toBeCloseTo(0.05, 12);
});

it("tells two apart where every photo says the same, by the same digits each time", () => {
  const pairs = Array.from({length: 12}, (_, i): Pair => [found(3 + (i % 3)), found(6 + (i % 4))]);
  const difference = pairedDifferences(pairs).pixelAccuracy!;
  expect(difference.low).toBeGreaterThan(0);
  expect(isOpen(difference)).toBe(false);
  expect(pairedDifferences(pairs).pixelAccuracy).toEqual(difference);
  expect(pairedDifferences(pairs, {seed: 2}).pixelAccuracy).not.toEqual(difference);
  expect(pairedDifferences(pairs.map(([first]): Pair => [first, first])).pixelAccuracy).toMatchObject({difference: 0, low: 0, high: 0});
});

it("says nothing of a measure that does not exist, nor without photos", () => {
  const nothing = {labelled: [0, 0], predicted: [0, 0], hits: [0, 0]};
  expect(pairedDifferences([[nothing, nothing]]).meanIoU).toBeNull();
  expect(() => pairedDifferences([])).toThrow(RangeError);
});
