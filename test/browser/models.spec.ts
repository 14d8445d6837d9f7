import {readFile} from "node:fs/promises";
import path from "node:path";
import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {MODEL_PROTO} from "../../src/formats/onnx-schema.js";
import {readModel} from "../../src/importers/model-file.js";
import {registeredModel} from "../../data/models/registry.js";
import {expectAccessible, expectAccessibleEverywhere} from "./accessible.js";
import {hasShared, shared} from "../shared.js";
import {ModelsPage} from "./models-page.js";
import {onOnePage} from "./one-page.js";
import {Workbench} from "./workbench-page.js";

const NANO = path.resolve(import.meta.dirname, "../../data/models/nano.safetensors");
/** A state dict does not tell how photos were prepared. */
const THEIRS = path.resolve(import.meta.dirname, "../fixtures/pytorch/vainf-v3plus-mobilenet.pth");
const id = `sha256-${registeredModel("nano").sha256.slice(0, 12)}`;

let page: Page;
let models: ModelsPage;

onOnePage(async (opened) => {
  page = opened;
  models = await new ModelsPage(page).open();
  return models;
});

test("a dropped model file is kept, its card says what it is, and its classes can be looked for", async () => {
  await models.drop("my net.safetensors", await readFile(NANO));
  const card = models.card("my net");
  await expect(card.getByRole("heading", {name: "my net"})).toBeFocused();
  await expect(card).toContainText("MobileNetV2, width 0.5");
  await expect(card).toContainText(registeredModel("nano").sha256);
  await page.getByRole("searchbox", {name: "Find a class"}).fill("sofa");
  await expect(card.getByRole("list", {name: "Classes of my net"}).getByRole("listitem")).toHaveText(["18sofa"]);
  await page.getByRole("searchbox", {name: "Find a class"}).fill("");
});

test("its time is measured when that is asked for", async () => {
  const card = models.card("my net");
  await expect(card).not.toContainText(/\d ms/);
  await models.changes(() => card.getByRole("button", {name: "Measure the time of my net"}).click());
  await expect(card).toContainText(/\d ms \((one run|median of \d runs) on \w+/);
});

/** What a click downloads. */
async function downloaded(button: string): Promise<{name: string; bytes: Uint8Array}> {
  const [download] = await Promise.all([page.waitForEvent("download"), models.card("ours").getByRole("button", {name: button}).click()]);
  return {name: download.suggestedFilename(), bytes: await readFile((await download.path())!)};
}

test("it is renamed, and downloaded under that name, as ONNX too", async () => {
  await models.card("my net").getByRole("button", {name: "Rename my net"}).click();
  await page.getByRole("textbox", {name: "New name of my net"}).fill("ours");
  await models.changes(() => page.keyboard.press("Enter"));
  const ours = await downloaded("Download ours as safetensors");
  expect(ours.name).toBe("ours.safetensors");
  expect(readModel(ours.bytes).card.name).toBe("ours");
  const onnx = await downloaded("Download as ONNX: ours");
  expect(onnx.name).toBe("ours.onnx");
  expect(MODEL_PROTO.toObject(MODEL_PROTO.decode(onnx.bytes))).toMatchObject({graph: {name: "ours", input: [{name: "image"}]}});
});

test("the workbench uses it by its hash, and says so where a hash is not there", async () => {
  const bench = await new Workbench(page).open({model: id});
  await expect(bench.model).toHaveValue(id);
  await expect(bench.alert).toBeHidden();
  expect([...(await bench.legend()).keys()].length).toBeGreaterThan(1);
  await bench.open({model: "sha256-0123456789ab"});
  await expect(bench.alert).toContainText("(sha256-0123456789ab) that is not kept in this browser");
  await expect(bench.model).not.toHaveValue(id);
  await models.open();
});

test("a TFLite file as its maker released it is imported with its licence, its labels can be others", async () => {
  test.skip(!hasShared, "needs DEEPLAB_SHARED");
  await models.changes(() => page.getByLabel("Model files").setInputFiles(shared("models/deeplabv3_257_mv_gpu.tflite")));
  const {title} = registeredModel("mobilenetv2-050-pascal");
  await expect(models.card(title)).toContainText("Apache-2.0");
  await models.changes(() => models.card(title).getByRole("combobox", {name: "Labels"}).selectOption({label: "Numbers (21)"}));
  await expect(models.card(title).getByRole("list", {name: `Classes of ${title}`, includeHidden: true})).toContainText("class 20");
});

test("what a file does not tell is asked once, its masks side by side; the answer is kept with the model, and not asked again", async () => {
  const drop = async () => models.drop("their net.pth", await readFile(THEIRS));
  await drop();
  const card = models.card("their net");
  await expect(card).toContainText("ImageNet's mean and deviation");
  await models.changes(() => card.getByRole("button", {name: "Compare on a photo: their net"}).click());
  const compared = card.getByRole("region", {name: "their net, with photos prepared in each way"});
  const pictures = await compared
    .getByRole("img", {name: /^Mask with/})
    .evaluateAll((masks) => masks.map((mask) => mask.querySelector("canvas")!.toDataURL()));
  expect([pictures.length, new Set(pictures).size]).toEqual([3, 3]);
  await expectAccessible(page, "compared", {part: "article:has(.comparison)"});
  await models.changes(() => compared.getByRole("button", {name: "Use this one: x / 127.5 − 1"}).click());
  await expect(card.getByRole("heading", {name: "their net"})).toBeFocused();
  await expect(card.getByText("Answered: x / 127.5 − 1; rates 6, 12, 18; output stride 16")).toBeVisible();
  await drop();
  await expect(card).toHaveCount(1);
  await expect(card.getByText(/^Answered: x/)).toBeVisible();
});

test("its classes can have names that the reader writes, as many as there are", async () => {
  const card = models.card("their net");
  await card.getByText("Names of your own").click();
  const names = card.getByRole("textbox", {name: "Names of the 4 classes of their net, one a line"});
  await names.fill("sky\nroad\ntree");
  await card.getByRole("button", {name: "Keep these names for their net"}).click();
  await expect(names).toBeFocused();
  await expect(names).toHaveAccessibleDescription("There are 4 classes, and these are 3 names: write one a line.");
  await names.fill("sky\nroad\ntree\ncar");
  await models.changes(() => card.getByRole("button", {name: "Keep these names for their net"}).click());
  await expect(card.getByRole("list", {name: "Classes of their net", includeHidden: true})).toContainText("tree");
});

test("nothing on the page is a violation above minor or scrolls sideways, light or dark, on a phone or a desktop", async () => {
  await expectAccessibleEverywhere(page);
});

test("what is no model is a sentence, and what is kept stays", async () => {
  await page.getByLabel("Model files").setInputFiles({name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("hello")});
  await expect(models.alert).toContainText("No model begins in what was given. Give a DeepLab");
  await models.alert.getByRole("button", {name: "Dismiss"}).click();
  await expect(models.card("ours")).toBeVisible();
});

test("it is deleted once that is asked for twice", async () => {
  const card = models.card("ours");
  await card.getByRole("button", {name: "Delete ours"}).click();
  await expect(card.getByRole("button", {name: "Keep it"})).toBeFocused();
  await models.changes(() => card.getByRole("button", {name: "Delete it"}).click());
  await expect(card).toBeHidden();
  await expect(page.getByRole("heading", {name: "Kept in this browser"})).toBeFocused();
});
