import {mkdir, readFile} from "node:fs/promises";
import path from "node:path";
import {test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {addModel} from "../../scripts/models/add.js";
import {modelFile} from "../../scripts/models/folder.js";
import {listModels} from "../../scripts/site/model-index.js";
import type {ListedModel} from "../../src/lab/model-list.js";
import {shared} from "../shared.js";

/**
 * Offers the page `people` as a site does that was built with it: imported here from its maker's files.
 *
 * @returns the path of its file
 * @throws Error where these files are not shared
 */
export async function offerPeople(page: Page): Promise<string> {
  const folder = test.info().outputPath("models");
  await mkdir(folder, {recursive: true});
  await addModel("people", {folder, mirror: path.dirname(shared("models/deeplab_v3_plus_mobilenet_v2_quant.pb"))});
  const listed = await listModels(folder);
  const bytes = await readFile(modelFile(folder, "people"));
  await page.route("**/data/models/people.safetensors", (route) => route.fulfill({body: bytes}));
  await page.route("**/data/models/index.*.json", async (route) => {
    const response = await route.fetch();
    const built = (await response.json()) as ListedModel[];
    await route.fulfill({response, json: [...listed, ...built.filter(({id}) => id !== "people")]});
  });
  return modelFile(folder, "people");
}
