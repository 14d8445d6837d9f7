/** A model measured on a folder of labelled photos: the command's digits, kept over a reload, and what the page makes of them. */
import {mkdir, mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {encode} from "fast-png";
import sharp from "sharp";
import {runEvaluateCommand} from "../../scripts/evaluate/cli.js";
import {VOC_CLASSES} from "../../data/labels/voc.js";
import {maskOf, wholeSplit} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import {zipTree} from "../../src/formats/zip-files.js";
import {photoOf, pngOf} from "../datasets/trees.js";
import {zipOf} from "../formats/tiny-zip.js";
import type {Report} from "../../src/evaluate/report.js";
import {expectAccessibleEverywhere} from "./accessible.js";
import {onOnePage} from "./one-page.js";
import {SitePage} from "./site-page.js";

const PERSON = VOC_CLASSES.indexOf("person");
const SAMPLE = path.resolve(import.meta.dirname, "../fixtures/nano/reference_input.png");
const SIDE = 129;
const IDS = ["one", "two", "three"];

let folder: string;
let page: Page;
let site: SitePage;

test.beforeAll(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), "own-")), "own-photos");
  for (const name of ["JPEGImages", "SegmentationClass"]) await mkdir(path.join(folder, name), {recursive: true});
  await writeFile(path.join(folder, "val.txt"), IDS.join("\n"));
  for (const [index, id] of IDS.entries()) {
    const photo = await sharp(SAMPLE)
      .resize(SIDE, SIDE, {position: index})
      .rotate(90 * index)
      .png()
      .toBuffer();
    await writeFile(path.join(folder, "JPEGImages", `${id}.png`), photo);
    // Background, a person of another width in each, a row that is not labelled, and one of background below it.
    const data = Uint8Array.from({length: SIDE ** 2}, (_, i) => (i >= SIDE ** 2 - SIDE ? 255 : i % SIDE < 30 * (index + 1) ? PERSON : 0));
    await writeFile(path.join(folder, "SegmentationClass", `${id}.png`), encode({width: SIDE, height: SIDE, data, channels: 1, depth: 8}));
  }
});
test.afterAll(() => rm(path.dirname(folder), {recursive: true, force: true}));

onOnePage(async (opened) => {
  page = opened;
  site = new SitePage(page);
  await page.goto("/evaluate?model=nano&size=257&backend=wasm");
  await site.done();
  return site;
});

const measure = () => page.getByRole("button", {name: "Measure", exact: true});
const result = () => page.getByRole("heading", {name: "own-photos, val: 3 of 3 photos"});
const photos = () => page.getByRole("figure", {name: "Photos", exact: true});

async function choose(): Promise<void> {
  await page.getByLabel("Folder of a data set").setInputFiles(folder);
  await expect(page.getByRole("region", {name: "Check-up"})).toContainText("3 photos were looked at");
  await site.done();
}

/** Opens the data set and measures it, where that is not done yet. */
async function measured(): Promise<void> {
  if (!(await page.getByRole("region", {name: "Check-up"}).isVisible())) await choose();
  if (await measure().isEnabled()) await site.changes(() => measure().click());
  await site.done();
}

/** What a button of the results downloads. */
async function downloaded(button: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name: button}).click()]);
  return readFile((await download.path())!, "utf8");
}

test("measured after a pause, it has the digits of the command", async () => {
  await choose();
  // In one turn, before any photo is done.
  await measure().evaluate((button: HTMLButtonElement) => {
    button.click();
    [...document.querySelectorAll("button")].find(({textContent}) => textContent === "Pause")!.click();
  });
  await expect(page.getByRole("status").filter({hasText: "Stopped: 0 of 3 photos are measured"})).toBeVisible();
  await site.changes(() => measure().click());
  await expect(result()).toBeVisible();
  await expect(measure()).toBeDisabled();

  const said: string[] = [];
  await runEvaluateCommand(
    ["--dataset", folder, "--model", "nano", "--input-size", "257", "--boundary", "--cores", "1", "--json"],
    (text) => said.push(text)
  );
  const theirs = JSON.parse(said.join("\n")) as Report;
  const ours = JSON.parse(await downloaded("All figures (JSON)")) as Report;
  expect({...ours, imagesPerSecond: 0}).toEqual({...theirs, dataset: "own-photos", imagesPerSecond: 0});
  expect(ours.meanIoUOfLabelled).toBeGreaterThan(0);
  await expect(page.getByRole("table", {name: "Measures"})).toContainText(`${(100 * ours.meanIoUOfLabelled!).toFixed(1)} %`);
  expect((await downloaded("Photos (CSV)")).split("\r\n")).toHaveLength(IDS.length + 2);
});

