import {expect, it} from "vitest";
import {pairsOf, verdict} from "../../../src/pages/evaluate/compare.js";
import {figuresOf, rankedPhotos, shownClasses} from "../../../src/pages/evaluate/figures.js";
import type {KeptRun} from "../../../src/pages/evaluate/kept-runs.js";
import {metricRows} from "../../../src/pages/evaluate/metric-rows.js";

/** Three photos of three classes, of which the last was not measured yet; the third class is only predicted. Cells are true x predicted. */
const run: KeptRun = {
  key: "k",
  dataset: "set",
  split: "val",
  model: {
    id: "m",
    title: "M",
    classes: ["background", "cat", "dog"],
    palette: [
      [0, 0, 0],
      [1, 0, 0],
      [2, 0, 0]
    ]
  },
  backend: "wasm",
  setting: {outputStride: 16, inputSize: 65, padding: "square", boundaryDistance: {pixels: 2}},
  ids: ["a", "b", "c"],
  photos: [
    {digest: "1", counts: {id: "a", milliseconds: 100, matrix: [0, 80, 3, 10, 4, 10]}},
    {digest: "2", counts: {id: "b", milliseconds: 100, matrix: [0, 60, 1, 20, 5, 20]}},
    null
  ],
  saved: 0
};

it("figures are those of the command, beside what one class everywhere would give", () => {
  const {report, photos, baseline} = figuresOf(run);
  expect(report).toMatchObject({
    model: "m",
    dataset: "set",
    split: "val",
    images: 2,
    imagesPerSecond: 10,
    pixels: 200,
    pixelAccuracy: 0.75
  });
  expect(report.meanIoUOfLabelled).toBeCloseTo((140 / 170 + 10 / 60) / 2, 12);
  expect(report.meanIoU).toBeCloseTo((140 / 170 + 10 / 60 + 0) / 3, 12);
  expect(photos.map(({id}) => id)).toEqual(["a", "b"]);
  expect(baseline.name).toBe("background");
  expect(baseline.metrics).toMatchObject({pixelAccuracy: 0.8, meanAccuracy: 0.5, meanIoUOfLabelled: 0.4, meanIoU: 0.4});
  const words = metricRows(report, baseline).map(({name, value, words}) => `${name}: ${value}. ${words}`);
  expect(words[0]).toContain("Pixel accuracy: 75.0 %. Right pixels, whatever their class. 80.0 % of them are background");
  expect(words[3]).toContain("with the 1 class that is only predicted: each counts as 0");
});

it("photos are ranked by what is wrong with them, or by a cell of the matrix", () => {
  expect(rankedPhotos(run, "accuracy", null).map(({id, accuracy}) => [id, accuracy])).toEqual([
    ["b", 0.6],
    ["a", 0.9]
  ]);
  expect(rankedPhotos(run, "accuracy", {truth: 1, guess: 0}).map(({id, pixels}) => [id, pixels])).toEqual([["a", 10]]);
  expect(rankedPhotos(run, "iou", {truth: 2, guess: 0})).toEqual([]);
});

it("a matrix of many classes shows those with most pixels, in their order", () => {
  const perClass = [5, 0, 1, 9].map((truePixels, id) => ({id, name: "", iou: 0, accuracy: 0, truePixels, predictedPixels: 0}));
  expect(shownClasses({perClass})).toEqual([0, 2, 3]);
  expect(shownClasses({perClass}, 2)).toEqual([0, 3]);
});

it("pairs are photos that are the same in both results, whatever their place", () => {
  const other: KeptRun = {...run, key: "o", photos: [null, run.photos[1]!, {...run.photos[0]!, digest: "another"}]};
  expect(pairsOf(run, other)).toHaveLength(1);
  expect(pairsOf(run, {...other, model: {...run.model, classes: ["x"]}})).toEqual([]);
});

it("says in a sentence whether photos tell two results apart", () => {
  const apart = {first: 0.5, second: 0.508, difference: 0.008, low: -0.012, high: 0.029};
  expect(verdict(apart, 44, "B")).toBe(
    "These 44 photos cannot tell them apart: mIoU differs by +0.8 points, and by the choice of photos alone that could be from −1.2 to +2.9 points."
  );
  expect(verdict({...apart, low: 0.002}, 44, "B")).toBe(
    "These 44 photos tell them apart: “B” is better by 0.8 points of mIoU (from +0.2 to +2.9 points)."
  );
  expect(verdict({...apart, difference: -0.02, low: -0.03, high: -0.01}, 2, "B")).toContain("“B” is worse by 2.0 points");
});
