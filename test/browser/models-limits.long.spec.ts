/** What a reader brings where there is no network any more, and no room; and every kind of file, from the drop to its end. */
import {readFile, readdir} from "node:fs/promises";
import path from "node:path";
import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {useBackend} from "../backend.js";
import {tarGz} from "../formats/tar-gz.js";
import {bonlimeMobileNetV2} from "../importers/keras/networks.js";
import {bytesOf, fillWeights, saved} from "../importers/keras/tfjs-layers.js";
import {WEIGHTS, onnxFixture} from "../importers/onnx-fixture.js";
import {hasShared, shared} from "../shared.js";
import {LessonPage} from "./lesson-page.js";
import {ModelsPage} from "./models-page.js";
import {WebcamPage} from "./webcam-page.js";
import {Workbench} from "./workbench-page.js";

test.skip(!hasShared, "needs DEEPLAB_SHARED");

const fixture = (relative: string) => path.resolve(import.meta.dirname, "../fixtures", relative);
const NANO = path.resolve(import.meta.dirname, "../../data/models/nano.safetensors");
const file = async (name: string, at: string) => ({name, mimeType: "application/octet-stream", buffer: await readFile(at)});
const made = (name: string, bytes: Uint8Array) => ({name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes)});
type Brought = Awaited<ReturnType<typeof file>>[];

async function bring(models: ModelsPage, files: Brought): Promise<void> {
  await models.changes(() => models.page.getByLabel("Model files").setInputFiles(files));
}

/** Id of a model that is kept, as its card's links have it. */
async function idOf(models: ModelsPage, title: string): Promise<string> {
  const href = await models
    .card(title)
    .getByRole("link", {name: `Workbench: ${title}`})
    .getAttribute("href");
  return new URLSearchParams(href!.split("?")[1]).get("model")!;
}

async function remove(models: ModelsPage, title: string): Promise<void> {
  const card = models.card(title);
  await card.getByRole("button", {name: `Delete ${title}`}).click();
  await models.changes(() => card.getByRole("button", {name: "Delete it"}).click());
  await expect(card).toBeHidden();
}

async function folder(at: string): Promise<Brought> {
  const entries = await readdir(at, {withFileTypes: true});
  // What a fixture should give is no part of the model.
  const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith("expected")).map(({name}) => name);
  return Promise.all(names.map((name) => file(name, path.join(at, name))));
}

const KINDS: readonly (readonly [kind: string, files: () => Promise<Brought>])[] = [
  [
    "a frozen graph in a .tar.gz",
    async () => {
      const graph = await readFile(shared("models/deeplab_dm05_portrait_frozen_inference_graph.pb"));
      const buffer = Buffer.from(await tarGz({"deeplab/frozen_inference_graph.pb": graph}));
      return [{name: "release.tar.gz", mimeType: "application/gzip", buffer}];
    }
  ],
  ["a TFLite file", async () => [await file("mine.tflite", shared("models/deeplabv3_mnv2_pascal_quant.tflite"))]],
  ["a graph model", () => folder(shared("models/deeplabv3_mnv2_pascal_train_aug_tfjs_uint8"))],
  ["a model of Hugging Face's", () => folder(fixture("pytorch/hugging-face"))],
  ["a state dict of PyTorch", async () => [await file("vainf.pth", fixture("pytorch/vainf-v3plus-mobilenet.pth"))]],
  [
    "a checkpoint",
    async () =>
      Promise.all(["model.ckpt-30.index", "model.ckpt-30.data-00000-of-00001"].map((name) => file(name, fixture(`checkpoint/${name}`))))
  ],
  [
    "an ONNX graph with its weights beside it",
    async () => {
      const {graph, weights} = onnxFixture("vainf-v3plus-mobilenet-17");
      return [made("vainf.onnx", graph), made(WEIGHTS, weights)];
    }
  ],
  [
    "a Keras model",
    async () => {
      await useBackend("cpu");
      const model = bonlimeMobileNetV2(129, 0.25);
      fillWeights(model, 1);
      const files = await saved(model);
      return [made("model.json", bytesOf(files)), made("group1-shard1of1.bin", files.shard)];
    }
  ]
];

