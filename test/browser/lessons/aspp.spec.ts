import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {LessonPage} from "../lesson-page.js";
import {onOnePage} from "../one-page.js";
import {segmentInNode} from "../reference.js";
import type {Reference} from "../reference.js";
import {PHOTO} from "../workbench-page.js";

let page: Page;
let lesson: LessonPage;
onOnePage((opened) => {
  page = opened;
  lesson = new LessonPage(page);
  return lesson.open("/aspp", {size: "257", x: "500", y: "500", r1: "3"});
});

const END_POINTS = {
  "1 × 1": "aspp/conv_1x1",
  "atrous 0": "aspp/atrous_0/pointwise",
  "atrous 1": "aspp/atrous_1/pointwise",
  "atrous 2": "aspp/atrous_2/pointwise",
  "image pooling": "aspp/image_pooling"
};

const inNode = (options: Partial<Parameters<typeof segmentInNode>[1]> = {}) =>
  segmentInNode(PHOTO, {model: "nano", outputStride: 16, inputSize: 257, ...options});

/** Takes the page back to its defaults, but for the input's size. */
async function fresh(): Promise<void> {
  await lesson.page.getByRole("button", {name: "Reset this page"}).click();
  await lesson.pick("Input size", "257");
  await lesson.done();
}

async function expectClasses({shares, names}: Reference): Promise<void> {
  const found = await lesson.classes();
  const expected = [...shares].map((share, id) => [names[id]!, share * 100] as const).filter(([, share]) => share > 0.05);
  for (const [name, share] of expected)
    expect(Math.abs((found.get(name) ?? 0) - share), `${name}: ${found.get(name)} for ${share}`).toBeLessThan(0.15);
}

function changedPercent(a: Reference, b: Reference): number {
  return (100 * a.labels.filter((label, i) => label !== b.labels[i]).length) / a.labels.length;
}

/** Of the pixels that are an object's in a. */
function keptPercent(a: Reference, b: Reference): number {
  const objects = [...a.labels.keys()].filter((i) => a.names[a.labels[i]!] !== "background");
  return (100 * objects.filter((i) => a.labels[i] === b.labels[i]).length) / objects.length;
}

test("pointing by keyboard moves the taps", async () => {
  const picture = page.getByRole("application", {name: "Segmentation with the branches' taps"});
  const lefts = async () =>
    [
      ...new Set(
        await picture
          .locator("..")
          .locator("rect")
          .evaluateAll((rects) => rects.map((rect) => Math.round(Number(rect.getAttribute("x")))))
      )
    ].sort((a, b) => a - b);
  const before = await lefts();
  await picture.focus();
  for (let i = 0; i < 6; i++) await picture.press("Shift+ArrowRight");
  expect(await lefts()).not.toEqual(before);
  await expect(page).not.toHaveURL(/x=500/);
});

test("where the system sets the colours, a strip keeps its branch's, in which its taps are drawn", async () => {
  await page.emulateMedia({forcedColors: "active"});
  const strips = page.locator(".strip");
  const edges = await strips.evaluateAll((all) => all.map((strip) => getComputedStyle(strip).borderImageSource));
  await page.emulateMedia({forcedColors: "none"});
  expect(new Set(edges).size).toBe(Object.keys(END_POINTS).length);
});

