import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {encode} from "fast-png";
import sharp from "sharp";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {useWasmInNode} from "../../scripts/evaluate/backend.js";
import {folderTree} from "../../scripts/evaluate/disk.js";
import {evaluate} from "../../src/evaluate/evaluate.js";
import {decodePhoto, decodePixels} from "../../scripts/evaluate/photo.js";
import {table} from "../../scripts/evaluate/tables.js";
import {reportOf} from "../../src/evaluate/report.js";
import type {Model, Weight} from "../../src/engine/model.js";
import type {WeightFormat} from "../../src/engine/precision.js";
import type {Network} from "../../src/engine/network.js";
import {wholeSplit} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import {released} from "../../src/engine/released.js";
import {randomWeights} from "../engine/networks.js";

const WIDTH = 40;
const HEIGHT = 30;

const network: Network = {...released(0.1), classes: 3};

/** A model that says class 1 everywhere: no weight reaches the logits but their bias. */
function alwaysOne(): Model {
  const weights: Record<string, Weight> = {
    ...randomWeights(network),
    "logits/bias": {shape: [3], values: Float32Array.from([0, 1, 0])}
  };
  weights["logits/kernel"] = {shape: weights["logits/kernel"]!.shape, values: new Float32Array(weights["logits/kernel"]!.values.length)};
  return {
    network,
    weights,
    card: {
      name: "always one",
      classes: ["background", "person", "cat"],
      palette: [
        [0, 0, 0],
        [1, 0, 0],
        [2, 0, 0]
      ],
      license: "",
      source: "",
      measured: ""
    }
  };
}

/** Class 2 everywhere, for what the projection says; without it class 1. */
function catUnlessMuted(): Model {
  const model = alwaysOne();
  const {shape} = model.weights["logits/kernel"]!;
  const projected = model.weights["aspp/projection/kernel"]!;
  const weights = {
    ...model.weights,
    "aspp/projection/kernel": {shape: projected.shape, values: new Float32Array(projected.values.length)},
    "aspp/projection/bias": {shape: [shape[2]!], values: new Float32Array(shape[2]!).fill(1)},
    "logits/kernel": {shape, values: Float32Array.from({length: shape[2]! * 3}, (_, i) => (i % 3 === 2 ? 1 : 0))}
  };
  return {...model, weights};
}

let folder: string;
beforeAll(async () => {
  await useWasmInNode();
  folder = await mkdtemp(path.join(tmpdir(), "voc-"));
  await mkdir(path.join(folder, "JPEGImages"));
  await mkdir(path.join(folder, "SegmentationClass"));
  await writeFile(path.join(folder, "val.txt"), "a\nb\n");
  for (const id of ["a", "b"]) {
    await sharp({create: {width: WIDTH, height: HEIGHT, channels: 3, background: "grey"}})
      .jpeg()
      .toFile(path.join(folder, `JPEGImages/${id}.jpg`));
  }
  // Photo a: 3 rows of background, 1 ignored, the rest person. Photo b: background.
  await writeFile(
    path.join(folder, "SegmentationClass/a.png"),
    mask((y) => (y < 3 ? 0 : y < 4 ? 255 : 1))
  );
  await writeFile(
    path.join(folder, "SegmentationClass/b.png"),
    mask(() => 0)
  );
});
afterAll(() => rm(folder, {recursive: true, force: true}));

function mask(idOfRow: (y: number) => number): Uint8Array {
  const data = Uint8Array.from({length: WIDTH * HEIGHT}, (_, i) => idOfRow(Math.floor(i / WIDTH)));
  return encode({width: WIDTH, height: HEIGHT, data, channels: 1, depth: 8});
}