for (const [kind, files] of KINDS) {
  test(`${kind} is kept, runs in the workbench, on the webcam page and in a lesson, and is removed`, async ({page}) => {
    const models = await new ModelsPage(page).open();
    await bring(models, await files());
    await expect(models.alert).toBeHidden();
    const title = (await page
      .getByRole("region", {name: "Kept in this browser"})
      .getByRole("article")
      .getByRole("heading")
      .first()
      .textContent())!;
    const id = await idOf(models, title);

    const bench = await new Workbench(page).open({model: id, backend: "wasm"});
    await expect(bench.alert).toBeHidden();
    await expect(bench.model).toHaveValue(id);
    await expect(bench.classes.getByRole("listitem").first()).toBeVisible();

    const webcam = await new WebcamPage(page).open({model: id});
    await webcam.run();
    await webcam.more(2);
    await expect(webcam.alert).toBeHidden();
    await webcam.stop.click();

    const lesson = await new LessonPage(page).open("/", {model: id, backend: "wasm"});
    await expect(lesson.alert).toBeHidden();
    await expect(page.getByRole("list", {name: "Classes found"}).getByRole("listitem").first()).toBeVisible();

    await models.open();
    await remove(models, title);
    models.expectNoProblem();
  });
}

/** Opens one of the site's pages in another tab. */
async function inTab<T>(page: Page, open: (tab: Page) => Promise<T>): Promise<T> {
  return open(await page.context().newPage());
}

test("with the network cut, a file is imported, kept and removed, and pages that are open use what is kept", async ({page}) => {
  const models = await new ModelsPage(page).open();
  await bring(models, [await file("before.safetensors", NANO)]);
  const id = await idOf(models, "before");
  const bench = await inTab(page, (tab) => new Workbench(tab).open({backend: "wasm"}));
  const webcam = await inTab(page, (tab) => new WebcamPage(tab).open());
  await webcam.run();
  await webcam.stop.click();
  const lesson = await inTab(page, (tab) => new LessonPage(tab).open("/", {backend: "wasm"}));
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);

  await bring(models, [await file("vainf.pth", fixture("pytorch/vainf-v3plus-mobilenet.pth"))]);
  await expect(models.alert).toBeHidden();
  await expect(models.card("vainf")).toBeVisible();
  await bench.changes(() => bench.model.selectOption(id));
  await expect(bench.alert).toBeHidden();
  await expect(bench.classes.getByRole("listitem").first()).toBeVisible();
  await webcam.page.bringToFront();
  await webcam.select("Model").selectOption(id);
  await webcam.run();
  await expect(webcam.alert).toBeHidden();
  await lesson.changes(() => lesson.page.getByRole("combobox", {name: "Model"}).selectOption(id));
  await expect(lesson.alert).toBeHidden();
  await remove(models, "vainf");
  await remove(models, "before");
  await page.context().setOffline(false);
});

test("with storage full, a model is here as long as the page is open, and what is kept stays", async ({page}) => {
  const models = await new ModelsPage(page).open();
  await bring(models, [await file("kept.safetensors", NANO)]);
  const session = await page.context().newCDPSession(page);
  const {origin} = new URL(page.url());
  await session.send("Storage.overrideQuotaForOrigin", {origin, quotaSize: 2_500_000});
  await bring(models, [await file("wide.tflite", shared("models/deeplabv3_mnv2_pascal_quant.tflite"))]);
  await expect(models.alert).toContainText("This browser has no more room for this site");
  await expect(models.card("kept")).toBeVisible();
  const visitors = page.getByRole("article").filter({hasText: "Not kept: here as long as this page is open"});
  await expect(visitors).toHaveCount(1);

  const [tab] = await Promise.all([page.context().waitForEvent("page"), visitors.getByRole("link", {name: /^Workbench/}).click()]);
  const bench = new Workbench(tab);
  await bench.done();
  await expect(bench.alert).toBeHidden();
  await expect(bench.model).toHaveValue(/^blob:/);
  await expect(bench.classes.getByRole("listitem").first()).toBeVisible();
  await tab.close();

  await models.open();
  await expect(models.card("kept")).toBeVisible();
  await expect(visitors).toHaveCount(0);
});

test("where a browser keeps nothing at all, a model runs on the pages that the page of models opens", async ({page}) => {
  const forbid = () => {
    const forbidden = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    for (const name of ["localStorage", "sessionStorage", "indexedDB"])
      Object.defineProperty(globalThis, name, {get: forbidden, configurable: true});
    Object.defineProperty(navigator.storage, "getDirectory", {value: async () => forbidden(), configurable: true});
  };
  await page.context().addInitScript(forbid);
  // What is said to pages before they begin reaches no worker, whose parts are bundles like it.
  await page.context().route(/\/_app\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({response, body: `(${String(forbid)})();\n${await response.text()}`});
  });
  const models = await new ModelsPage(page).open();
  await expect(models.main).toContainText("what you add is here as long as this page is open");
  await bring(models, [await file("mine.safetensors", NANO)]);
  await expect(models.alert).toBeHidden();
  const link = models.card("mine").getByRole("link", {name: /^Workbench/});
  const [tab] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
  const bench = new Workbench(tab);
  await bench.done();
  await expect(bench.model).toHaveValue(/^blob:/);
  await expect(bench.alert).toBeHidden();
  await expect(bench.classes.getByRole("listitem").first()).toBeVisible();
});
