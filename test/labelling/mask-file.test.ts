import {expect, it} from "vitest";
import type {Mask} from "../../src/formats/mask-picture.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {keptMask, readMaskFile} from "../../src/labelling/mask-file.js";

const blank = (width: number, height: number) => ({width, height, ids: new Uint8Array(width * height).fill(255)});
/** Whether two label maps are the same; to compare them value by value would take most of the tests' time. */
const isSame = (a: Mask, b: Mask) => a.width === b.width && a.height === b.height && Buffer.compare(a.ids, b.ids) === 0;
const bytesOf = async (file: Blob | null) => new Uint8Array(await file!.arrayBuffer());

it("labels come back as they were, long runs and single pixels, and after changes that were told of", async () => {
  const mask = blank(301, 200);
  const random = pseudoRandom(5);
  const kept = keptMask(mask);
  mask.ids.fill(3, 0, 301 * 100);
  kept.touch(0, 100);
  for (let index = 301 * 150; index < 301 * 170; index++) mask.ids[index] = Math.floor(random() * 256);
  kept.touch(150, 170);
  expect(isSame(readMaskFile(await bytesOf(kept.file())), mask)).toBe(true);
  mask.ids.fill(9, 301 * 64, 301 * 65);
  kept.touch(64, 65);
  const file = await bytesOf(kept.file());
  expect(isSame(readMaskFile(file), mask)).toBe(true);
  // Twenty rows of noise take their bytes twice; all the rest next to nothing.
  expect(file.length).toBeLessThan(2 * 301 * 20 + 1000);
});

it("only the bands that were told of are written anew", async () => {
  const mask = blank(10, 200);
  const kept = keptMask(mask);
  kept.file();
  mask.ids.fill(1, 0, 10);
  mask.ids.fill(2, 10 * 130, 10 * 131);
  kept.touch(130, 131);
  const read = readMaskFile(await bytesOf(kept.file()));
  expect([read.ids[0], read.ids[10 * 130]]).toEqual([255, 2]);
});

it("nothing decided is no file", () => {
  const mask = blank(70, 70);
  const kept = keptMask(mask);
  expect(kept.file()).toBeNull();
  mask.ids[69 * 70] = 0;
  kept.touch(69, 70);
  expect(kept.file()).not.toBeNull();
});

it("a file that is cut off or damaged says so", async () => {
  const mask = blank(40, 100);
  mask.ids.fill(1, 5, 900);
  const file = await bytesOf(keptMask(mask).file());
  const damaged = (change: (bytes: Uint8Array) => Uint8Array) => () => readMaskFile(change(file.slice()));
  const sentence = "The labels that were kept of this photo are damaged, and cannot be read.";
  expect(damaged((bytes) => bytes.subarray(0, 3))).toThrow(sentence);
  expect(damaged((bytes) => bytes.subarray(0, bytes.length - 1))).toThrow(sentence);
  expect(damaged((bytes) => bytes.fill(0, 0, 1))).toThrow(sentence);
  expect(damaged((bytes) => bytes.fill(0xff, bytes.length - 2))).toThrow(sentence);
});
