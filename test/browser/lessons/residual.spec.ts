import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {expectAccessibleEverywhere} from "../accessible.js";
import {LessonPage} from "../lesson-page.js";
import {onOnePage} from "../one-page.js";

/** Parameters and multiply-adds a cell of each unit, by the formulas of the papers; `q` is a quarter of the channels. */
const UNITS: readonly {name: string; boxes: number; parameters(c: number, q: number): number; perCell(c: number, q: number): number}[] = [
  {name: "Baseline", boxes: 4, parameters: (c) => 2 * (9 * c * c + c), perCell: (c) => 18 * c * c},
  {name: "Bottleneck", boxes: 5, parameters: (c, q) => c * q + q + 9 * q * q + q + q * c + c, perCell: (c, q) => 2 * c * q + 9 * q * q},
  {
    name: "Pre-activation",
    boxes: 8,
    parameters: (c, q) => 2 * c + c * q + 2 * q + 9 * q * q + 2 * q + q * c + c,
    perCell: (c, q) => 2 * c * q + 9 * q * q
  },
  {
    name: "Inverted residual",
    boxes: 5,
    parameters: (c) => c * 6 * c + 6 * c + 9 * 6 * c + 6 * c + 6 * c * c + c,
    perCell: (c) => 12 * c * c + 54 * c
  }
];

const number = (value: number) => value.toLocaleString("en");

let page: Page;
let lesson: LessonPage;
onOnePage((opened) => {
  page = opened;
  lesson = new LessonPage(page);
  return lesson.open("/residual", {unit: "preactivation", size: "17", channels: "32"});
});

const slide = (name: string, value: string) => lesson.changes(() => lesson.slider(name).fill(value));

test.describe("one unit", () => {
  test("every box is reached by keyboard and shows its tensor", async () => {
    const boxes = page.getByRole("group", {name: "The unit, from input to output"}).getByRole("button");
    await boxes.first().focus();
    const shapes = [];
    for (let i = 0; i < 8; i++) {
      await expect(boxes.nth(i)).toBeFocused();
      await expect(boxes.nth(i)).toHaveAttribute("aria-pressed", "true");
      shapes.push(await lesson.value("Shape").textContent());
      await page.keyboard.press("Tab");
    }
    expect(shapes).toEqual([32, 32, 8, 8, 8, 8, 32, 32].map((channels) => `17 × 17 × ${channels}`));
    // After the first batch norm stands a ReLU; after the addition none.
    await boxes.nth(1).click();
    expect(Number(await lesson.value("Minimum").textContent())).toBeGreaterThanOrEqual(0);
    await boxes.last().click();
    expect(Number(await lesson.value("Minimum").textContent())).toBeLessThan(0);
  });

  test("parameters, multiply-adds and shape of every unit at both ends of the sliders", async () => {
    await lesson.reset();
    await slide("Feature map size", "9");
    for (const {name, boxes, parameters, perCell} of UNITS) {
      const radio = page.getByRole("radio", {name, exact: true});
      if (!(await radio.isChecked())) await lesson.changes(() => page.getByText(name, {exact: true}).first().click());
      await expect(page.getByRole("group", {name: "The unit, from input to output"}).getByRole("button")).toHaveCount(boxes);
      for (const [key, channels] of [
        ["End", 256],
        ["Home", 8]
      ] as const) {
        await lesson.changes(() => lesson.slider("Channels").press(key));
        await expect(lesson.value("Parameters")).toHaveText(number(parameters(channels, channels / 4)));
        await expect(lesson.value("Multiply-adds")).toHaveText(number(81 * perCell(channels, channels / 4)));
        await expect(lesson.value("Output shape")).toHaveText(`9 × 9 × ${channels}`);
      }
    }
    await lesson.changes(() => lesson.slider("Feature map size").press("End"));
    await expect(lesson.value("Multiply-adds")).toHaveText(number(65 * 65 * UNITS[3]!.perCell(8, 2)));
    await expect(lesson.value("Shape")).toHaveText("65 × 65 × 8");
  });

  test("the rate changes the tensors and not the costs", async () => {
    await lesson.reset();
    await slide("Feature map size", "17");
    await slide("Channels", "16");
    const parameters = await lesson.value("Parameters").textContent();
    const read = () => lesson.value("Norm of the output").textContent();
    await lesson.changes(() => lesson.slider("Dilation rate").press("Home"));
    const near = await read();
    await lesson.changes(() => lesson.slider("Dilation rate").press("End"));
    expect(await read()).not.toBe(near);
    await expect(lesson.value("Parameters")).toHaveText(parameters!);
    await expect(page.getByText("3 × 3 convolution + ReLU").locator("..")).toContainText("rate 8");
  });

  test("without the skip the output is another; without the branch it is the input, or nothing", async () => {
    await lesson.reset();
    await slide("Feature map size", "17");
    await slide("Channels", "16");
    const skip = page.getByRole("checkbox", {name: "Skip connection"});
    const output = lesson.value("Norm of the output");
    const withSkip = Number(await output.textContent());
    await skip.uncheck();
    await expect(output).not.toHaveText(withSkip.toFixed(1));
    expect(Number(await output.textContent())).toBeLessThan(withSkip);

    await lesson.changes(() => lesson.slider("Branch’s last weights").press("Home"));
    await expect(output).toHaveText("0.0");
    const attempt = page.getByRole("region", {name: "Try this: four units"}).getByRole("listitem").first();
    await lesson.predict(attempt, "the input", "the figure shows nothing. The output’s norm is 0.0.");
    await skip.check();
    await expect(lesson.value("Largest change")).toHaveText("0.000");
    await expect(output).toHaveText((await lesson.value("Norm of the input").textContent())!);
  });

  test("the input is the photo's brightness", async () => {
    await lesson.reset();
    await slide("Channels", "8");
    await lesson.changes(() => lesson.pick("Unit", "Baseline"));
    await page.getByRole("group", {name: "The unit, from input to output"}).getByRole("button").first().click();
    expect(Number(await lesson.value("Minimum").textContent())).toBeGreaterThanOrEqual(0);
    const pictureOf = () =>
      page
        .getByRole("img", {name: /The chosen tensor/})
        .locator("canvas")
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const before = await pictureOf();
    await lesson.changes(() => lesson.pickSample("Cows on a meadow"));
    expect(await pictureOf()).not.toBe(before);
  });
});

