/** What the workbench does not do twice, and what it leaves off. */
import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import sharp from "sharp";
import {onOnePage} from "./one-page.js";
import {tapWire, wireOf} from "./wire.js";
import {Workbench} from "./workbench-page.js";

const WIDTH = 2048;
const HEIGHT = 1536;

/** A photo of the largest size that is worked with, unlike any other. */
async function largePhoto(seed: number): Promise<{name: string; mimeType: string; buffer: Buffer}> {
  const grains = Uint8Array.from({length: 32 * 24 * 3}, (_, i) => (i * 7919 * seed) % 256);
  const buffer = await sharp(grains, {raw: {width: 32, height: 24, channels: 3}})
    .resize(WIDTH, HEIGHT, {fit: "fill"})
    .jpeg()
    .toBuffer();
  return {name: `large-${seed}.jpg`, mimeType: "image/jpeg", buffer};
}

/** Counts what is painted at that width in `window.masks`. For `addInitScript`. */
function countMasks(width: number): void {
  const counted = window as unknown as {masks: number};
  counted.masks = 0;
  const {putImageData} = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.putImageData = function (data: ImageData, ...at: number[]) {
    if (data.width === width) counted.masks++;
    Reflect.apply(putImageData, this, [data, ...at]);
  };
}

let page: Page;
let workbench: Workbench;
onOnePage(async (opened) => {
  page = opened;
  await page.addInitScript(tapWire);
  await page.addInitScript(countMasks, WIDTH);
  workbench = new Workbench(page);
  return workbench.open({backend: "wasm", edit: "r250.250.500.500-g"});
});

test("a photo that the reader changed is sent once too", async () => {
  const first = await wireOf(page);
  expect(first.sent.filter(({pixelBytes}) => pixelBytes > 0)).toHaveLength(1);
  await workbench.changes(() => workbench.outputStride.selectOption("8"));
  const {sent} = await wireOf(page);
  expect(sent.slice(first.sent.length).map(({pixelBytes}) => pixelBytes)).toEqual([0]);
});

test("a photo's pixels go to the worker once, however often it is run with another stride or size", async () => {
  await workbench.fresh();
  await workbench.choose(await largePhoto(1));
  const first = await wireOf(page);
  expect(first.sent.at(-1)).toMatchObject({call: "segment", pixelBytes: WIDTH * HEIGHT * 4});

  await workbench.changes(() => workbench.outputStride.selectOption("8"));
  await workbench.changes(() => workbench.outputStride.selectOption("32"));
  // Another size is made anew from the pixels that the worker has.
  await workbench.changes(() => workbench.inputSize.selectOption("385"));
  const {sent} = await wireOf(page);
  const afterwards = sent.slice(first.sent.length);
  expect(afterwards.filter(({call}) => call === "segment")).toHaveLength(3);
  expect(afterwards.map(({pixelBytes}) => pixelBytes)).toEqual(afterwards.map(() => 0));

  await workbench.choose(await largePhoto(2));
  expect((await wireOf(page)).sent.filter(({pixelBytes}) => pixelBytes === WIDTH * HEIGHT * 4)).toHaveLength(2);
});

test("a change of the choice ends the run before between two steps; the worker lives on", async () => {
  await workbench.fresh();
  await workbench.choose(await largePhoto(1));
  const before = await wireOf(page);
  const calls = async () => (await wireOf(page)).sent.slice(before.sent.length);
  // A run of some seconds: as long as both take together, were the first not ended.
  await workbench.inputSize.selectOption("native");
  const agree = page.getByRole("button", {name: "Run it"});
  const begun = async () => {
    // Where the machine is slow, such a run is asked for first.
    if (await agree.isVisible()) await agree.click();
    return (await calls()).filter(({call}) => call === "segment").length;
  };
  await expect.poll(begun).toBe(1);
  await workbench.changes(() => workbench.inputSize.selectOption("257"));

  const [heavy, light] = (await calls()).filter(({call}) => call === "segment");
  expect(await calls()).toContainEqual(expect.objectContaining({kind: "cancel", id: heavy!.id}));
  const came = (await wireOf(page)).came.slice(before.came.length).filter(({id}) => id === heavy!.id || id === light!.id);
  // Ended, not answered, and before the next was.
  expect(came).toEqual([
    {kind: "error", id: heavy!.id},
    {kind: "result", id: light!.id}
  ]);
});

test("a CRF refines what the network made, and does not have it made again", async () => {
  await workbench.fresh();
  const unrefined = await workbench.legend();
  const before = await wireOf(page);
  await page.getByText("CRF", {exact: true}).click();
  const grid = page.getByRole("combobox", {name: "CRF after the network"});
  await expect(page.getByRole("slider", {name: "CRF iterations"})).toBeHidden();
  await workbench.changes(() => grid.selectOption("logits"));
  const refined = await workbench.legend();
  expect(refined).not.toEqual(unrefined);
  await expect(page.locator(".facts div").filter({hasText: /^CRF/}).first()).toHaveText(/^CRF\s*[\d.]+ ms$/);
  await expect(page.locator(".facts div").filter({hasText: /^CRF/}).last()).toHaveText(/65 × 49, \d+ classes take part$/);
  await page.getByRole("slider", {name: "Bilateral colour width"}).focus();
  await workbench.changes(() => page.keyboard.press("End"));
  await expect(page).toHaveURL(/crf=logits&crf-colour=60/);
  expect(await workbench.legend()).not.toEqual(refined);
  await workbench.changes(() => grid.selectOption("off"));
  expect(await workbench.legend()).toEqual(unrefined);
  const calls = (await wireOf(page)).sent.slice(before.sent.length).map(({call}) => call);
  expect(calls.filter((call) => call === "refine")).toHaveLength(2);
  expect(calls).not.toContain("segment");
});

test("a run's mask is coloured once, for all pictures that show it", async () => {
  await workbench.fresh();
  const masks = () => page.evaluate(() => (window as unknown as {masks: number}).masks);
  await page.evaluate(() => Object.assign(window, {masks: 0}));
  await workbench.choose(await largePhoto(1));
  // The mask and its outlines.
  const before = await masks();
  expect(before).toBe(2);
  await workbench.changes(() => workbench.outputStride.selectOption("32"));
  expect((await masks()) - before).toBe(2);
});
