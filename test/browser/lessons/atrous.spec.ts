import {expect, test} from "@playwright/test";
import type {Locator, Page} from "@playwright/test";
import {drawFrames} from "../frames.js";
import {LessonPage} from "../lesson-page.js";
import {onOnePage} from "../one-page.js";
import {numberWithPower} from "../with-power.js";

/** What the page is opened with. */
const ADDRESS = {rate: "6", padding: "valid", stride: "3"};

let page: Page;
let lesson: LessonPage;
onOnePage((opened) => {
  page = opened;
  lesson = new LessonPage(page);
  return lesson.open("/atrous", ADDRESS);
});

/** The value of a number as the page writes it. */
async function number(locator: Locator): Promise<number> {
  return Number((await locator.innerText()).replace("−", "-"));
}

test("the address sets the page, and reset takes it back", async () => {
  await expect(lesson.value("Effective kernel extent")).toHaveText("13 × 13");
  // 49 cells, a kernel of 13, every third position: (49 - 13) / 3 + 1.
  await expect(lesson.value("Output size")).toHaveText("13 × 13");
  await lesson.changes(() => lesson.page.getByRole("button", {name: "Reset this page"}).click());
  await expect(lesson.value("Output size")).toHaveText("49 × 49");
  await expect(lesson.slider("Dilation rate")).toHaveValue("4");
});

test("the effective extent follows the rate from end to end", async () => {
  const rate = lesson.slider("Dilation rate");
  const extent = lesson.value("Effective kernel extent");
  await rate.focus();
  await lesson.changes(() => rate.press("Home"));
  await expect(extent).toHaveText("3 × 3");
  await lesson.changes(() => rate.press("End"));
  await expect(extent).toHaveText("49 × 49");
  // The row has the same rate, with a slider beside it.
  await lesson.changes(() => lesson.slider("Atrous rate r").fill("18"));
  await expect(rate).toHaveValue("18");
  await expect(extent).toHaveText("37 × 37");
  await expect(lesson.page).toHaveURL(/rate=18/);
  await expect(lesson.value("Multiply-adds per output")).toHaveText("9");
});

test("pointing at an output spells out nine products that add up to it", async () => {
  await lesson.reset();
  await lesson.changes(() => lesson.slider("Dilation rate").fill("5"));
  const output = page.getByRole("application", {name: "Output", exact: true});
  const box = (await output.boundingBox())!;
  await output.scrollIntoViewIfNeeded();
  await output.hover({position: {x: box.width * 0.6, y: box.height * 0.4}});
  const products = async () =>
    (await page.getByLabel("Products and their sum").locator(".tap").allInnerTexts()).map((text) => text.replaceAll("−", "-"));
  const terms = (await products()).map((text) => /^(-?[\d.]+)\s×\s(-?[\d.]+)/.exec(text)!.slice(1).map(Number));
  expect(terms).toHaveLength(9);
  expect(terms.map(([, weight]) => weight)).toEqual([-1, 0, 1, -2, 0, 2, -1, 0, 1]);
  const sum = terms.reduce((total, [input, weight]) => total + input! * weight!, 0);
  // Inputs are shown with two decimals, and the weights' magnitudes add up to 8.
  expect(Math.abs(sum - (await number(lesson.value("Output value"))))).toBeLessThan(8 * 0.005 + 0.001);
  expect(await number(lesson.value("Sum of products"))).toBeCloseTo(await number(lesson.value("Output value")), 3);

  // The taps on the input are a lattice of rate cells.
  const taps = page.getByRole("img", {name: /^Input/}).locator("rect");
  const xs = await taps.evaluateAll((rects) => [...new Set(rects.map((rect) => Number(rect.getAttribute("x"))))].sort((a, b) => a - b));
  expect([xs[1]! - xs[0]!, xs[2]! - xs[1]!]).toEqual([5, 5]);
});

test("the output is read by keyboard too, and taps outside the map read zero", async () => {
  await lesson.reset();
  await lesson.changes(() => lesson.slider("Dilation rate").fill("12"));
  const output = page.getByRole("application", {name: "Output", exact: true});
  await output.focus();
  // From row 20, column 22 to row 1, column 1.
  for (const key of ["Shift+ArrowUp", "Shift+ArrowLeft"]) for (let leap = 0; leap < 5; leap++) await output.press(key);
  for (const key of ["ArrowDown", "ArrowRight"]) await output.press(key);
  await expect(page.getByLabel("Products and their sum")).toContainText("outside");
  await output.press("ArrowLeft");
  await output.press("ArrowUp");
  await expect(page).toHaveURL(/row=0/);
  await expect(page).toHaveURL(/column=0/);
  // In the corner a lattice of 3 x 3 has two rows and two columns on the map.
  await expect(page.locator(".tap-outside")).toHaveCount(5);
});

test("a kernel can be typed in", async () => {
  await lesson.reset();
  await lesson.changes(() => page.getByRole("button", {name: "centre only"}).click());
  const before = await number(lesson.value("Output value"));
  await lesson.changes(() => page.getByLabel("Kernel, row 2, column 2").fill("-2"));
  expect(await number(lesson.value("Output value"))).toBeCloseTo(-2 * before, 2);
});

