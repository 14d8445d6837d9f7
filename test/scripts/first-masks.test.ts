import {cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import sharp from "sharp";
import {afterAll, beforeAll, expect, it} from "vitest";
import {firstMasks} from "../../scripts/site/first-masks.js";
import {madeMask} from "../../scripts/site/made-mask.js";
import {decodePixels} from "../../scripts/evaluate/photo.js";
import {MODELS_FOLDER, modelFile} from "../../scripts/models/folder.js";
import {ONE_PASS} from "../../src/engine/averaging.js";
import {segmentPhoto} from "../../src/engine/segment-photo.js";
import {loadWeights} from "../../src/engine/weights.js";
import {overlayColours} from "../../src/formats/overlay-look.js";
import {readModel} from "../../src/importers/model-file.js";

const BACKGROUND = new Set([0]);
/** Small: whether masks are made anew does not depend on it. */
const SETTING = {outputStride: 16, inputSize: 65};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "first-masks-"));
});
afterAll(() => rm(folder, {recursive: true, force: true}));

it("a mask that is made beforehand is the one that the page's engine makes, pixel by pixel, with nothing over the background", async () => {
  const photo = await readFile(path.resolve(import.meta.dirname, "../fixtures/nano/reference_input.png"));
  const file = await readFile(modelFile(MODELS_FOLDER, "nano"));
  const {network, weights, card} = readModel(file);
  const mask = await madeMask(file, photo, {outputStride: 16, inputSize: 257});
  const {data, info} = await sharp(mask).raw().toBuffer({resolveWithObject: true});

  const pixels = await decodePixels(photo, "photo");
  const loaded = loadWeights({network, weights});
  const {labels} = await segmentPhoto(network, loaded, pixels, {outputStride: 16, inputSize: 257}, ONE_PASS, {wantsProbabilities: false});
  expect(new Set(labels).size).toBeGreaterThan(1);
  expect(info).toMatchObject({width: 257, height: 257, channels: 4});
  const {width, height} = pixels;
  const coloured = overlayColours({width, height, labels}, card.palette, BACKGROUND);
  // What is transparent has no colour.
  for (let pixel = 0; pixel < data.length; pixel += 4) if (data[pixel + 3] === 0) data.fill(0, pixel, pixel + 3);
  expect(Buffer.compare(data, Buffer.from(coloured.buffer))).toBe(0);
});

it("masks are kept from build to build, until weights or setting are others; what cannot be made is told", async () => {
  const models = path.join(folder, "models");
  const kept = path.join(folder, "kept");
  await mkdir(models);
  await cp(modelFile(MODELS_FOLDER, "nano"), modelFile(models, "nano"));
  const made = async (ids: readonly string[], setting = SETTING) => {
    const said: string[] = [];
    const masks = await firstMasks({ids, models, kept, setting, log: (line) => said.push(line)});
    expect((await readdir(kept)).sort()).toEqual(masks.map(({file}) => path.basename(file)).sort());
    return {said, masks};
  };

  const first = await made(["none", "nano"]);
  expect(first.masks).toMatchObject([{model: "nano", bytes: 1018194, width: 1024, height: 768}]);
  expect(first.said).toEqual([
    expect.stringMatching(/^The mask that stands at first where none is used was not made, and pages open without it: ENOENT/),
    "Made the mask that stands at first where nano is used."
  ]);
  expect(await made(["nano", "nano"])).toEqual({said: [], masks: first.masks});

  const other = await made(["nano"], {...SETTING, outputStride: 32});
  expect(other.said).toHaveLength(1);
  expect(other.masks[0]!.file).not.toBe(first.masks[0]!.file);

  const weights = await readFile(modelFile(models, "nano"));
  // The last byte is in the exponent of a weight.
  weights[weights.length - 1]! ^= 1;
  await writeFile(modelFile(models, "nano"), weights);
  const anew = await made(["nano"], {...SETTING, outputStride: 32});
  expect(anew.said).toHaveLength(1);
  expect(anew.masks[0]!.file).not.toBe(other.masks[0]!.file);
});