test("each branch alone gives the mask that the engine gives in Node", async () => {
  test.slow();
  await fresh();
  await lesson.choose(PHOTO);
  const trained = await inNode();
  await expectClasses(trained);
  await expect(lesson.value("Pixels changed")).toHaveText("0.0 %");
  const keptAlone: Record<string, number> = {};
  for (const title of Object.keys(END_POINTS)) {
    await lesson.changes(() => page.getByRole("button", {name: `Solo ${title}`, exact: true}).click());
    const others = Object.entries(END_POINTS).flatMap(([name, endPoint]) => (name === title ? [] : [[endPoint, "zero" as const]]));
    const alone = await inNode({replaced: Object.fromEntries(others)});
    await expectClasses(alone);
    const changed = changedPercent(alone, trained);
    expect(changed, `${title} alone changes nothing`).toBeGreaterThan(0);
    expect(Math.abs(Number.parseFloat((await lesson.value("Pixels changed").innerText()).replace("< ", "")) - changed)).toBeLessThan(0.15);
    const kept = keptPercent(trained, alone);
    keptAlone[title] = kept;
    expect(Math.abs(Number.parseFloat((await lesson.value("Object pixels kept").innerText()).replace("< ", "")) - kept)).toBeLessThan(0.3);
  }
  // Which of the three kept most is computed from what was heard.
  const attempt = page.getByLabel("Try this").getByRole("listitem").first();
  const best = Object.entries(keptAlone).filter(([title]) => ["1 × 1", "atrous 2", "image pooling"].includes(title));
  const [right] = best.reduce((one, other) => (other[1] > one[1] ? other : one));
  await lesson.predict(attempt, "image pooling", right === "image pooling" ? "As you predicted" : `the figure shows ${right}.`);
  await lesson.changes(() => page.getByRole("button", {name: "Solo image pooling"}).click());
  await expect(lesson.value("Pixels changed")).toHaveText("0.0 %");
});

test("a muted branch is marked, in the address, and has no maps", async () => {
  await fresh();
  const mute = page.getByRole("button", {name: "Mute image pooling"});
  await lesson.changes(() => mute.click());
  await expect(mute).toHaveAttribute("aria-pressed", "true");
  await expect(page).toHaveURL(/mute=image_pooling/);
  const attempt = page.getByLabel("Try this").getByRole("listitem").nth(2);
  await expect(attempt).not.toContainText("of the pixels");
  await lesson.predict(attempt, "more than 10 %", /redicted.*of the pixels; .* of those that were an object’s stay/);
});

test("rates are adjustable to both ends, double at output stride 8, and give the engine's mask", async () => {
  await fresh();
  await lesson.choose(PHOTO);
  await expect(lesson.value("Rates in this run")).toHaveText("6, 12, 18");
  // Features of 257 pixels: (257 - 1) / 16 + 1.
  await expect(lesson.value("Feature size")).toHaveText("17 × 17");
  await lesson.changes(() => lesson.slider("Rate of atrous 0").fill("1"));
  await lesson.changes(() => lesson.slider("Rate of atrous 2").fill("24"));
  await expect(lesson.value("Rates in this run")).toHaveText("1, 12, 24");
  await expectClasses(await inNode({rates: [1, 12, 24]}));
  await lesson.changes(() => page.getByRole("radio", {name: "8", exact: true}).check({force: true}));
  await expect(lesson.value("Rates in this run")).toHaveText("2, 24, 48");
  await expect(lesson.value("Feature size")).toHaveText("33 × 33");
});

test("the branches' contributions add up to the logits, at every point", async () => {
  await fresh();
  const picture = page.getByRole("application", {name: "Segmentation with the branches' taps"});
  const numbers = async () =>
    (await page.getByRole("list", {name: "Contributions to the first class"}).locator(".cost-text").allInnerTexts()).map((text) =>
      Number(text.replace("−", "-"))
    );
  const shown = async (name: string) => Number((await lesson.value(name).innerText()).replace("−", "-"));
  for (const [x, y] of [
    [0.3, 0.3],
    [0.7, 0.6]
  ] as const) {
    const box = (await picture.boundingBox())!;
    await picture.hover({position: {x: box.width * x, y: box.height * y}});
    const parts = await numbers();
    expect(parts).toHaveLength(7);
    expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) - (await shown("Logit of the first class")))).toBeLessThan(
      7 * 0.005 + 0.001
    );
    expect(await shown("Sum of contributions")).toBeCloseTo(await shown("Logit of the first class"), 2);
    expect(await shown("Logit of the first class")).toBeGreaterThanOrEqual(await shown("Logit of the second class"));
  }
});

test("on paper the mixing desk is cut between its branches, and none of them across", async () => {
  await page.emulateMedia({media: "print"});
  const figure = page.getByRole("figure", {name: "Five branches on your photo"});
  for (const cut of [figure, figure.locator(".picture-beside")]) await expect(cut).toHaveCSS("break-inside", "auto");
  await expect(figure.locator(".strip").first()).toHaveCSS("break-inside", "avoid");
  await page.emulateMedia({media: null});
});
