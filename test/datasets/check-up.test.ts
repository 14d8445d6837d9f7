import {expect, it} from "vitest";
import {VOC_CLASSES, vocPalette} from "../../data/labels/voc.js";
import {photoSize} from "../../scripts/evaluate/photo.js";
import {checkUp} from "../../src/datasets/check-up.js";
import type {Expected} from "../../src/datasets/finding.js";
import {openDataset} from "../../src/datasets/open.js";
import {photoOf, pngOf, rows, ten, treeOf} from "./trees.js";

/* What is wrong, and what puts it right, is in bad-sets.test.ts. */

/** A photo of 10 x 10 pixels; no two are the same. */
const photo = (grey: number) => photoOf(10, 10, grey);
const png = (...ids: number[]) => pngOf(rows(ten(...ids)));

/** As many rare values as smoothing leaves, but of labels: a small object of each class. */
const MANY_CLASSES = Array.from({length: 40}, (_, y) =>
  Array.from({length: 40}, (_, x) => (y % 2 === 1 && x < 2 ? 1 + ((7 * y) % 90) : 0))
);

const VOC: Expected = {classes: VOC_CLASSES, palette: vocPalette(VOC_CLASSES.length)};
const good = {"images/a.png": photo(1), "masks/a.png": png(0, 1, 255), "images/b.png": photo(2), "masks/b.png": png(0, 15)};

async function checked(files: Record<string, string | Uint8Array>, expected: Expected = {}, signal?: AbortSignal) {
  const dataset = await openDataset(treeOf(files));
  const split = await dataset.read(dataset.splits[0]!);
  return checkUp(dataset, split, expected, {photoSize, withOthers: true, ...(signal && {signal})});
}

it("finds nothing wrong with a good data set, but tells what no pixel has", async () => {
  const {findings, census, photos} = await checked(good, VOC);
  expect(findings.map(({sentence}) => sentence)).toEqual([
    "No pixel of this list has bicycle, bird, boat, bottle, ...: nothing is measured of these."
  ]);
  expect(photos).toBe(2);
  expect([census.pixels[0], census.pixels[1], census.pixels[15], census.pixels[255]]).toEqual([40 + 50, 30, 50, 30]);
  expect((await checked(good)).findings).toEqual([]);
  expect((await checked({...good, "images/a.png": photoOf(40, 40), "masks/a.png": pngOf(MANY_CLASSES)})).findings).toEqual([]);
});

it("tells by its name what no pixel has, however the data set numbers its classes", async () => {
  const files = {
    "JPEGImages/a.png": photo(1),
    "SegmentationClass/a.png": png(0, 1, 2, 255),
    "val.txt": "a",
    "labels.txt": "background\ndog\ncat"
  };
  const {findings} = await checked(files, VOC);
  const said = findings.map(({sentence}) => sentence);
  expect(said).toContain("No pixel of this list has aeroplane, bicycle, bird, boat, ...: nothing is measured of these.");
});

it("ends when it is told to", async () => {
  await expect(checked(good, VOC, AbortSignal.abort())).rejects.toThrow("aborted");
});
