import * as tf from "@tensorflow/tfjs-core";
import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import sharp from "sharp";
import {modelNamed} from "../../scripts/evaluate/model.js";
import {networkWeights, plan} from "../../src/engine/plan.js";
import {atPrecision} from "../../src/engine/precision.js";
import type {Precision} from "../../src/engine/precision.js";
import {fitInput, pixelsToTensor} from "../../src/engine/preprocess.js";
import {execute} from "../../src/engine/execute.js";
import {loadWeights} from "../../src/engine/weights.js";
import {useBackend} from "../backend.js";
import {preprocess} from "../preprocess.js";
import {segmentInNode} from "./reference.js";
import {SitePage} from "./site-page.js";
import {WebcamPage} from "./webcam-page.js";
import {PHOTO, Workbench} from "./workbench-page.js";

const LAYER = "aspp/projection";
const COMPARED = {inside: "compare", "b-layer": LAYER};

test("two runs: agreement, a class's IoU and a layer's difference are those of two runs in Node; the handle and the presets work by keyboard", async ({
  page
}) => {
  const bench = await new Workbench(page).open({...COMPARED, "b-os": "8"});
  await bench.choose(PHOTO);
  const [a, b] = [
    await segmentInNode(PHOTO, {model: "nano", outputStride: 16, inputSize: 257}),
    await segmentInNode(PHOTO, {model: "nano", outputStride: 8, inputSize: 257})
  ];

  const pixels = a.labels.length;
  const same = a.labels.filter((id, pixel) => id === b.labels[pixel]).length;
  expect(same).toBeLessThan(pixels);
  // Two pixels in ten thousand may lie so near a border that another thread count moves them.
  expect(Math.abs((await percentOf(page, "Agreement")) - (100 * same) / pixels)).toBeLessThan(0.02);
  const table = page.getByRole("table", {name: "Agreement by class"});
  const names = [...new Set([...a.labels, ...b.labels])].map((id) => a.names[id]!);
  await expect(table.getByRole("rowheader")).toHaveCount(names.length);
  for (const name of names) {
    const id = a.names.indexOf(name);
    const both = a.labels.filter((own, pixel) => own === id && b.labels[pixel] === id).length;
    const either = a.labels.filter((own, pixel) => own === id || b.labels[pixel] === id).length;
    const cell = table.getByRole("row", {name}).getByRole("cell").first();
    expect(parseFloat((await cell.textContent())!)).toBeCloseTo((100 * both) / either, 1);
  }

  const ofA = await layerInNode(16);
  const expectDifference = async (ofB: Layer) => {
    const {mean, magnitude} = differenceByHand(ofA, ofB);
    expect(Math.abs((await numberOf(page, "Mean difference")) / mean - 1)).toBeLessThan(1e-4);
    expect(Math.abs((await numberOf(page, "Relative difference")) / (mean / magnitude) - 1)).toBeLessThan(1e-4);
  };
  await expectDifference(await layerInNode(8));

  // Left of the handle the picture is A's, right of it B's.
  const handle = page.getByRole("slider", {name: "Handle between A and B"});
  const at = a.labels.findIndex((id, pixel) => id !== b.labels[pixel]);
  await handle.focus();
  await page.keyboard.press("End");
  await expect(page).toHaveURL(/b-at=100/);
  const middle = 128 * a.width + 128;
  expect(a.labels[middle]).toBe(b.labels[middle]);
  const [left, agreed] = [await colourAt(page, at), await colourAt(page, middle)];
  await page.keyboard.press("Home");
  await expect(page).toHaveURL(/b-at=0/);
  await expect.poll(() => colourAt(page, at)).not.toEqual(left);
  expect(await colourAt(page, middle)).toEqual(agreed);

  const before = await numberOf(page, "Mean difference");
  await page.getByRole("button", {name: "8-bit weights"}).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", {name: "8-bit weights"})).toHaveAttribute("aria-pressed", "true");
  await expect(page).toHaveURL(/b-precision=int8/);
  await expect(page).not.toHaveURL(/b-os/);
  await expect.poll(() => numberOf(page, "Mean difference")).not.toBe(before);
  await bench.done();
  await expectDifference(await layerInNode(16, "int8"));
  await expect(page.getByRole("table", {name: "Both runs"}).getByRole("row", {name: "Weights"})).toContainText("8-bit whole numbers");

  // As A in all: there is nothing to compare, and a sentence says so.
  await page.getByRole("combobox", {name: "Weights as"}).selectOption("as-a");
  await expect(page.getByRole("table", {name: "Both runs"})).toBeHidden();
  await expect(bench.main).toContainText("nothing is computed before");
  expect(bench.problems).toEqual([]);
});

test("the run itself takes rates from the address and the field, and a list that is none is not lost", async ({page}) => {
  const bench = await new Workbench(page).open({...COMPARED, rates: "1,1,1", "b-rates": "6,12,18"});
  const rows = page.getByRole("table", {name: "Both runs"}).getByRole("row", {name: "Rates as run"}).getByRole("cell");
  await expect(rows).toHaveText(["1, 1, 1", "6, 12, 18"]);
  const rates = page.getByRole("textbox", {name: "Atrous rates"});
  await expect(rates).toHaveValue("1, 1, 1");
  await rates.fill("2 4");
  await rates.press("Enter");
  await expect(bench.main).toContainText("Write three whole numbers");
  await expect(page).toHaveURL(/rates=1%2C1%2C1/);
  await rates.fill("2 4 6");
  await bench.changes(() => rates.press("Enter"));
  await expect(rows.first()).toHaveText("2, 4, 6");
  expect(bench.problems).toEqual([]);
});

