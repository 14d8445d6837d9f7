/** A network learns four photos in the page: paused, taken up again after a reload, finished, and used on the workbench. */
import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {expect, test} from "@playwright/test";
import {encode} from "fast-png";
import sharp from "sharp";
import {expectAccessible} from "./accessible.js";
import {SitePage} from "./site-page.js";
import {Workbench} from "./workbench-page.js";

const SAMPLE = path.resolve(import.meta.dirname, "../fixtures/nano/reference_input.png");
const SIDE = 97;
const IDS = ["one", "two", "three", "four"];
const STEPS = 50;
const LOOKS = [
  {width: 390, colorScheme: "dark"},
  {width: 1280, colorScheme: "light"}
] as const;

let folder: string;

test.beforeAll(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), "train-")), "four-photos");
  for (const name of ["JPEGImages", "SegmentationClass"]) await mkdir(path.join(folder, name), {recursive: true});
  await writeFile(path.join(folder, "train.txt"), IDS.join("\n"));
  await writeFile(path.join(folder, "labels.txt"), "background\nleft");
  for (const [index, id] of IDS.entries()) {
    const photo = await sharp(SAMPLE)
      .resize(SIDE, SIDE)
      .rotate(90 * index)
      .png()
      .toBuffer();
    await writeFile(path.join(folder, "JPEGImages", `${id}.png`), photo);
    const data = Uint8Array.from({length: SIDE ** 2}, (_, i) => (i % SIDE < SIDE / 2 ? 1 : 0));
    await writeFile(path.join(folder, "SegmentationClass", `${id}.png`), encode({width: SIDE, height: SIDE, data, channels: 1, depth: 8}));
  }
});
test.afterAll(() => rm(path.dirname(folder), {recursive: true, force: true}));

test("four photos are learnt from, with a pause and a reload in between, and the model is used", async ({page}) => {
  const site = new SitePage(page);
  await page.goto(`/train?model=nano&backend=wasm&size=65&batch=1&freeze=logits&steps=${STEPS}`);
  await site.done();
  await expect(page.getByRole("button", {name: "Train", exact: true})).toBeDisabled();
  await site.changes(() => page.getByLabel("Folder of a data set").setInputFiles(folder));
  await expect(page.getByText(/^3 photos to learn from, 1 kept apart\./)).toBeVisible();
  await expect(page.getByText(/The last layer begins anew for left; for background it keeps/)).toBeVisible();

  await page.getByText("What a step learns from").click();
  await expect(page.getByRole("region", {name: /^Crop 1: (one|two|three|four), scaled by/}).getByRole("img")).toHaveCount(2);

  await page.getByRole("button", {name: "Train", exact: true}).click();
  await page.getByText(/^step [1-9]\d* of 50/).waitFor();
  await page.getByRole("button", {name: "Pause"}).click();
  await site.done();
  const paused = page.getByRole("status").filter({hasText: /^Paused after step \d+ of 50/});
  await expect(paused).toBeVisible();
  const step = Number(/step (\d+)/.exec((await paused.textContent())!)![1]);
  expect(step).toBeGreaterThan(0);
  await expect(page.getByRole("slider", {name: /^Loss\./})).toHaveAttribute("aria-valuetext", new RegExp(`^step ${step}: `));
  await expect(page.getByRole("figure", {name: "Photos kept apart, as their masks improve"}).getByRole("img")).toHaveCount(4);

  await page.reload();
  await page.getByRole("button", {name: "Go on with it"}).click();
  await expect(site.alert).toContainText("Choose the photos of “four-photos, trained”");
  await site.changes(() => page.getByLabel("Folder of a data set").setInputFiles(folder));
  const trained = page.getByRole("region", {name: "The trained model"});
  await expect(trained).toContainText("“four-photos, trained” is trained");
  await site.done();
  await expect(page.getByText("What a step learns from")).toBeVisible();
  const curve = page.getByRole("slider", {name: /^Loss\. .*went on at step \d+/});
  await expect(curve).toHaveAttribute("aria-valuemax", String(STEPS));
  expect(await curve.getAttribute("aria-label")).toContain(`went on at step ${step}.`);
  await curve.press("Home");
  await curve.press("ArrowRight");
  await expect(curve).toHaveAttribute("aria-valuetext", /^step 1: photos it learns from \d/);
  const progress = page.getByRole("figure", {name: "Photos kept apart, as their masks improve"});
  await progress.getByRole("checkbox", {name: "Names on the regions"}).check();
  await expect(progress.getByRole("img", {name: /^Truth of .*: left, 5\d\.\d % of the picture, .*; the rest is background/})).toContainText(
    "left"
  );
  for (const {width, colorScheme} of LOOKS) {
    await page.setViewportSize({width, height: 844});
    await page.emulateMedia({colorScheme});
    await expectAccessible(page, `${width} px, ${colorScheme}`);
  }
  site.expectNoProblem();

  await trained.getByRole("link", {name: "Try it on a photo"}).click();
  const bench = new Workbench(page);
  await bench.done();
  await expect(page.getByLabel("Model")).toHaveValue(/^sha256-/);
  bench.expectNoProblem();
});