for (const backend of ["webgpu", "webgl", "kernels", "wasm", "cpu"]) {
  // An emulated GPU compiles anew for each rate, slowly.
  const rates = backend.startsWith("webg") && !process.env["LONG"] ? ["18"] : ["18", "1", "24"];
  test(`zeros between taps and space to batch give the native dilation's tensor on ${backend}`, async () => {
    await lesson.reset();
    await lesson.changes(() => lesson.page.getByLabel("Backend").selectOption(backend));
    const apart = ["Difference: zeros between taps", "Difference: space to batch"];
    for (const rate of rates) {
      await lesson.changes(() => lesson.slider("Dilation rate").fill(rate));
      for (const name of apart) expect(numberWithPower(await lesson.value(name).innerText())).toBeLessThan(1e-5);
    }
    await expect(lesson.page.getByLabel("Backend")).toHaveValue(backend);
    await expect(lesson.alert).toBeHidden();
  });
}

/** Cells of a field that stacked 3x3 layers of these rates never read, by walking back from the output. */
function holes(rates: number[]): number {
  let reached = new Set(["0,0"]);
  for (const rate of rates) {
    reached = new Set(
      [...reached].flatMap((cell) => {
        const [y, x] = cell.split(",").map(Number);
        return [-rate, 0, rate].flatMap((down) => [-rate, 0, rate].map((right) => `${y! + down},${x! + right}`));
      })
    );
  }
  const side = 1 + 2 * rates.reduce((sum, rate) => sum + rate, 0);
  return side ** 2 - reached.size;
}

test("the gridding lab counts the holes, and the puzzle is solved by covering 15 x 15", async () => {
  await lesson.reset();
  await expect(lesson.value("Field of view")).toHaveText("13 × 13");
  await expect(lesson.value("Holes")).toHaveText(String(holes([2, 2, 2])));
  for (const [layer, rate] of [
    [1, "1"],
    [3, "4"]
  ] as const) {
    const field = page.getByLabel(`Rate of layer ${layer}`, {exact: true});
    await field.fill(rate);
    await field.press("Enter");
  }
  await expect(lesson.value("Field of view")).toHaveText("15 × 15");
  await expect(lesson.value("Holes")).toHaveText(String(holes([1, 2, 4])));
  await expect(lesson.value("Puzzle")).toContainText("solved");
  await page.getByRole("button", {name: "Add a layer"}).click();
  await page.getByRole("button", {name: "Remove layer 1"}).click();
  await expect(lesson.value("Holes")).toHaveText(String(holes([2, 4, 1])));
});

test("two rules say of a stack whether it has holes, and the reader finds where they part", async () => {
  await lesson.reset();
  const list = page.getByRole("region", {name: "Try this: two rules"});
  const done = list.locator(".done");
  await list.getByRole("button", {name: "(1, 3)", exact: true}).click();
  await page.getByRole("button", {name: "A leap too far", exact: true}).click();
  await expect(lesson.value("Holes")).toHaveText(String(holes([1, 2, 8])));
  await expect(lesson.value("Exact rule")).toHaveText("holes: 8 > 2 · 3 + 1 = 7");
  await expect(lesson.value("M₂ of Wang et al.")).toHaveText("holes: 4 > 3");
  await expect(done).toHaveCount(0);
  await page.getByRole("button", {name: "The same twice", exact: true}).click();
  await expect(lesson.value("Holes")).toHaveText("0");
  await page.getByRole("button", {name: "Remove layer 1"}).click();
  const field = page.getByLabel("Rate of layer 1", {exact: true});
  await field.fill("2");
  await field.press("Enter");
  await expect(lesson.value("M₂ of Wang et al.")).toHaveText("no hole: 3 ≤ 3");
  // What is true of the stacks is counted, and the prediction was another.
  await expect(done).toContainText("You predicted (1, 3); the figure shows (2, 3).");
  await expect(done).toContainText(`${holes([2, 3])} cells are left out`);

  // On paper the layers keep their rates, and a heading what follows it.
  await page.emulateMedia({media: "print"});
  await expect(field).toBeVisible();
  await expect(lesson.slider("Dilation rate")).toBeHidden();
  await expect(page.getByRole("heading", {name: "Gridding", exact: true})).toHaveCSS("break-after", "avoid");
  await page.emulateMedia({media: null});
});