describe("evaluate", () => {
  it("counts every photo of a folder on disk at its own size, ignored pixels left out", async () => {
    const tree = await folderTree(folder);
    const split = await wholeSplit(await openDataset(tree));
    let images = 0;
    const evaluation = await evaluate(
      alwaysOne(),
      split,
      {outputStride: 16, inputSize: 33, padding: "square"},
      {decode: decodePixels, onImage: () => images++}
    );
    expect(images).toBe(2);

    const rows = {background: 3 + HEIGHT, person: HEIGHT - 4};
    const report = reportOf(evaluation, {
      model: alwaysOne(),
      name: "one",
      dataset: "d",
      split: split.name,
      outputStride: 16,
      inputSize: 33,
      padding: "square"
    });
    expect(report).toMatchObject({
      model: "one",
      dataset: "d",
      split: "val",
      images: 2,
      outputStride: 16,
      inputSize: 33,
      meanAccuracy: 1 / 2
    });
    expect(report.pixels).toBe((rows.background + rows.person) * WIDTH);
    expect(report.pixelAccuracy).toBeCloseTo(rows.person / (rows.background + rows.person), 12);
    expect(report.meanIoU).toBeCloseTo(rows.person / (rows.background + rows.person) / 2, 12);
    expect(report.perClass.map(({name, iou}) => [name, iou])).toEqual([
      ["background", 0],
      ["person", rows.person / (rows.background + rows.person)],
      ["cat", null]
    ]);
    expect(report.imagesPerSecond).toBeGreaterThan(0);

    const text = table(report);
    expect(text).toContain("one on d (val, 2 photos), output stride 16, input size 33, square padding");
    expect(text).toMatch(/person +44\.1 +100\.0 +44\.1/);
    expect(text).not.toContain("cat");
    expect(text).toMatch(/Pixel accuracy +44\.1/);
  });

  it("measures outlines where that is asked for, and leaves the report as it is where it is not", async () => {
    const tree = await folderTree(folder);
    const split = await wholeSplit(await openDataset(tree));
    const setting = {outputStride: 16, inputSize: 33, padding: "square"} as const;
    const circumstances = {model: alwaysOne(), name: "one", dataset: "d", split: split.name, ...setting};
    const plain = await evaluate(alwaysOne(), split, setting, {decode: decodePixels});
    const boundaryDistance = {pixels: 2};
    const outlined = await evaluate(alwaysOne(), split, {...setting, boundaryDistance}, {decode: decodePixels});
    const [before, after] = [reportOf(plain, circumstances), reportOf(outlined, {...circumstances, boundaryDistance})];

    // Photo a: 3 rows of background, 1 ignored, 26 of person; person is predicted everywhere. Photo b has no outline.
    const {bands} = after.boundary!;
    expect(bands.map(({pixels}) => pixels / WIDTH)).toEqual([1 + 1, 3 + 3, 3 + 5, 3 + 10, 3 + 20]);
    expect(bands.map(({meanIoUOfLabelled}) => meanIoUOfLabelled)).toEqual([1 / 2, 3 / 6, 5 / 8, 10 / 13, 20 / 23].map((iou) => iou / 2));
    expect(after.boundaryDistance).toEqual(boundaryDistance);
    // Of person 2 pixels around 26 x 40; predicted are these, 3 rows above the ignored one, and 2 pixels around photo b.
    const [found, above, around] = [26 * 40 - 22 * 36, 3 * 40, 30 * 40 - 26 * 36];
    expect(after.perClass.map(({boundaryIoU}) => boundaryIoU)).toEqual([0, found / (found + above + around), null]);
    expect(table(after)).toMatch(/class +IoU % +accuracy % +% of labels +Boundary IoU %\n/);
    expect(table(after)).toMatch(/Their mIoU within 3 px of outlines +25\.0\n/);

    expect(Object.keys(before)).toEqual(Object.keys(after).filter((name) => name !== "boundary" && name !== "boundaryDistance"));
    expect(Object.keys(before.perClass[0]!)).toEqual(["id", "name", "truePixels", "predictedPixels", "accuracy", "iou"]);
    expect(table(before)).not.toMatch(/outlines|Boundary/);
  });

  it("measures a model without a part: zeros in its place", async () => {
    const tree = await folderTree(folder);
    const whole = catUnlessMuted();
    const shares = async (muted: string[]) => {
      const {metrics} = await evaluate(
        whole,
        await wholeSplit(await openDataset(tree)),
        {outputStride: 16, inputSize: 33, padding: "square", muted},
        {decode: decodePixels}
      );
      return metrics.perClass.map(({predictedPixels}) => predictedPixels > 0);
    };
    expect(await shares([])).toEqual([false, false, true]);
    expect(await shares(["aspp/projection"])).toEqual([false, true, false]);
    await expect(shares(["decoder/low_level"])).rejects.toThrow("decoder/low_level");
  });

  it("rounds the weights where it is asked to", async () => {
    const {weights, ...rest} = catUnlessMuted();
    const {shape, values} = weights["logits/kernel"]!;
    // Background has a weight so large that, with one step for all, those of the cat become zero.
    const uneven = {...rest, weights: {...weights, "logits/kernel": {shape, values: values.map((value, i) => (i === 0 ? -1000 : value))}}};
    const split = await wholeSplit(await openDataset(await folderTree(folder)));
    const predicted = async (format?: WeightFormat) => {
      const setting = {outputStride: 16, inputSize: 33, padding: "square", weights: format} as const;
      const {metrics} = await evaluate(uneven, split, setting, {decode: decodePixels});
      return metrics.perClass.map(({predictedPixels}) => predictedPixels > 0);
    };
    expect(await predicted()).toEqual([false, false, true]);
    expect(await predicted("int8-per-channel")).toEqual([false, false, true]);
    expect(await predicted("int8-per-tensor")).toEqual([false, true, false]);
  });

  it("takes photos at their own size", async () => {
    const tree = await folderTree(folder);
    const {images} = await evaluate(
      alwaysOne(),
      await wholeSplit(await openDataset(tree)),
      {outputStride: 8, inputSize: null, padding: "tight"},
      {decode: decodePixels}
    );
    expect(images).toBe(2);
  });

  it("says which mask does not fit its photo or the model", async () => {
    const tree = await folderTree(folder);
    const wide = {
      ...tree,
      read: (file: string) =>
        file.endsWith("a.png") ? Promise.resolve(encode({width: 1, height: 1, data: new Uint8Array(1), channels: 1})) : tree.read(file)
    };
    await expect(
      evaluate(
        alwaysOne(),
        await wholeSplit(await openDataset(wide)),
        {outputStride: 16, inputSize: 33, padding: "square"},
        {decode: decodePixels}
      )
    ).rejects.toThrow('The mask of "a" is 1x1 pixels, its photo 40x30.');
    const beyond = {...tree, read: (file: string) => (file.endsWith("b.png") ? Promise.resolve(mask(() => 7)) : tree.read(file))};
    await expect(
      evaluate(
        alwaysOne(),
        await wholeSplit(await openDataset(beyond)),
        {outputStride: 16, inputSize: 33, padding: "square"},
        {decode: decodePixels}
      )
    ).rejects.toThrow('The mask of "b" holds ids that are no class of the model: 7');
  });
});