test.describe("multi-grid", () => {
  const CASES = [
    {outputStride: 32, base: 1},
    {outputStride: 16, base: 2},
    {outputStride: 8, base: 4}
  ];

  test("rates, field and holes follow the rule at every output stride and multi-grid", async () => {
    await lesson.reset();
    const figure = page.getByRole("figure", {name: "Multi-grid in block 4"});
    for (const grid of [
      [1, 1, 1],
      [1, 2, 1],
      [1, 2, 3],
      [1, 2, 4],
      [2, 2, 2],
      [1, 4, 8]
    ]) {
      await figure
        .getByText(`(${grid.join(", ")})`, {exact: true})
        .first()
        .click();
      for (const {outputStride, base} of CASES) {
        await figure.locator(".choices").getByText(String(outputStride), {exact: true}).click();
        const rates = grid.map((factor) => base * factor);
        const reach = rates.reduce((sum, rate) => sum + rate, 0);
        const side = 1 + 2 * reach;
        await expect(lesson.value("Rates of block 4")).toHaveText(rates.join(", "));
        await expect(lesson.value("Receptive field of block 4")).toHaveText(`${side} × ${side} cells`);
        await expect(lesson.value("Block 4 in input pixels")).toHaveText(
          `${1 + 2 * reach * outputStride} × ${1 + 2 * reach * outputStride} pixels`
        );
        // Offsets along one side that three taps of each layer reach.
        const reached = new Set(offsets(rates));
        await expect(lesson.value("Holes")).toHaveText(`${number(side ** 2 - reached.size ** 2)} of ${number(side ** 2)} cells`);
      }
    }
  });

  test("the table of blocks, the layer before, and a preset", async () => {
    await lesson.reset();
    await page.getByRole("figure", {name: "Multi-grid in block 4"}).locator(".choices").getByText("8", {exact: true}).click();
    const rows = page.getByRole("region", {name: "Blocks of ResNet-50"}).locator("tbody tr");
    await expect(rows.nth(1)).toHaveText(/Block 2\s*4\s*2\s*1\s*1\s*8/);
    await expect(rows.nth(2)).toHaveText(/Block 3\s*6\s*2\s*1\s*2\s*8/);
    await expect(rows.nth(3)).toHaveText(/Block 4\s*3\s*1\s*1\s*4, 8, 16\s*8/);
    await page.getByRole("button", {name: "DeepLab v3’s choice"}).click();
    await expect(lesson.value("Rates of block 4")).toHaveText("2, 4, 8");
    await expect(lesson.value("Receptive field of block 4")).toHaveText("29 × 29 cells");
    await page.getByRole("checkbox", {name: "Begin with the last 3 × 3 of block 3"}).check();
    await expect(lesson.value("Holes")).toHaveText("0 of 961 cells");
  });

  function offsets(rates: readonly number[]): number[] {
    return rates.reduce<number[]>((reached, rate) => reached.flatMap((at) => [at - rate, at, at + rate]), [0]);
  }
});