test("a network without atrous branches has no use for rates, and says so", async ({page}) => {
  const bench = await new Workbench(page).open({...COMPARED, rates: "2,4,6", "b-precision": "int8"});
  const other = page.getByRole("combobox", {name: "Other network"});
  const there = await other.locator("option").evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  test.skip(!there.includes("mobilenetv2-050-pascal"), "mobilenetv2-050-pascal is not in data/models");
  await other.selectOption("mobilenetv2-050-pascal");
  const rows = page.getByRole("table", {name: "Both runs"}).getByRole("row", {name: "Rates as run"}).getByRole("cell");
  await expect(rows).toHaveText(["2, 4, 6", "no atrous branch"]);
  await bench.done();
  await expect(page.getByRole("textbox", {name: "Other rates"})).toBeDisabled();
  expect(bench.problems).toEqual([]);
});

test("the chosen layer of /network is a link into the inspector", async ({page}) => {
  const site = new SitePage(page);
  await page.goto(`/network?${new URLSearchParams({model: "nano", size: "257", os: "8", layer: "decoder/low_level"})}`);
  await site.done();
  await page.getByRole("link", {name: "Look inside this layer"}).click();
  await page.waitForURL(/workbench\.html\?.*layer=decoder%2Flow_level.*#look-inside/);
  await site.done();
  for (const said of [/os=8/, /size=257/]) await expect(page).toHaveURL(said);
  // Where no other network is here, nano is the default, which an address leaves out.
  await expect(page.getByRole("combobox", {name: "Model"})).toHaveValue("nano");
  await expect(page.getByRole("heading", {name: "Look inside"})).toBeInViewport();
  expect(site.problems).toEqual([]);
});

test("a moment of the webcam is opened in the inspector, with its network and stride", async ({page}) => {
  const cam = await new WebcamPage(page).open({os: "32"});
  await cam.run();
  const {width, height} = await cam.pixels();
  await cam.button("Look inside this moment").click();
  await page.waitForURL(/workbench\.html\?.*#look-inside/);
  await cam.done();
  for (const said of [/os=32/, /size=257/]) await expect(page).toHaveURL(said);
  // Where no other network is here, nano is the default, which an address leaves out.
  await expect(page.getByRole("combobox", {name: "Model"})).toHaveValue("nano");
  await expect(cam.main).toContainText("camera-still.png");
  await expect(cam.main).toContainText(`${width} × ${height}`);
  await expect(page.getByRole("heading", {name: "Look inside"})).toBeInViewport();
  expect(cam.problems).toEqual([]);
});

async function numberOf(page: Page, name: string): Promise<number> {
  return Number(await page.getByRole("group", {name, exact: true}).textContent());
}

async function percentOf(page: Page, name: string): Promise<number> {
  return parseFloat((await page.getByRole("group", {name, exact: true}).textContent())!);
}

/** The colour of a pixel of the inspector's picture, RGBA. */
function colourAt(page: Page, pixel: number): Promise<number[]> {
  return page.getByRole("application", {name: "Photo, looked into"}).evaluate((element, index) => {
    const canvas = element as HTMLCanvasElement;
    return [...canvas.getContext("2d")!.getImageData(index % canvas.width, Math.floor(index / canvas.width), 1, 1).data];
  }, pixel);
}

interface Layer {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Float32Array;
}

/** What the engine has in a layer of nano for the photo, in Node. */
async function layerInNode(outputStride: number, precision: Precision = "float32"): Promise<Layer> {
  await useBackend("wasm");
  const model = await modelNamed("nano");
  const {data, info} = await sharp(PHOTO).removeAlpha().raw().toBuffer({resolveWithObject: true});
  const fit = fitInput(info.height, info.width, 257);
  const weights = loadWeights({...model, weights: atPrecision(model.weights, precision, networkWeights(model.network))});
  const pixels = pixelsToTensor(data, info.height, info.width, 3);
  const input = preprocess(pixels, fit);
  const tensor = execute(plan(model.network, {height: fit.height, width: fit.width, outputStride}).steps, weights, input, [LAYER])[LAYER]!;
  const [, height, width, channels] = tensor.shape;
  const values = (await tensor.data()) as Float32Array;
  tf.dispose([pixels, input, tensor]);
  weights.dispose();
  return {height, width, channels, values};
}

/**
 * Mean |A - B| and mean |A| on A's grid; the photo fills both grids, and B's has once or twice as many steps: A's cells lie on B's, or on
 * every other.
 */
function differenceByHand(a: Layer, b: Layer): {mean: number; magnitude: number} {
  const step = (b.height - 1) / (a.height - 1);
  expect([1, 2]).toContain(step);
  expect((b.width - 1) / (a.width - 1)).toBe(step);
  let difference = 0;
  let magnitude = 0;
  a.values.forEach((value, index) => {
    const channel = index % a.channels;
    const cell = (index - channel) / a.channels;
    const row = Math.floor(cell / a.width);
    const column = cell % a.width;
    difference += Math.abs(value - b.values[(step * row * b.width + step * column) * b.channels + channel]!);
    magnitude += Math.abs(value);
  });
  return {mean: difference / a.values.length, magnitude: magnitude / a.values.length};
}
