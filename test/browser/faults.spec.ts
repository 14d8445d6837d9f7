import {readFile} from "node:fs/promises";
import {chromium, expect, test} from "@playwright/test";
import {complete, randomWeights} from "../engine/networks.js";
import {WEIGHTS, onnxFixture} from "../importers/onnx-fixture.js";
import {operationsOf} from "../importers/operations-of.js";
import {graphDefOf, tfliteOf} from "../importers/written-files.js";
import {ModelsPage} from "./models-page.js";
import {Workbench} from "./workbench-page.js";
import {crashWorker, keepWorkers} from "./workers.js";

test("without any GPU the workbench runs on WASM and says why the others are not there", async ({launchOptions, baseURL}) => {
  const args = launchOptions.args!.filter((flag) => !/angle|swiftshader|gpu|Vulkan/.test(flag));
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...args, "--disable-gpu", "--disable-3d-apis"],
    // Playwright's own default would bring software WebGL back.
    ignoreDefaultArgs: ["--enable-unsafe-swiftshader"]
  });
  const page = await browser.newPage({baseURL});
  const bench = await new Workbench(page).open();
  await expect(bench.backend.locator("option[value=webgpu]")).toBeDisabled();
  await expect(bench.backend.locator("option[value=webgpu]")).toContainText(/no WebGPU/i);
  await expect(bench.backend.locator("option[value=auto]")).toContainText(/WASM/);
  expect(await page.evaluate(() => document.createElement("canvas").getContext("webgl2"))).toBeNull();
  expect((await bench.legend()).size).toBeGreaterThan(0);
  expect(bench.problems).toEqual([]);
  await browser.close();
});

test("without workers the network runs in the page, which says so and reads files of models, compiling no program", async ({page}) => {
  await page.addInitScript(() => {
    delete (window as unknown as {Worker?: unknown}).Worker;
  });
  const bench = await new Workbench(page).open();
  await expect(bench.main).toContainText(/in the page/i);
  expect((await bench.legend()).size).toBeGreaterThan(0);
  const models = await new ModelsPage(page).open();
  const {graph, weights} = onnxFixture("vainf-v3plus-mobilenet-17");
  const file = (name: string, bytes: Uint8Array) => ({name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes)});
  await models.changes(() => page.getByLabel("Model files").setInputFiles([file("vainf.onnx", graph), file(WEIGHTS, weights)]));
  await expect(models.card("vainf")).toBeVisible();
  const operations = operationsOf(complete, randomWeights(complete));
  const files = [file("frozen.pb", graphDefOf(operations)), file("lite.tflite", tfliteOf(operations))];
  await models.changes(() => page.getByLabel("Model files").setInputFiles(files));
  await expect(models.alert).toBeHidden();
  for (const title of ["frozen", "lite"]) await expect(models.card(title)).toBeVisible();
  bench.expectNoProblem();
});

test("a model that cannot be fetched gets a sentence, and another one can be chosen", async ({page}) => {
  await page.route("**/nano.safetensors", (route) => route.fulfill({status: 404, body: ""}));
  const bench = new Workbench(page);
  await page.goto("/workbench?model=nano&size=257");
  await expect(bench.alert).toContainText(/nano\.safetensors.*404/);
  await bench.done();
});

test("an export names the model that made the picture, not one that was chosen since and failed", async ({page}) => {
  const bench = await new Workbench(page).open();
  const others = bench.model.locator("option:not([value=nano])");
  test.skip((await others.count()) === 0, "nano is the only model in data/models");
  await page.route(/\/(?!nano\.)[^/]+\.safetensors$/, (route) => route.fulfill({status: 404, body: ""}));
  await bench.model.selectOption((await others.first().getAttribute("value"))!);
  await expect(bench.alert).toContainText("404");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name: "Legend JSON"}).click()]);
  expect(JSON.parse(await readFile((await file.path())!, "utf8")).model).toBe("nano");
});

test("a part of the page that did not come is asked for again, without a reload", async ({page}) => {
  const parts = /\/_app\/once-segmented[^/]*\.js$/;
  await page.route(parts, (route) => route.abort());
  const bench = await new Workbench(page).open();
  await expect(bench.alert).toContainText("A part of this page could not be loaded.");
  await page.unroute(parts);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name: "Legend JSON"}).click()]);
  expect(file.suggestedFilename()).toMatch(/legend\.json$/);
  await page.getByRole("button", {name: "Try again"}).click();
  await expect(page.getByRole("tablist", {name: "Look inside"})).toBeVisible();
  await expect(bench.alert).toBeHidden();
});

test("a corrupt model file gets a sentence", async ({page}) => {
  await page.route("**/nano.safetensors", (route) => route.fulfill({body: Buffer.alloc(1000, 7)}));
  const bench = new Workbench(page);
  await page.goto("/workbench?model=nano&size=257");
  await expect(bench.alert).toContainText(/safetensors|model/i);
  await bench.done();
});

test("a crashed worker is replaced without a reload", async ({page}) => {
  await page.addInitScript(keepWorkers);
  const bench = await new Workbench(page).open({size: "513", os: "8"});
  await bench.changes(async () => {
    await bench.outputStride.selectOption("16");
    await crashWorker(page);
  });
  await expect(bench.alert).toBeHidden();
  expect((await bench.legend()).size).toBeGreaterThan(0);
});
