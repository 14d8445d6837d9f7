import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {expectAccessibleEverywhere} from "../accessible.js";
import {drawFrames} from "../frames.js";
import {LessonPage} from "../lesson-page.js";
import {onOnePage} from "../one-page.js";
import {numberWithPower} from "../with-power.js";

interface Layer {
  size: number;
  channels: number;
  kernel: number;
  outputs: number;
  rate: number;
}
const EXAMPLE: Layer = {size: 12, channels: 3, kernel: 5, outputs: 256, rate: 1};

const PLAIN = new Intl.NumberFormat("en-US");

/** The counts by the formulas of the papers. */
async function expectCounts(lesson: LessonPage, {size, channels, kernel, outputs, rate}: Layer): Promise<void> {
  const side = Math.max(0, size - (kernel - 1) * rate);
  const standard = side * side * kernel * kernel * channels * outputs;
  const depthwise = side * side * kernel * kernel * channels;
  const pointwise = side * side * channels * outputs;
  const gain = 1 / (1 / outputs + 1 / (kernel * kernel));
  const expected = {
    "Multiply-adds, standard": PLAIN.format(standard),
    "Multiply-adds, depthwise": PLAIN.format(depthwise),
    "Multiply-adds, pointwise": PLAIN.format(pointwise),
    "Multiply-adds, separable": PLAIN.format(depthwise + pointwise),
    "Parameters, standard": PLAIN.format(kernel * kernel * channels * outputs),
    "Parameters, separable": PLAIN.format(kernel * kernel * channels + channels * outputs),
    "Output size": `${side} × ${side}`,
    "Fewer by": side === 0 ? "–" : `${gain.toFixed(gain < 1 ? 2 : 1)} ×`
  };
  for (const [name, text] of Object.entries(expected)) await expect(lesson.value(name), name).toHaveText(text);
}

const number = (text: string | null) => Number(text!.replace("−", "-"));

/** The position that the sums are spelled out for. */
async function position(page: Page): Promise<{row: number; column: number}> {
  const text = await page.getByLabel("Depthwise sum").getByRole("heading").textContent();
  const [, row, column] = /Row (\d+), column (\d+)/.exec(text!)!;
  return {row: Number(row), column: Number(column)};
}

/** The products that a sum is spelled out with, their sum as the page has it, and the tensor's value. */
async function spelledOut(page: Page, name: "Depthwise sum" | "Pointwise sum") {
  const group = page.getByLabel(name, {exact: true});
  const taps = (await group.locator(".tap").allTextContents()).map((text) => {
    const [, input, weight, product] = /^(\S+) × (\S+?)= (\S+)$/.exec(text.replaceAll(/\s*=\s*/g, "= "))!;
    return {input: number(input!), weight: number(weight!), product: number(product!)};
  });
  return {
    taps,
    sum: number(await group.getByLabel("Sum of products").textContent()),
    output: number(await group.getByLabel("Output value").textContent())
  };
}

