import {readFile} from "node:fs/promises";
import path from "node:path";
import {expect, test} from "@playwright/test";
import type {WeightFormat} from "../../../src/engine/precision.js";
import {roundings} from "../../../src/engine/readings/rounding.js";
import {readModel} from "../../../src/importers/model-file.js";
import {LessonPage} from "../lesson-page.js";

const MODEL = path.join(import.meta.dirname, "../../../data/models/nano.safetensors");
const LAYER = "backbone/block_00/depthwise";

const perCent = (text: string) => Number.parseFloat(text.replace("< ", ""));

test("a layer's noise is the engine's, and a scale per channel gives the mask back", async ({page}) => {
  const lesson = await new LessonPage(page).open("/quantisation", {model: "nano", size: "257", bits: "6", layer: LAYER});
  const {network, weights} = readModel(await readFile(MODEL));
  const noise = (format: WeightFormat) => {
    const {medianDecibels} = roundings(network, weights, format).find(({layer}) => layer === LAYER)!;
    return `${medianDecibels.toFixed(1)} dB`;
  };
  await expect(lesson.value("Signal to noise")).toHaveText(noise("int6-per-tensor"));
  const perTensor = perCent(await lesson.value("Pixels changed").innerText());
  expect(perTensor).toBeGreaterThan(0);

  const figure = page.getByRole("figure", {name: "One layer, channel by channel"});
  await lesson.changes(() => figure.getByRole("group", {name: "A scale per"}).getByText("channel", {exact: true}).click());
  await expect(lesson.value("Signal to noise")).toHaveText(noise("int6-per-channel"));
  expect(perCent(await lesson.value("Pixels changed").innerText())).toBeLessThan(perTensor);
  await expect(page).toHaveURL(/per=channel/);

  // The names of classes, asked for here, stand on every mask, and on those of other pages from then on.
  const masks = ["Mask before rounding", "Mask after rounding"].map((name) => page.getByRole("img", {name}));
  for (const mask of masks) await expect(mask.getByText("dog", {exact: true})).toHaveCount(0);
  await lesson.openPhotos();
  await page.getByRole("checkbox", {name: "Names on the regions"}).check();
  for (const mask of masks) await expect(mask.getByText("dog", {exact: true})).not.toHaveCount(0);
  await lesson.open("/", {model: "nano"});
  await expect(
    page.getByRole("application", {name: "Segmentation", exact: true}).locator("..").getByText("dog", {exact: true})
  ).not.toHaveCount(0);
  expect(lesson.problems).toEqual([]);
});