test("it is there after a reload, and its photos once the data set is opened again", async () => {
  await measured();
  await page.reload();
  await site.done();
  await expect(result()).toBeVisible();
  await expect(photos()).toContainText("Open the data set “own-photos” again to see its photos.");
  await choose();
  await expect(measure()).toBeDisabled();
  await expect(photos().getByRole("img")).toHaveCount(4 * IDS.length);
});

test("a cell of the matrix leads to the photos behind it, and the address names it", async () => {
  await measured();
  const cell = page.getByRole("grid", {name: "Confusion matrix"}).getByRole("button", {name: /^true person, predicted background: \d/});
  await cell.focus();
  await site.changes(() => page.keyboard.press("Enter"));
  await expect(page.getByRole("heading", {name: "Most of “person” taken for “background”"})).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`cell=${PERSON}-0`));
  const first = photos().getByRole("region").first();
  await expect(first.getByRole("img")).toHaveCount(4);
  await expect(first).toContainText("pixels in the cell");

  await photos().getByRole("checkbox", {name: "Names on the regions"}).check();
  await expect(first.locator(".cell-map", {hasText: "person"}).first()).toBeVisible();
  await expect(page.getByRole("region", {name: "Photos and masks"}).locator(".mask-names")).toContainText("person");
  await expect(page).toHaveURL(/names=1/);
});

test("another setting is compared on the same photos", async () => {
  await measured();
  await page.getByRole("checkbox", {name: "Mirrored photo averaged in"}).check();
  await expect(measure()).toBeEnabled();
  await site.changes(() => measure().click());
  await page.getByLabel("Compare with").selectOption({index: 1});
  await expect(page.getByText(/^These 3 photos (cannot tell|tell|give)/)).toBeVisible();
  await expect(page.getByRole("region", {name: "Both results"})).toContainText("Frequency-weighted IoU");
  await page.getByText("Kept in this browser: 2 results").click();
  await page.getByRole("button", {name: /^Show nano.*257 px, square padding, own-photos/}).click();
  await expect(page.getByRole("checkbox", {name: "Mirrored photo averaged in"})).not.toBeChecked();
});

test("the border of a small mask is dragged, by keys too, and the four measures move", async () => {
  const measures = page.getByRole("list", {name: "The four measures"});
  await page.getByRole("slider", {name: "The person begins"}).fill("16");
  await expect(measures).toContainText("Pixel accuracy83.3 %");
  await page.keyboard.press("Home");
  await expect(measures).toContainText("Pixel accuracy78.6 %");
});

test("a zip of masks of 0 and 255, dropped, is said to hold no class 1; its mend is another data set, saved as a zip", async () => {
  const zip = Buffer.from(
    zipOf({
      "set/images/a.png": photoOf(8, 8, 40),
      "set/masks/a.png": pngOf(Array.from({length: 8}, () => [0, 0, 0, 0, 255, 255, 255, 255]))
    })
  );
  const data = await page.evaluateHandle((base64) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], "set.zip"));
    return transfer;
  }, zip.toString("base64"));
  await site.changes(() => site.main.dispatchEvent("drop", {dataTransfer: data}));
  const checkUp = page.getByRole("region", {name: "Check-up"});
  await expect(checkUp.getByRole("listitem").first()).toContainText("Wrong No pixel has class 1: the masks hold 0 and 255 alone");
  await site.changes(() => checkUp.getByRole("button", {name: "Take 255 as class 1"}).click());
  await expect(checkUp).toContainText("1 photo was looked at: nothing that makes results wrong.");

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name: "Save as a VOC zip"}).click()]);
  const dataset = await openDataset(zipTree(await readFile((await download.path())!)));
  const {items} = await wholeSplit(dataset);
  expect([...(await maskOf(items[0]!)).ids.subarray(0, 8)]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  expect(await items[0]!.photo.bytes()).toEqual(photoOf(8, 8, 40));

  await site.changes(() => page.getByRole("button", {name: "Take back the last mend"}).click());
  await expect(checkUp.getByRole("listitem").first()).toContainText("No pixel has class 1");
});

test("nothing on the page is a violation above minor or scrolls sideways, light or dark, on a phone or a desktop", async () => {
  await site.done();
  await expectAccessibleEverywhere(page);
});
