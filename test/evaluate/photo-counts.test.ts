import {expect, it} from "vitest";
import {countLabels, evaluationOf, newCounts} from "../../src/evaluate/counts.js";
import {matrixCsv, photosCsv} from "../../src/evaluate/csv.js";
import {countAt, packedCounts, summedCounts, talliesOf} from "../../src/evaluate/photo-counts.js";
import {metrics, metricsOfTallies} from "../../src/engine/labels/metrics.js";
import {someLabels} from "./maps.js";

const CLASSES = 5;
const setting = {boundaryDistance: {pixels: 2}} as const;
const truths = [someLabels(40, 30, CLASSES), someLabels(31, 47, CLASSES)];
/** Everything one to the right, and one class more. */
const guesses = truths.map(({ids}) => ids.map((_, i) => (ids[i - 1] ?? 0) % CLASSES));

const photos = truths.map((truth, index) => {
  const counts = newCounts(CLASSES, setting);
  counts.images = 1;
  counts.milliseconds = 10 * (index + 1);
  countLabels(counts.network, truth, guesses[index]!, setting.boundaryDistance);
  return {name: `photo ${index}`, counts, kept: packedCounts(`photo ${index}`, counts)};
});

it("counts of single photos, kept small and as text, add up to those of all", () => {
  const kept = JSON.parse(JSON.stringify(photos.map((photo) => photo.kept))) as (typeof photos)[0]["kept"][];
  const [first, second] = photos.map(({counts}) => counts) as [(typeof photos)[0]["counts"], (typeof photos)[0]["counts"]];
  const {imagesPerSecond, ...together} = evaluationOf([summedCounts(kept, CLASSES, setting)]);
  const {imagesPerSecond: apart, ...expected} = evaluationOf([first, second]);
  expect(together).toEqual(expected);
  expect(together.boundary!.bands[0]!.pixels).toBeGreaterThan(0);
  // Two in 30 ms; in two places at once 100 and 50.
  expect([imagesPerSecond, apart].map(Math.round)).toEqual([67, 150]);
  expect(evaluationOf([summedCounts(kept, CLASSES, {})]).boundary).toBeUndefined();
});

it("a photo's classes and cells are those of its matrix", () => {
  const [{counts, kept}] = photos as [(typeof photos)[0]];
  const {matrix} = counts.network;
  expect(metricsOfTallies(talliesOf(kept, CLASSES))).toEqual(metrics(matrix));
  for (let cell = 0; cell < CLASSES ** 2; cell++) {
    expect(countAt(kept, CLASSES, Math.floor(cell / CLASSES), cell % CLASSES)).toBe(matrix.counts[cell]);
  }
});

it("tables for spreadsheets have every cell, and quotes where a name holds a comma", () => {
  const matrix = {classes: 2, counts: Float64Array.from([3, 1, 0, 4])};
  expect(matrixCsv(matrix, ["sky", 'the "cat", lying'])).toBe(
    'true \\ predicted,sky,"the ""cat"", lying"\r\nsky,3,1\r\n"the ""cat"", lying",0,4\r\n'
  );
  const [, first] = photosCsv([{id: "a", milliseconds: 1, matrix: [0, 3, 1, 1, 3, 4]}], 2).split("\r\n");
  expect(first).toBe(`a,8,${7 / 8},${(3 / 4 + 4 / 5) / 2}`);
});
