import {cp, mkdir, mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {encode} from "fast-png";
import {afterAll, beforeAll, expect, it} from "vitest";
import {useWasmInNode} from "../../scripts/evaluate/backend.js";
import {runEvaluateCommand} from "../../scripts/evaluate/cli.js";
import {folderTree} from "../../scripts/evaluate/disk.js";
import {modelNamed} from "../../scripts/evaluate/model.js";
import {decodePhoto, decodePixels} from "../../scripts/evaluate/photo.js";
import {table} from "../../scripts/evaluate/tables.js";
import {runVisCommand} from "../../scripts/vis/cli.js";
import {vocPalette} from "../../data/labels/voc.js";
import {openDataset} from "../../src/datasets/open.js";
import {shardName, writeRecord} from "../../src/datasets/tfrecord.js";
import {loadWeights} from "../../src/engine/weights.js";
import {BOUNDARY_DISTANCE} from "../../src/evaluate/boundary.js";
import {evaluationOf} from "../../src/evaluate/counts.js";
import {summedCounts} from "../../src/evaluate/photo-counts.js";
import type {PhotoCounts} from "../../src/evaluate/photo-counts.js";
import {reportOf} from "../../src/evaluate/report.js";
import type {Report} from "../../src/evaluate/report.js";
import {measuredPhoto} from "../../src/worker/datasets/measured.js";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SIDE = 257;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "voc-"));
  await mkdir(path.join(folder, "JPEGImages"));
  await mkdir(path.join(folder, "SegmentationClass"));
  await writeFile(path.join(folder, "val.txt"), "a\n");
  // A PNG, whatever the layout calls it.
  await cp(path.join(ROOT, "test/fixtures/nano/reference_input.png"), path.join(folder, "JPEGImages/a.jpg"));
  const everywhere = encode({width: SIDE, height: SIDE, data: new Uint8Array(SIDE ** 2), channels: 1, depth: 8});
  await writeFile(path.join(folder, "SegmentationClass/a.png"), everywhere);
});
afterAll(() => rm(folder, {recursive: true, force: true}));

async function reported(...options: string[]): Promise<Report> {
  const said: string[] = [];
  const args = ["--dataset", folder, "--model", "nano", "--input-size", `${SIDE}`, "--json", ...options];
  await runEvaluateCommand(args, (text) => said.push(text));
  return JSON.parse(said.join("\n")) as Report;
}

/** Pixels that each class is predicted for. */
async function predicted(...options: string[]): Promise<number[]> {
  return (await reported(...options)).perClass.map(({predictedPixels}) => predictedPixels);
}

it("draws what it measures: photo, truth, prediction, and that over the photo", async () => {
  const out = path.join(folder, "pictures");
  const said: string[] = [];
  const args = ["--dataset", folder, "--model", "nano", "--input-size", `${SIDE}`, "--out", out, "--cores", "1"];
  await runVisCommand(args, (text) => said.push(text));
  expect(said).toEqual([`1 photo of val drawn into ${out}, four pictures each.`]);
  const pixels = async (kind: string) => decodePhoto(await readFile(path.join(out, `a_${kind}.png`)), kind);
  const [image, truth, prediction, overlay] = await Promise.all(["image", "truth", "prediction", "overlay"].map(pixels));
  expect(image).toEqual(await decodePhoto(await readFile(path.join(folder, "JPEGImages/a.jpg")), "a"));
  expect(truth!.rgb.every((value) => value === 0)).toBe(true);
  const colours = vocPalette(21).map((colour) => colour.join());
  const drawn = Array.from({length: SIDE ** 2}, (_, i) => prediction!.rgb.subarray(3 * i, 3 * i + 3).join());
  expect(drawn.every((colour) => colours.includes(colour))).toBe(true);
  expect(new Set(drawn).size).toBeGreaterThan(1);
  const mixed = (i: number) => Math.trunc(0.4 * image!.rgb[i]! + (1 - 0.4) * prediction!.rgb[i]!);
  expect(overlay!.rgb.every((value, i) => value === mixed(i))).toBe(true);
  await expect(runVisCommand(args, () => {})).rejects.toThrow(`${out} is not empty`);
});

it("mutes end points that a shorter way would bypass: the command's figures say so", async () => {
  const whole = await predicted();
  const [concat, pooled, spread] = [
    await predicted("--mute", "aspp/concat"),
    await predicted("--mute", "aspp/image_pooling"),
    await predicted("--mute", "aspp/image_pooling/upsampled")
  ];
  expect(whole.reduce((sum, pixels) => sum + pixels)).toBe(SIDE ** 2);
  expect(concat).not.toEqual(whole);
  // Zeros that are spread, and zeros in the place of what was spread.
  expect(spread).toEqual(pooled);
  expect(spread).not.toEqual(whole);
  expect(concat).not.toEqual(spread);
});