test.describe("figures", () => {
  let page: Page;
  let lesson: LessonPage;
  onOnePage((opened) => {
    page = opened;
    lesson = new LessonPage(page);
    return lesson.open("/separable", {kernel: "3", channels: "5", row: "4", column: "6", spelled: "2", shown: "2"});
  });

  test("one cell is the sum that is spelled out, in both steps", async () => {
    expect(await position(page)).toEqual({row: 5, column: 7});
    const depthwise = await spelledOut(page, "Depthwise sum");
    expect(depthwise.taps.length).toBe(9);
    const pointwise = await spelledOut(page, "Pointwise sum");
    expect(pointwise.taps.length).toBe(5);
    for (const {taps, sum, output} of [depthwise, pointwise]) {
      // Inputs and weights are shown with two digits, products with three.
      for (const {input, weight, product} of taps)
        expect(Math.abs(input * weight - product)).toBeLessThan(0.0006 + 0.0051 * (Math.abs(input) + Math.abs(weight)));
      const total = taps.reduce((all, {product}) => all + product, 0);
      expect(Math.abs(sum - total)).toBeLessThan(0.0006 * (taps.length + 1));
      expect(Math.abs(output - sum)).toBeLessThan(0.0011);
    }
    // What the first step gives is what the second takes.
    expect(Math.abs(pointwise.taps[1]!.input - depthwise.output)).toBeLessThan(0.0056);
    // Channels beyond the third are the colours again, with kernels of their own.
    expect(pointwise.taps[3]!.input).not.toBe(pointwise.taps[0]!.input);

    await lesson.changes(() => page.getByRole("button", {name: "The worked example"}).click());
    expect((await spelledOut(page, "Depthwise sum")).taps.length).toBe(25);
    expect((await spelledOut(page, "Pointwise sum")).taps.length).toBe(3);
  });

  test("opens with the worked example", async () => {
    await lesson.reset();
    await expect(page.getByRole("heading", {level: 1})).toHaveText("Depthwise separable convolution");
    await expect(lesson.value("Multiply-adds, standard")).toHaveText("1,228,800");
    await expect(lesson.value("Multiply-adds, depthwise")).toHaveText("4,800");
    await expect(lesson.value("Multiply-adds, pointwise")).toHaveText("49,152");
    await expect(lesson.value("Multiply-adds, separable")).toHaveText("53,952");
    await expect(lesson.value("Fewer by")).toHaveText("22.8 ×");
    await expectCounts(lesson, EXAMPLE);
  });

  test("every slider and the kernel count right at both ends, and where the kernel does not fit a sentence says so", async () => {
    await lesson.reset();
    const sliders: [name: string, key: keyof Layer, least: number, most: number][] = [
      ["Input size", "size", 4, 64],
      ["Input channels", "channels", 1, 16],
      ["Output channels", "outputs", 1, 512],
      ["Dilation rate", "rate", 1, 6]
    ];
    for (const [name, key, least, most] of sliders) {
      await lesson.slider(name).press("Home");
      await expectCounts(lesson, {...EXAMPLE, [key]: least});
      await lesson.slider(name).press("End");
      await expectCounts(lesson, {...EXAMPLE, [key]: most});
      if (key === "rate") {
        await lesson.done();
        await expect(
          page.getByText("No position is left: the kernel at rate 6 covers 25 × 25 cells, the input has only 12 × 12.").first()
        ).toBeVisible();
        await expect(page.getByLabel("Output", {exact: true})).toBeHidden();
      }
      await page.getByRole("button", {name: "Reset this page"}).click();
    }
    for (const kernel of [1, 3, 7]) {
      await page.getByRole("group", {name: "Kernel size"}).getByText(String(kernel), {exact: true}).click();
      await expectCounts(lesson, {...EXAMPLE, kernel});
    }
    await lesson.done();
  });

  test("the input is the photo's middle square", async () => {
    await lesson.reset();
    await lesson.slider("Input size").fill("16");
    await lesson.changes(() => lesson.pick("Kernel size", "1"));
    const output = page.getByLabel("Output", {exact: true});
    await output.focus();
    // To the first cell, and from there to row 3, column 9.
    for (const key of ["Shift+ArrowUp", "Shift+ArrowLeft"]) for (let leap = 0; leap < 3; leap++) await output.press(key);
    for (const [key, cells] of [
      ["ArrowDown", 3],
      ["ArrowRight", 9]
    ] as const)
      for (let cell = 0; cell < cells; cell++) await output.press(key);
    expect(await position(page)).toEqual({row: 4, column: 10});
    const {taps} = await spelledOut(page, "Depthwise sum");
    // What is not opened is not loaded.
    await lesson.openPhotos();
    const red = await page.evaluate(async () => {
      const image = document.querySelector<HTMLImageElement>('.sample[aria-pressed="true"] img')!;
      await image.decode();
      const bitmap = await createImageBitmap(image);
      const side = Math.min(bitmap.width, bitmap.height);
      const canvas = Object.assign(document.createElement("canvas"), {width: bitmap.width, height: bitmap.height});
      const context = canvas.getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      // The mean of the pixels under the cell in row 3, column 9 of 16.
      const cell = side / 16;
      const {data} = context.getImageData((bitmap.width - side) / 2 + 9 * cell, (bitmap.height - side) / 2 + 3 * cell, cell, cell);
      let sum = 0;
      for (let i = 0; i < data.length; i += 4) sum += data[i]!;
      return sum / (data.length / 4) / 255;
    });
    // The browser scales with a filter of its own.
    expect(Math.abs(taps[0]!.input - red)).toBeLessThan(0.08);
  });

  test("the built kernel does the same and has rank one, at other sizes and rates too", async () => {
    await lesson.reset();
    await lesson.changes(() => lesson.slider("Input size").fill("20"));
    const proof = async (taps: number, outputs: number) => {
      const difference = numberWithPower((await lesson.value("Difference").textContent())!);
      const scale = Number(await lesson.value("Largest output value").textContent());
      expect(scale).toBeGreaterThan(0.1);
      expect(difference).toBeLessThan(1e-4 * scale);
      await expect(lesson.value("Rank of one channel's kernel")).toHaveText("1");
      await expect(lesson.value("Rank of a random ordinary kernel")).toHaveText(String(Math.min(taps, outputs)));
    };
    await proof(25, 256);
    await lesson.changes(() => lesson.slider("Dilation rate").fill("4"));
    await proof(25, 256);
    await lesson.changes(() => lesson.slider("Output channels").fill("7"));
    await proof(25, 7);
  });

  test("the race runs when it is asked for, and says where and how often", async () => {
    await lesson.reset();
    await lesson.changes(() => page.getByLabel("Backend").selectOption("wasm"));
    await lesson.changes(() => lesson.slider("Dilation rate").fill("2"));
    await lesson.pick("Layer", "65 × 65 × 96");
    const result = page.getByLabel("Race result");
    await expect(result.getByRole("table")).toHaveCount(0);
    await page.getByRole("button", {name: "Run the race"}).click();
    await expect(result.getByRole("table")).toBeVisible();
    await expect(result.locator("caption")).toHaveText("65 × 65 × 96 → 96, rate 2, on wasm");
    const rows = await Promise.all((await result.getByRole("row").all()).slice(1).map((row) => row.getByRole("cell").allTextContents()));
    expect(rows.map(([counts]) => counts)).toEqual(
      [65 * 65 * 9 * 96 * 96, 65 * 65 * 9 * 96, 65 * 65 * 96 * (9 + 96)].map((count) => PLAIN.format(count))
    );
    expect(rows.map((cells) => cells[3])).toEqual(["1.0 ×", "96.0 ×", `${((9 * 96) / (9 + 96)).toFixed(1)} ×`]);
    for (const [, milliseconds, runs] of rows) {
      expect(Number(milliseconds)).toBeGreaterThan(0);
      expect(runs).toMatch(/^[1-9]\d* × [1-9]\d*$/);
    }
    // The gain is the quotient of the times that the table shows, to their three digits.
    const gain = parseFloat(rows[2]![4]!);
    expect(Math.abs(gain - Number(rows[0]![1]) / Number(rows[2]![1]))).toBeLessThan(0.06 + 0.012 * gain);
  });

  test("the small actions are answered by what the reader does", async () => {
    await lesson.reset();
    await lesson.slider("Input channels").press("End");
    const attempts = page.getByRole("region", {name: "Try this"}).getByRole("listitem");
    await lesson.predict(attempts.nth(0), "it stays", "As you predicted: it stays. 22.8 ×");
    await lesson.slider("Output channels").press("Home");
    await lesson.predict(attempts.nth(1), "25", "the figure shows 1. 0.96 ×: 1/1 + 1/5² is 1.04, no less than 1.");
    await lesson.slider("Dilation rate").fill("2");
    await lesson.slider("Input size").fill("9");
    await lesson.predict(attempts.nth(2), "more", "the figure shows as many. At rate 2 the kernel covers 9 × 9 cells");
    await lesson.done();
  });
});