test("MobileNetV2: ten skips of seventeen units, and rates where strides are gone", async () => {
  const figure = page.getByRole("figure", {name: "Multi-grid in block 4"});
  await figure.locator(".choices").getByText("32", {exact: true}).click();
  await expect(lesson.value("Units with a skip")).toHaveText("10 of 17");
  await expect(lesson.value("Dilated units")).toHaveText("0 of 17");
  // Behind the stride of unit 13 come three units; behind that of unit 6 ten.
  for (const [outputStride, dilated, side] of [
    [16, 3, 33],
    [8, 10, 65]
  ] as const) {
    await figure.locator(".choices").getByText(String(outputStride), {exact: true}).click();
    await expect(lesson.value("Dilated units")).toHaveText(`${dilated} of 17`);
    await expect(lesson.value("Feature map of block 16")).toHaveText(`${side} × ${side}`);
  }
  await page.getByText("The same as a table").click();
  const rates = await page.getByRole("region", {name: "Units of MobileNetV2"}).locator("tbody tr td:nth-child(5)").allTextContents();
  expect(rates.map(Number)).toEqual([...new Array<number>(7).fill(1), ...new Array<number>(7).fill(2), 4, 4, 4]);
});

test("a word of the prose explains itself to a pointer, the focus and a press, and Escape takes its note away", async () => {
  const word = page.locator("button.term").first();
  const note = page.locator(".term-note:popover-open");
  await word.hover();
  await expect(note).toHaveCount(1);
  await expect(word).toHaveAccessibleDescription(/\w+/);
  await page.keyboard.press("Escape");
  await expect(note).toHaveCount(0);
  await word.focus();
  await expect(note).toHaveCount(1);
  // The note's links follow its word.
  await page.keyboard.press("Tab");
  await expect(note.getByRole("link").first()).toBeFocused();
  await page.mouse.move(0, 0);
  await page.getByRole("heading", {level: 1}).click();
  await expect(note).toHaveCount(0);
  await word.click();
  await expect(note).toHaveCount(1);
  await page.keyboard.press("Escape");
});

test("the code of a figure comes when it is opened, and says what is set", async () => {
  await slide("Feature map size", "11");
  const loaded = () => page.evaluate(() => performance.getEntriesByType("resource").filter(({name}) => name.endsWith(".js")).length);
  const before = await loaded();
  const code = page.getByRole("figure", {name: "One residual unit, live"}).locator(".figure-code");
  await expect(code.locator("code")).toHaveCount(0);
  await code.locator("summary").click();
  await expect(code.locator("code").first()).toContainText("[11, 11]");
  expect(await loaded()).toBeGreaterThan(before);
  await slide("Feature map size", "13");
  await expect(code.locator("code").first()).toContainText("[13, 13]");
  await expect(code.getByRole("link", {name: "Open in the notebook"})).toHaveAttribute("href", /notebook\.html#cells=/);
  await code.locator("summary").click();
});

test("no violation above minor, light or dark, nothing wider than the screen, without the skip at any width", async () => {
  await lesson.reset();
  await slide("Feature map size", "17");
  await lesson.page.getByRole("checkbox", {name: "Skip connection"}).uncheck();
  await lesson.done();
  await expectAccessibleEverywhere(lesson.page);
});
