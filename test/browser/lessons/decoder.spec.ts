import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {hasShared, shared} from "../../shared.js";
import {LessonPage} from "../lesson-page.js";
import {onOnePage} from "../one-page.js";
import {offerPeople} from "../people.js";
import {segmentInNode} from "../reference.js";
import {PHOTO} from "../workbench-page.js";

let page: Page;
let lesson: LessonPage;
onOnePage((opened) => {
  page = opened;
  lesson = new LessonPage(page);
  return lesson.open("/decoder", {size: "257", skip: "zeroed"});
});

const SETTING = {model: "nano", outputStride: 16, inputSize: 257};

test("another photo's low-level features change the mask otherwise than none, and each photo's otherwise", async () => {
  const changed = lesson.value("Pixels changed by the skip");
  const seen = [await changed.innerText()];
  // Of the photo that the lesson opens on: legs stand and fall with the skip.
  expect(Number.parseFloat(seen[0]!)).toBeGreaterThan(3);
  await lesson.changes(() => page.getByRole("button", {name: "Transplant it"}).click());
  await expect(lesson.value("Low-level skip")).toHaveText("from “Kitten with a ball of wool”");
  seen.push(await changed.innerText());
  await lesson.changes(() => page.getByRole("combobox", {name: "Other photo"}).selectOption("musicians"));
  seen.push(await changed.innerText());
  expect(new Set(seen).size).toBeGreaterThan(1);
  expect(seen).not.toContain("0.0 %");
});

test("pointing moves the magnifier over both masks, which differ at an edge", async () => {
  const picture = page.getByRole("application", {name: "Segmentation", exact: true});
  const pixels = (name: string) =>
    page
      .getByRole("img", {name})
      .locator("canvas")
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const before = await pixels("Detail: enlarged at once");
  const box = (await picture.boundingBox())!;
  await picture.hover({position: {x: box.width * 0.2, y: box.height * 0.5}});
  expect(await pixels("Detail: enlarged at once")).not.toBe(before);
  await expect(page).toHaveURL(/x=(19|20)\d/);
  await expect(lesson.value("Pixels changed by enlarging at once")).not.toHaveText("0.0 %");
});

test("the skip, zeroed, changes the mask as the engine says", async () => {
  await page.evaluate(() =>
    document.addEventListener("animationstart", ({animationName}) => document.body.setAttribute("data-animated", animationName))
  );
  await lesson.changes(() => page.getByRole("button", {name: "As trained", exact: true}).click());
  // The mask before is wiped away, and is then out of sight.
  await expect(page.locator("body")).toHaveAttribute("data-animated", "wipe-away");
  await expect(page.locator(".wipe")).toBeHidden();
  await lesson.choose(PHOTO);
  await expect(lesson.value("Pixels changed by the skip")).toHaveText("0.0 %");
  const trained = await segmentInNode(PHOTO, SETTING);
  const zeroed = await segmentInNode(PHOTO, {...SETTING, replaced: {"decoder/low_level": "zero"}});
  const changed = (100 * zeroed.labels.filter((label, i) => label !== trained.labels[i]).length) / trained.labels.length;
  expect(changed).toBeGreaterThan(0);

  await lesson.changes(() => page.getByRole("button", {name: "Cut the skip"}).click());
  expect(Math.abs(Number.parseFloat(await lesson.value("Pixels changed by the skip").innerText()) - changed)).toBeLessThan(0.15);
  const found = await lesson.classes();
  for (const [id, share] of zeroed.shares.entries()) {
    if (share > 0.001) expect(Math.abs((found.get(zeroed.names[id]!) ?? 0) - share * 100)).toBeLessThan(0.15);
  }
});

test("the stages have the shapes that the description gives, and show their channels", async () => {
  await lesson.choose(PHOTO);
  const stages = page.getByRole("list", {name: "Stages of the decoder"}).getByRole("button");
  // 257 pixels: 17 cells at output stride 16, 65 at stride 4; nano's card: 256 encoder channels, 72 low-level ones reduced to 32, a
  // decoder of 112.
  const shapes = [
    "17 × 17 × 256",
    "65 × 65 × 256",
    "65 × 65 × 72",
    "65 × 65 × 32",
    "65 × 65 × 288",
    "65 × 65 × 112",
    "65 × 65 × 112",
    "65 × 65 × 21"
  ];
  await expect(stages).toHaveCount(shapes.length);
  for (const [index, shape] of shapes.entries()) await expect(stages.nth(index)).toContainText(shape);
  const maps = page.getByLabel("Feature maps of the chosen stage").locator("canvas");
  // The first page of the 32.
  await expect(maps).toHaveCount(24);
  await stages.last().focus();
  await page.keyboard.press("Enter");
  await expect(maps).toHaveCount(21);
  await expect(page).toHaveURL(/stage=logits/);
  await expect(stages.last()).toBeFocused();
});

test("people, where it is there, can be chosen: its skip has 48 channels, and cut it changes the mask as the engine says", async () => {
  test.skip(!hasShared, "people is made of files of its own: set DEEPLAB_SHARED");
  const people = await offerPeople(page);
  await lesson.open("/decoder", {size: "257"});
  const model = page.getByRole("combobox", {name: "Model"});
  await expect(model).toHaveValue("nano");
  // A model without a decoder has nothing to show here.
  await expect(model.locator("option[value^=mobilenetv2]")).toHaveCount(0);
  const portrait = shared("people-v3plus/reference_input.png");
  await lesson.choose(portrait);
  await lesson.changes(() => model.selectOption("people"));
  await expect(page.getByRole("list", {name: "Stages of the decoder"}).getByRole("button").nth(3)).toContainText("65 × 65 × 48");
  await lesson.changes(() => page.getByRole("button", {name: "Cut the skip"}).click());

  const setting = {...SETTING, model: people};
  const trained = await segmentInNode(portrait, setting);
  const zeroed = await segmentInNode(portrait, {...setting, replaced: {"decoder/low_level": "zero"}});
  const changed = (100 * zeroed.labels.filter((label, i) => label !== trained.labels[i]).length) / trained.labels.length;
  expect(changed).toBeGreaterThan(1);
  expect(Math.abs(Number.parseFloat(await lesson.value("Pixels changed by the skip").innerText()) - changed)).toBeLessThan(0.15);
});
