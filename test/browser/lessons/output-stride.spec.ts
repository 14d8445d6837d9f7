import path from "node:path";
import {expect, test} from "@playwright/test";
import type {Locator, Page} from "@playwright/test";
import sharp from "sharp";
import {LessonPage} from "../lesson-page.js";
import {onOnePage} from "../one-page.js";
import {numberWithPower} from "../with-power.js";
import {shareThatDiffers} from "../reference.js";

const PHOTO = path.resolve(import.meta.dirname, "../../../data/samples/dog.jpg");
const SMALL = {model: "nano", size: "257", sample: "dog"};
const STRIDES = [8, 16, 32];

/** MobileNetV2, table 2: expansion, channels, repeats, stride of the first. */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1]
] as const;

let page: Page;
let lesson: LessonPage;
onOnePage((opened) => {
  page = opened;
  lesson = new LessonPage(page);
  return lesson.open("/output-stride", {...SMALL, side: "520"});
});

/** Takes the page back to its defaults, but for the model: the default is another where it is there. */
async function fresh(): Promise<void> {
  await lesson.page.getByRole("button", {name: "Reset this page"}).click();
  await lesson.page.getByRole("combobox", {name: "Model"}).selectOption(SMALL.model);
  await lesson.done();
}
const picture = (outputStride: number) => lesson.page.getByRole("application", {name: `Mask at output stride ${outputStride}`});
const part = (outputStride: number) => lesson.page.getByRole("img", {name: `Enlarged part at output stride ${outputStride}`});
const choice = (outputStride: number) =>
  lesson.page.getByRole("group", {name: "Output stride", exact: true}).getByText(String(outputStride), {exact: true});
const text = (name: string) => lesson.value(name).innerText();

/** Size of a map's picture in pixels. */
const sizeOf = (map: Locator) => map.locator("canvas").evaluate(({width, height}: HTMLCanvasElement) => ({width, height}));

/**
 * How many pixels of a part differ from the whole's, where the part begins at a pixel of the whole. Counted in the page: pictures are
 * large.
 */
async function differing(whole: Locator, part: Locator, from = {left: 0, top: 0}): Promise<number> {
  const other = await part.locator("canvas").elementHandle();
  return whole.locator("canvas").evaluate(
    (canvas: HTMLCanvasElement, {other, left, top}) => {
      const {width, height} = other as HTMLCanvasElement;
      const pixels = (of: HTMLCanvasElement, x: number, y: number) =>
        new Uint32Array(of.getContext("2d")!.getImageData(x, y, width, height).data.buffer);
      const expected = pixels(canvas, left, top);
      return pixels(other as HTMLCanvasElement, 0, 0).filter((pixel, index) => pixel !== expected[index]).length;
    },
    {other, ...from}
  );
}

/** The network's input for a photo: long side as asked, each side brought up to 16k + 1. */
function inputOf({width, height}: {width: number; height: number}, longSide: number): {width: number; height: number} {
  const side = (size: number) => Math.ceil((Math.round((size * longSide) / Math.max(width, height)) - 1) / 16) * 16 + 1;
  return {width: side(width), height: side(height)};
}

/** A side after it was halved until the output stride was reached, each half rounded up. */
function featureSide(side: number, outputStride: number): number {
  for (let stride = 1; stride < outputStride; stride *= 2) side = Math.ceil(side / 2);
  return side;
}

async function photoSize(): Promise<{width: number; height: number}> {
  const {width, height} = await sharp(PHOTO).metadata();
  return {width, height};
}

/** Multiply-adds of nano (width 0.5, separable atrous branches of 96 channels, decoder of 112), counted layer by layer. */
function multiplyAddsOfNano(input: {width: number; height: number}, outputStride: number): number {
  let total = 0;
  let {width, height} = input;
  let reached = 1;
  const shrink = (stride: number) => {
    if (stride === 1 || reached >= outputStride) return;
    reached *= stride;
    width = Math.ceil(width / stride);
    height = Math.ceil(height / stride);
  };
  const count = (weights: number, cells = width * height) => (total += weights * cells);
  shrink(2);
  count(9 * 3 * 16);
  let channels = 16;
  let lowLevel = 0;
  for (const [expansion, full, repeats, first] of STAGES) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const inside = channels * expansion;
      if (expansion > 1) count(channels * inside);
      shrink(repeat === 0 ? first : 1);
      count(9 * inside);
      count(inside * (full / 2));
      channels = full / 2;
      if (full === 24) lowLevel = width * height;
    }
  }
  count(160 * 256, 1);
  count(160 * 256);
  for (let branch = 0; branch < 3; branch++) count(9 * 160 + 160 * 96);
  count((2 * 256 + 3 * 96) * 256);
  count(72 * 32, lowLevel);
  count(9 * 288 + 288 * 112 + 9 * 112 + 112 * 112, lowLevel);
  count(112 * 21, lowLevel);
  return total;
}