test("a stack of the reader's own: by preset, in short and by its rows; the address holds it, and what is no stack is answered", async () => {
  await lesson.reset();
  const figure = page.getByRole("figure", {name: "Any stack of layers"});
  await figure.getByRole("button", {name: "All of VGG-16"}).click();
  // As Araujo et al. list it.
  await expect(lesson.value("Sees along a side")).toHaveText("212 pixels");
  await expect(lesson.value("Total stride")).toHaveText("32 pixels");
  await expect(lesson.value("First cell begins at")).toHaveText("−90");
  const short = figure.getByRole("textbox", {name: "The stack in short"});
  await short.fill("3, 3x2");
  await short.press("Enter");
  await expect(short).toHaveAccessibleDescription(/^“3x2” is no layer\. Write its kernel/);
  await expect(lesson.value("Sees along a side")).toHaveText("212 pixels");
  await short.fill("3, 3r2, 3r5");
  await short.press("Enter");
  // 1 + 2 + 4 + 10; taps 5 apart over rows of 7.
  await expect(lesson.value("Sees along a side")).toHaveText("17 pixels");
  await expect(lesson.value("Never read")).toHaveText("no pixel");
  await figure.getByRole("button", {name: "Remove stack layer 2"}).click();
  // 1 + 2 + 10; taps 5 apart over rows of 3 leave two holes twice.
  await expect(lesson.value("Never read")).toHaveText("4 of 13");
  await expect(page).toHaveURL(/stack=3%2C3r5/);
});

/** Share of the positions of a map at which a number of taps lie on it, counted one by one. */
function share(size: number, rate: number, taps: number): string {
  let count = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let inside = 0;
      for (const dy of [-rate, 0, rate])
        for (const dx of [-rate, 0, rate]) if (Math.min(y + dy, x + dx) >= 0 && Math.max(y + dy, x + dx) < size) inside++;
      if (inside === taps) count++;
    }
  }
  return `${((100 * count) / size ** 2).toFixed(1)} %`;
}

test("the cliff: on 14 x 14 at rate 15 no position has nine taps, and all have one", async () => {
  await lesson.reset();
  await page.getByRole("button", {name: "Over the edge"}).click();
  await expect(lesson.value("Nine taps")).toHaveText("0.0 %");
  await expect(lesson.value("One tap")).toHaveText("100.0 %");
  const [size, rate] = [lesson.slider("Map size"), lesson.slider("Rate on this map")];
  for (const [cells, at] of [
    ["65", "18"],
    ["5", "1"],
    ["97", "96"],
    ["33", "6"]
  ] as const) {
    await size.fill(cells);
    await rate.fill(at);
    await expect(lesson.value("Nine taps")).toHaveText(share(Number(cells), Number(at), 9));
    await expect(lesson.value("One tap")).toHaveText(share(Number(cells), Number(at), 1));
  }
});

test("small actions are answered once they are predicted and done, and stay so", async () => {
  await lesson.reset();
  const list = page.getByLabel("Try this", {exact: true});
  const attempt = list.getByRole("listitem").first();
  await expect(list.locator(".done")).toHaveCount(0);
  await lesson.changes(() => lesson.slider("Dilation rate").fill("6"));
  await expect(attempt.locator(".try-answer")).toContainText("predict first");
  await attempt.getByRole("button", {name: "12", exact: true}).click();
  await expect(list.locator(".done")).toContainText("You predicted 12; the figure shows 6.");
  // The state is in the address a moment later.
  await expect(page).toHaveURL(/rate=6/);
  await page.reload();
  await lesson.done();
  await expect(attempt.locator(".try-tick")).toContainText("✓");
  await expect(attempt.getByRole("button", {name: "12", exact: true})).toHaveAttribute("aria-pressed", "true");
  await expect(list.locator(".done")).toContainText("the figure shows 6.");
});

test("the window walks once the reader plays it, until the reader points, and taps glide but where motion is not wanted", async ({
  page
}) => {
  const lesson = await new LessonPage(page).open("/atrous");
  const marks = page
    .getByRole("img", {name: /^Input/})
    .locator("rect")
    .first();
  const place = () => marks.evaluate((rect) => `${rect.getAttribute("x")} ${rect.getAttribute("y")}`);
  const start = await place();
  // Whatever the browser moves from one place to another.
  const glides = () => page.evaluate(() => document.querySelectorAll("[data-glided]").length);
  await page.evaluate(() =>
    document.addEventListener("transitionrun", ({target, propertyName}) => {
      if (["x", "transform"].includes(propertyName)) (target as Element).setAttribute("data-glided", "");
    })
  );
  await drawFrames(page, 30);
  expect(await place()).toBe(start);
  await page.getByRole("button", {name: "Play", exact: true}).click();
  await expect.poll(place).not.toBe(start);
  await expect.poll(glides).toBeGreaterThan(0);
  await page.getByRole("application", {name: "Output", exact: true}).hover();
  await expect(page.getByRole("button", {name: "Play", exact: true})).toBeVisible();
  const rested = await place();
  await drawFrames(page, 45);
  expect(await place()).toBe(rested);

  await page.emulateMedia({reducedMotion: "reduce"});
  await lesson.open("/atrous", {sample: "dog"});
  await page.evaluate(() =>
    document.addEventListener("transitionrun", ({target}) => (target as Element).setAttribute("data-glided", ""), {capture: true})
  );
  const still = await place();
  await drawFrames(page, 45);
  expect(await place()).toBe(still);
  await page.getByRole("button", {name: "Next position"}).click();
  expect(await place()).not.toBe(still);
  await drawFrames(page, 5);
  expect(await page.locator(".cell-map rect[data-glided], .signal-tap [data-glided]").count()).toBe(0);
  expect(lesson.problems).toEqual([]);
});