describe("folderTree", () => {
  it("says so where there is no folder", async () => {
    await expect(folderTree(path.join(folder, "nowhere"))).rejects.toThrow(`There is no folder ${path.join(folder, "nowhere")}.`);
    await expect(folderTree(path.join(folder, "val.txt"))).rejects.toThrow("is a file, not a folder.");
  });
});

describe("decodePhoto", () => {
  it("turns a photo as its EXIF orientation says", async () => {
    const lying = await sharp({create: {width: 4, height: 2, channels: 3, background: "red"}})
      .jpeg()
      .withMetadata({orientation: 6})
      .toBuffer();
    const {width, height, rgb} = await decodePhoto(lying, "a.jpg");
    expect([width, height, rgb.length]).toEqual([2, 4, 24]);
  });

  it("gives three channels for a grey picture and one with transparency", async () => {
    const grey = await sharp({create: {width: 2, height: 1, channels: 4, background: {r: 0, g: 0, b: 0, alpha: 0.5}}})
      .toColourspace("b-w")
      .png()
      .toBuffer();
    expect((await decodePhoto(grey, "a.png")).rgb).toHaveLength(6);
  });

  it("says so where a file is no picture", async () => {
    await expect(decodePhoto(new Uint8Array(10), "a.jpg")).rejects.toThrow("The photo a.jpg cannot be decoded");
  });
});