it("measures beside the network's labels, which stay what they are, those of a CRF after it", async () => {
  const report = await reported("--crf", "--crf-grid", "logits", "--crf-iterations", "2", "--boundary");
  expect(report.perClass.map(({predictedPixels}) => predictedPixels)).toEqual(await predicted());
  expect(report.crf).toMatchObject({grid: "logits", iterations: 2});
  const {pixelAccuracy, boundary, milliseconds} = report.withCrf!;
  expect(pixelAccuracy).not.toBe(report.pixelAccuracy);
  expect(Math.abs(pixelAccuracy! - report.pixelAccuracy!)).toBeLessThan(0.05);
  // All is background in the mask.
  expect(report.perClass[0]!.iouWithCrf).toBe(pixelAccuracy);
  expect(boundary!.bands).toHaveLength(report.boundary!.bands.length);
  expect(milliseconds).toBeGreaterThan(0);

  const said = table(report);
  expect(said).toContain("CRF on the logits (2 iterations, bilateral 5, 50, 3)");
  expect(said).toMatch(new RegExp(`IoU % with CRF\\nbackground .* ${(100 * pixelAccuracy!).toFixed(1)}\\n`));
  expect(said).toMatch(/With CRF: mIoU of the classes in the labels +\d+\.\d\n/);
});

it("gives the same figures in several threads, of records too, and says what is wrong in one of them", async () => {
  const photo = await readFile(path.join(folder, "JPEGImages/a.jpg"));
  const mask = await readFile(path.join(folder, "SegmentationClass/a.png"));
  const record = (id: string) => writeRecord({id, photo, photoFormat: "png", mask, width: SIDE, height: SIDE});
  await mkdir(path.join(folder, "records"));
  await writeFile(path.join(folder, "records", shardName("val", 0, 1)), Buffer.concat(["a", "b", "c"].map(record)));

  const measured = async (cores: string) => {
    const {imagesPerSecond, ...figures} = await reported("--dataset", path.join(folder, "records"), "--input-size", "65", "--cores", cores);
    expect(imagesPerSecond).toBeGreaterThan(0);
    return figures;
  };
  const alone = await measured("1");
  expect(alone.images).toBe(3);
  expect(await measured("2")).toEqual(alone);
  // What the check-up cannot foresee: rates that the network has not.
  await expect(reported("--dataset", path.join(folder, "records"), "--rates", "6", "--cores", "2")).rejects.toThrow("rates");
});

it("photo by photo, as the page asks for it, the figures are the same, of a folder and of records", async () => {
  const ids = ["a", "b", "c"];
  const odd = encode({width: SIDE, height: SIDE, data: Uint8Array.from({length: SIDE ** 2}, (_, i) => i % 21), channels: 1, depth: 8});
  for (const id of ids.slice(1)) {
    await cp(path.join(folder, "JPEGImages/a.jpg"), path.join(folder, `JPEGImages/${id}.jpg`));
    await writeFile(path.join(folder, `SegmentationClass/${id}.png`), odd);
  }
  await writeFile(path.join(folder, "three.txt"), ids.join("\n"));
  const photo = await readFile(path.join(folder, "JPEGImages/a.jpg"));
  const masks = await Promise.all(ids.map((id) => readFile(path.join(folder, `SegmentationClass/${id}.png`))));
  const records = masks.map((mask, i) => writeRecord({id: ids[i]!, photo, photoFormat: "png", mask, width: SIDE, height: SIDE}));
  const shards = path.join(folder, "odd-records");
  await mkdir(shards);
  await writeFile(path.join(shards, shardName("three", 0, 1)), Buffer.concat(records));

  await useWasmInNode();
  const model = await modelNamed("nano");
  const weights = loadWeights(model);
  const setting = {outputStride: 16, inputSize: 65, padding: "square", boundaryDistance: BOUNDARY_DISTANCE} as const;
  const measuring = {model, weights, choice: {...setting, modelUrl: "nano", backend: "wasm"}, turns: {}} as const;
  for (const place of [folder, shards]) {
    const {items} = await (await openDataset(await folderTree(place))).read("three");
    const counted: PhotoCounts[] = [];
    for (const item of items) {
      const {counts, digest} = (await measuredPhoto(item, measuring, null, decodePixels))!;
      expect(await measuredPhoto(item, measuring, digest, decodePixels)).toBeNull();
      counted.push(JSON.parse(JSON.stringify(counts)) as PhotoCounts);
    }
    const evaluation = evaluationOf([summedCounts(counted, model.network.classes, setting)]);
    const ours = reportOf(evaluation, {...setting, model, name: "nano", dataset: place, split: "three"});
    const theirs = await reported("--dataset", place, "--split", "three", "--input-size", "65", "--boundary", "--cores", "1");
    expect({...theirs, imagesPerSecond: 0}).toEqual({...ours, imagesPerSecond: 0});
    expect(ours.meanIoU).toBeGreaterThan(0);
  }
  weights.dispose();
});
