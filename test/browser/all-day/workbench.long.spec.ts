/** A workbench that is open all day: photos one after another, and models. `PHOTOS` and `CHANGES` make them as many. */
import {mkdir, readFile, rm} from "node:fs/promises";
import path from "node:path";
import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import sharp from "sharp";
import {SAMPLES} from "../../../data/samples/samples.js";
import {hasShared} from "../../shared.js";
import {offerPeople} from "../people.js";
import {segmentInNode} from "../reference.js";
import {requestsOf} from "../requests.js";
import {Workbench} from "../workbench-page.js";
import {expectFlat, heldBy, heldInWords} from "./memory.js";
import type {Held} from "./memory.js";

const PHOTOS = Number(process.env["PHOTOS"] ?? 1000);
const CHANGES = Number(process.env["CHANGES"] ?? 200);
/** So many readings of memory in all. */
const READINGS = 10;
const SAMPLE_FOLDER = path.resolve(import.meta.dirname, "../../../data/samples");

test.afterEach(({page}) => requestsOf(page.context()).tell(test.info()));

test(`${PHOTOS} photos one after another leave memory flat, and each has its own mask`, async ({page}, info) => {
  test.setTimeout(PHOTOS * 10_000 + 600_000);
  const bench = await opened(page);
  const readings: Held[] = [];
  for (let count = 0; count < PHOTOS; count++) {
    const file = await photo(path.join(info.outputPath("photos"), `photo-${count}.png`), count);
    await bench.choose(file);
    await expect(bench.main).toContainText(path.basename(file));
    if ((count + 1) % Math.ceil(PHOTOS / READINGS) !== 0) continue;
    const {shares} = await segmentInNode(file, {model: "nano", outputStride: 16, inputSize: 257});
    const {classes} = JSON.parse(await legendOf(page)) as {classes: {id: number; share: number}[]};
    for (const {id, share} of classes) expect(share).toBeCloseTo(shares[id]!, 2);
    readings.push(await reading(page, `photo ${count + 1}`));
    await rm(path.dirname(file), {recursive: true});
  }
  await expect(bench.alert).toBeHidden();
  // The way back has an end.
  expect(await page.getByRole("group", {name: "Photos brought"}).getByRole("button").count()).toBe(Math.min(PHOTOS, 200));
  bench.expectNoProblem();
  expectFlat(readings);
});

test(`${CHANGES} changes of model leave memory flat, and what each finds is what it found before`, async ({page}) => {
  test.setTimeout(CHANGES * 10_000 + 600_000);
  const bench = await opened(page);
  const models = await bench.model.locator("option").evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  expect(models.length).toBeGreaterThan(1);
  // What is chosen already is no change.
  const first = models.indexOf(await bench.model.inputValue());
  const found = new Map<string, string>();
  const readings: Held[] = [];
  // Models and backends come together anew each time round.
  const backends = ["kernels", "wasm"];
  for (let change = 1; change <= CHANGES; change++) {
    const model = models[(first + change) % models.length]!;
    await bench.changes(() => bench.model.selectOption(model));
    const now = (await bench.classes.getByRole("listitem").allInnerTexts()).join("\n");
    expect(now, model).toBe(found.get(model) ?? now);
    found.set(model, now);
    if (change % models.length !== 0) continue;
    const round = change / models.length;
    await bench.changes(() => bench.backend.selectOption(backends[round % backends.length]!));
    if (round % Math.max(2, 2 * Math.round(CHANGES / models.length / READINGS / 2)) === 0)
      readings.push(await reading(page, `change ${change}`));
  }
  await expect(bench.alert).toBeHidden();
  bench.expectNoProblem();
  expectFlat(readings);
});

async function opened(page: Page): Promise<Workbench> {
  if (hasShared) await offerPeople(page);
  return new Workbench(page).open({backend: "kernels"});
}

async function reading(page: Page, when: string): Promise<Held> {
  const facts = await page.locator(".facts div", {hasText: "Tensors held"}).first().locator("dd").textContent();
  const held = await heldBy(page, Number(/^\d+/.exec(facts!)?.[0]));
  console.log(`${when}: ${heldInWords(held)}`);
  return held;
}

/** A photo that is another for each number: a part of a sample. @returns its file */
async function photo(file: string, number: number): Promise<string> {
  const [{file: sample}] = [SAMPLES[number % SAMPLES.length]!];
  const side = 200 + ((37 * number) % 57);
  await mkdir(path.dirname(file), {recursive: true});
  await sharp(path.join(SAMPLE_FOLDER, path.basename(sample)))
    .resize(320, 320, {fit: "cover"})
    .extract({left: (13 * number) % 60, top: (7 * number) % 60, width: side, height: 200})
    .png()
    .toFile(file);
  return file;
}

async function legendOf(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name: "Legend JSON"}).click()]);
  return readFile((await download.path())!, "utf8");
}