test("the input size goes to both ends, and what is tried is answered", async () => {
  const attempts = page.getByRole("region", {name: /^Try this/}).getByRole("listitem");
  for (const attempt of await attempts.all()) await expect(attempt.locator(".try-answer")).toBeEmpty();

  await lesson.slider("Input size in pixels").press("ArrowRight");
  await lesson.predict(attempts.nth(3), "521", "As you predicted: 521. 521 = 8 · 65 + 1");
  await choice(16).click();
  await lesson.predict(attempts.nth(2), "32", "You predicted 32; the figure shows 16. block_14, block_15, block_16 at rate 2");
  const {width, height} = (await picture(8).boundingBox())!;
  await picture(8).hover({position: {x: width * 0.5, y: height * 0.4}});
  await lesson.predict(attempts.nth(1), "3", "All say dog");
  const sizes = page.getByRole("combobox", {name: "Input size"});
  const photo = await photoSize();
  for (const side of ["513", "257"]) {
    await lesson.changes(() => sizes.selectOption(side));
    const input = inputOf(photo, Number(side));
    expect(await text("Feature size at output stride 8")).toBe(`${featureSide(input.width, 8)} × ${featureSide(input.height, 8)}`);
  }
});

test("the page begins where the masks differ, and pointing moves the enlarged parts", async () => {
  await fresh();
  expect(await text("Class at output stride 8")).not.toBe(await text("Class at output stride 32"));

  const {width, height} = await photoSize();
  const side = (await sizeOf(part(8))).width;
  const check = async () => {
    const [column, row] = (await text("Point")).split(", ").map(Number) as [number, number];
    const start = (index: number, size: number) => Math.min(Math.max(0, index - Math.floor(side / 2)), size - side);
    const from = {left: start(column, width), top: start(row, height)};
    for (const outputStride of STRIDES)
      expect(await differing(picture(outputStride), part(outputStride), from), `at output stride ${outputStride}`).toBe(0);
    return {column, row, ...from};
  };
  const first = await check();

  const box = (await picture(16).boundingBox())!;
  await picture(16).hover({position: {x: box.width * 0.25, y: box.height * 0.4}});
  const hovered = await check();
  expect(Math.abs(hovered.column - width * 0.25)).toBeLessThan(8);
  expect(Math.abs(hovered.row - height * 0.4)).toBeLessThan(8);
  expect(await differing(picture(8), part(8), first), "the part has changed").toBeGreaterThan(0);

  await picture(32).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowUp");
  const moved = await check();
  expect(moved.column).toBeGreaterThan(hovered.column);
  expect(moved.row).toBeLessThan(hovered.row);

  await page.keyboard.press("Shift+ArrowUp");
  for (let i = 0; i < 60; i++) await page.keyboard.press("Shift+ArrowLeft");
  expect((await check()).column).toBe(0);
  await expect.poll(() => new URL(page.url()).searchParams.get("x")).toBe("0");
});

test("three runs of one network: sizes, costs and masks", async () => {
  const photo = await photoSize();
  const input = inputOf(photo, 257);
  for (const outputStride of STRIDES) {
    expect(await text(`Feature size at output stride ${outputStride}`)).toBe(
      `${featureSide(input.width, outputStride)} × ${featureSide(input.height, outputStride)}`
    );
    expect(await text(`Multiply-adds at output stride ${outputStride}`)).toBe(
      `${(multiplyAddsOfNano(input, outputStride) / 1e9).toPrecision(3)} G`
    );
    expect(await text(`Network time at output stride ${outputStride}`)).toMatch(/^[\d.]+ ms$/);
    expect(await text(`Activation memory at output stride ${outputStride}`)).toMatch(/^[\d.]+ MB$/);
  }
  expect(await sizeOf(picture(8))).toEqual(photo);
  const inNode = (outputStride: number) => ({model: SMALL.model, outputStride, inputSize: 257});
  for (const other of [32, 16]) {
    expect(await differing(picture(8), picture(other))).toBeGreaterThan(0);
    const share = parseFloat(await text(`Pixels that differ between output stride 8 and ${other}`));
    expect(Math.abs(100 * (await shareThatDiffers(PHOTO, inNode(8), inNode(other))) - share)).toBeLessThan(0.02);
  }
  expect(await differing(picture(16), picture(32))).toBeGreaterThan(0);
  await expect(lesson.page.getByRole("list", {name: "Classes found"})).toContainText("dog");
});

