import {describe, expect, it} from "vitest";
import {BAND_WIDTHS, boundaryCounts, boundaryMetrics, countBoundaries} from "../../src/evaluate/boundary.js";
import type {BoundaryDistance, BoundaryMetrics} from "../../src/evaluate/boundary.js";
import type {Mask} from "../../src/formats/mask-picture.js";
import {labels, someLabels} from "./maps.js";

function measured(classes: number, distance: BoundaryDistance, ...pairs: readonly (readonly [Mask, Mask])[]): BoundaryMetrics {
  const counts = boundaryCounts(classes);
  for (const [truth, {ids}] of pairs) countBoundaries(counts, truth, ids, distance);
  return boundaryMetrics(counts);
}

const ONE = {pixels: 1};

describe("the bands along outlines", () => {
  // Steps to the pixel between the two: 3 2 1 0 1 2 3.
  const truth = labels("0 0 0 v 1 1 1");
  const found = measured(2, ONE, [truth, labels("0 0 1 1 1 1 1")]);

  it("hold the labelled pixels within so many steps of an outline, narrower bands among them", () => {
    expect(found.bands.map(({width}) => width)).toEqual([1, 3, 5, 10, 20]);
    expect(found.bands.map(({pixels}) => pixels)).toEqual([2, 6, 6, 6, 6]);
  });

  it("have the mIoU of their own pixels", () => {
    // Within 1: of class 0 nothing is found; class 1 has one pixel and two are predicted. Within 3: 2 of 3, and 3 of 4.
    expect(found.bands[0]!.meanIoUOfLabelled).toBeCloseTo((0 + 1 / 2) / 2, 12);
    expect(found.bands[1]!.meanIoUOfLabelled).toBeCloseTo((2 / 3 + 3 / 4) / 2, 12);
  });

  it("are drawn around changes of class where the labels leave no border", () => {
    const {bands} = measured(2, ONE, [labels("0 0 0 1 1 1"), labels("0 0 1 1 1 1")]);
    expect(bands.map(({pixels}) => pixels)).toEqual([2, 6, 6, 6, 6]);
    expect(bands[0]!.meanIoUOfLabelled).toBeCloseTo(1 / 4, 12);
  });

  it("are empty where nothing ends, and then have no mIoU", () => {
    const inside = labels("0 0 0\n0 0 0");
    expect(measured(2, ONE, [inside, inside]).bands).toEqual(BAND_WIDTHS.map((width) => ({width, pixels: 0, meanIoUOfLabelled: null})));
  });
});

describe("Boundary IoU", () => {
  // A square of 3 x 3, and the same a pixel to the right: their middles are at two steps from others.
  const square = labels(`
    0 0 0 0 0 0 0
    0 0 0 0 0 0 0
    0 1 1 1 0 0 0
    0 1 1 1 0 0 0
    0 1 1 1 0 0 0
    0 0 0 0 0 0 0
    0 0 0 0 0 0 0`);
  const shifted = labels(`
    0 0 0 0 0 0 0
    0 0 0 0 0 0 0
    0 0 1 1 1 0 0
    0 0 1 1 1 0 0
    0 0 1 1 1 0 0
    0 0 0 0 0 0 0
    0 0 0 0 0 0 0`);

  it("compares what lies within the distance inside each class's outline", () => {
    const {perClass, meanIoUOfLabelled} = measured(3, ONE, [square, shifted]);
    // Class 1: 8 pixels each, 4 of them the same. Class 0: 35 of 40 and all 40, for the photo's edge is an outline; 32 the same.
    expect(perClass[0]).toBeCloseTo(32 / 43, 12);
    expect(perClass[1]).toBeCloseTo(4 / 12, 12);
    expect(perClass[2]).toBeNull();
    expect(meanIoUOfLabelled).toBeCloseTo((32 / 43 + 4 / 12) / 2, 12);
  });

  it("is IoU where the distance leaves nothing inside", () => {
    expect(measured(2, {pixels: 20}, [square, shifted]).perClass).toEqual([37 / 43, 6 / 12]);
  });

  it("counts the pixels of all photos together, and a class that is only predicted not among the labelled ones", () => {
    const {perClass, meanIoUOfLabelled} = measured(2, ONE, [labels("0 0 0 0"), labels("0 0 1 1")], [labels("0 0"), labels("0 0")]);
    expect(perClass).toEqual([4 / 6, 0]);
    expect(meanIoUOfLabelled).toBe(4 / 6);
  });

  it("leaves out what is not labelled, in the prediction too: it is 1 whatever was predicted there", () => {
    const truth = someLabels(40, 30, 3);
    const guess = {...truth, ids: truth.ids.map((id, i) => (id < 3 ? id : i % 3))};
    expect(guess.ids).not.toEqual(truth.ids);
    expect(measured(3, {pixels: 2}, [truth, guess])).toMatchObject({meanIoUOfLabelled: 1, perClass: [1, 1, 1]});
  });

  it("takes the distance as a share of the diagonal, rounded, a pixel at least", () => {
    // 50 pixels from corner to corner.
    const [truth, guess] = [someLabels(40, 30, 3), someLabels(30, 40, 3)];
    const at = (distance: BoundaryDistance) => measured(3, distance, [truth, guess]).perClass;
    expect(at({share: 0.03})).toEqual(at({pixels: 2}));
    expect(at({share: 0.001})).toEqual(at({pixels: 1}));
    expect(at({pixels: 1})).not.toEqual(at({pixels: 2}));
  });
});