test("the window moves once the reader plays it, until the reader points, and follows the keys", async ({page}) => {
  const lesson = await new LessonPage(page).open("/separable");
  const before = await position(page);
  await page.getByRole("button", {name: "Play", exact: true}).click();
  await expect.poll(() => position(page)).not.toEqual(before);

  const output = page.getByLabel("Output", {exact: true});
  await output.scrollIntoViewIfNeeded();
  const box = (await output.boundingBox())!;
  // The middle of row 3, column 6 of 8.
  await page.mouse.move(box.x + (5.5 / 8) * box.width, box.y + (2.5 / 8) * box.height);
  await expect(page.getByRole("button", {name: "Play", exact: true})).toBeVisible();
  expect(await position(page)).toEqual({row: 3, column: 6});
  await drawFrames(page, 60);
  expect(await position(page)).toEqual({row: 3, column: 6});

  await output.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  expect(await position(page)).toEqual({row: 4, column: 7});
  const plane = page.getByLabel("Depthwise output: green", {exact: true});
  await plane.focus();
  await page.keyboard.press("ArrowLeft");
  expect(await position(page)).toEqual({row: 4, column: 6});

  await page.getByRole("button", {name: "Play", exact: true}).click();
  await expect.poll(() => position(page)).not.toEqual({row: 4, column: 6});
  // Focus alone stops it.
  await output.focus();
  await expect(page.getByRole("button", {name: "Play", exact: true})).toBeVisible();
  await page.getByRole("button", {name: "Play", exact: true}).click();
  await page.getByRole("button", {name: "Pause", exact: true}).click();
  const stopped = await position(page);
  await drawFrames(page, 60);
  expect(await position(page)).toEqual(stopped);
  expect(lesson.problems).toEqual([]);
});

test("nothing moves by itself where less motion is asked for", async ({page}) => {
  await page.emulateMedia({reducedMotion: "reduce"});
  const lesson = await new LessonPage(page).open("/separable");
  await drawFrames(page, 75);
  expect(await position(page)).toEqual({row: 1, column: 1});
  await page.getByRole("button", {name: "Next position"}).click();
  expect(await position(page)).toEqual({row: 1, column: 2});
  await drawFrames(page, 60);
  expect(await position(page)).toEqual({row: 1, column: 2});
  expect(lesson.problems).toEqual([]);
});

test("has no violation above minor, light or dark, and does not scroll sideways, with a large kernel at any width", async ({page}) => {
  const lesson = await new LessonPage(page).open("/separable", {size: "64", kernel: "7", channels: "16", outputs: "512", row: "3"});
  await expectAccessibleEverywhere(page);
  expect(lesson.problems).toEqual([]);
});