test("words compare the three", async () => {
  const input = inputOf(await photoSize(), 257);
  const count = (outputStride: number) => multiplyAddsOfNano(input, outputStride);
  const ratio = (fine: number, coarse: number) =>
    (
      (featureSide(input.width, fine) * featureSide(input.height, fine)) /
      (featureSide(input.width, coarse) * featureSide(input.height, coarse))
    ).toFixed(2);
  await expect(lesson.main).toContainText("the same at every output stride");
  const time = async (outputStride: number) => parseFloat(await text(`Network time at output stride ${outputStride}`));
  const least = Math.min((await time(16)) - (await time(32)), (await time(8)) - (await time(16)));
  if (Math.abs(least) > 1) await expect(lesson.main.getByText("too noisy to tell")).toHaveCount(least > 0 ? 0 : 1);
  for (const [fine, coarse] of [
    [8, 16],
    [16, 32]
  ] as const) {
    const whole = (count(fine) / count(coarse)).toFixed(2);
    await expect(lesson.main).toContainText(`these cost ${ratio(fine, coarse)} times as much, the whole network ${whole} times.`);
  }
});

test("the output stride rules the table", async () => {
  const input = inputOf(await photoSize(), 257);
  await page.getByText("The same as a table").click();
  const rows = page.getByRole("region", {name: "Blocks of the backbone"}).locator("tbody tr");
  const strides = [2, ...STAGES.flatMap(([, , repeats, first]) => [first, ...Array<number>(repeats - 1).fill(1)])];
  for (const outputStride of [8, 32, 16]) {
    await choice(outputStride).click();
    let reached = 1;
    let rate = 1;
    const expected = strides.map((trainingStride) => {
      const lost = trainingStride > 1 && reached === outputStride;
      if (!lost) reached *= trainingStride;
      const row = {
        trainingStride,
        stride: lost ? 1 : trainingStride,
        rate,
        size: `${featureSide(input.width, reached)} × ${featureSide(input.height, reached)}`,
        marked: lost || rate > 1
      };
      if (lost) rate *= trainingStride;
      return row;
    });
    const shown = await rows.evaluateAll((all) =>
      all.map((row) => {
        const cells = [...row.children].map((cell) => cell.textContent);
        return {
          trainingStride: Number(cells[1]),
          stride: Number(cells[2]),
          rate: Number(cells[3]),
          size: cells[4],
          marked: cells[5] !== ""
        };
      })
    );
    expect(shown).toEqual(expected);
    expect(new Set(shown.map((row) => row.rate))).toEqual(new Set({8: [1, 2, 4], 16: [1, 2], 32: [1]}[outputStride]));
  }
  const difference = numberWithPower(await text("Largest difference of shared cells"));
  const largest = Number(await text("Largest feature in them"));
  expect(largest).toBeGreaterThan(0.1);
  expect(difference / largest).toBeLessThan(1e-3);
});

test("sizes of the form 16k + 1", async () => {
  await fresh();
  const slider = lesson.slider("Input size in pixels");
  const size = (outputStride: number) => lesson.value(`Feature size of this input at output stride ${outputStride}`);
  const ruler = page.getByRole("list", {name: "Centres of the feature cells"}).getByRole("listitem");
  const expectSizes = async (at8: number, at16: number, at32: number) => {
    for (const [outputStride, side] of [
      [8, at8],
      [16, at16],
      [32, at32]
    ] as const)
      await expect(size(outputStride)).toHaveText(`${side} × ${side}`);
  };
  await expectSizes(65, 33, 17);
  await expect(ruler.getByText("corners aligned")).toHaveCount(3);

  await page.getByRole("button", {name: "A classifier’s size"}).click();
  await expect(slider).toHaveValue("224");
  await expectSizes(28, 14, 7);
  await expect(ruler.getByText("corners not aligned")).toHaveCount(3);
  // Halving an even side four times centres the first cell on pixel 1 + 2 + 4 + 8.
  await expect(ruler.nth(1)).toContainText("from pixel 15 to 223 of 0 to 223");

  await slider.focus();
  await page.keyboard.press("Home");
  await expectSizes(featureSide(33, 8), featureSide(33, 16), featureSide(33, 32));
  await page.keyboard.press("End");
  await expectSizes(featureSide(1025, 8), featureSide(1025, 16), featureSide(1025, 32));
});

test("a photo of one pixel is no reason to fail", async () => {
  const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==", "base64");
  await lesson.changes(() => page.getByLabel("Image file").setInputFiles({name: "dot.png", mimeType: "image/png", buffer: pixel}));
  await expect(lesson.alert).toBeHidden();
});
