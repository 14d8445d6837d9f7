/** Labels drawn with each tool, by mouse, keys, finger and pen; kept, restored and saved. */
import {readFile} from "node:fs/promises";
import {expect, test} from "@playwright/test";
import {maskOf, wholeSplit} from "../../src/datasets/dataset.js";
import {openDataset} from "../../src/datasets/open.js";
import {filesOfZip} from "../../src/formats/zip-files.js";
import {LabelPage} from "./label-page.js";
import {onOnePage} from "./one-page.js";

let label: LabelPage;
onOnePage(async (page) => (label = await new LabelPage(page).open({model: "nano", backend: "wasm"})));

/** Draws with every tool but the brush, and takes it back. */
async function everyTool(by: "drawByFinger" | "drawByPen"): Promise<void> {
  const {page} = label;
  await page.getByRole("radio", {name: "grass"}).check({force: true});
  await label.tool("Polygon");
  const corners = [
    [0.3, 0.7],
    [0.7, 0.7],
    [0.7, 0.9],
    [0.3, 0.9]
  ] as const;
  for (const corner of corners) await label[by](corner);
  expect(await label.classAt(0.5, 0.8)).toBe("undecided");
  // On the first corner again: the outline is closed.
  await label[by](corners[0]);
  expect(await label.classAt(0.5, 0.8)).toBe("grass");
  await label.tool("Eraser");
  await label[by]([0.4, 0.8], [0.6, 0.8]);
  expect(await label.classAt(0.5, 0.8)).toBe("undecided");
  expect(await label.classAt(0.35, 0.75)).toBe("grass");
  await page.getByRole("radio", {name: "background"}).check({force: true});
  await label.tool("Fill");
  await label[by]([0.5, 0.1]);
  expect(await label.classAt(0.6, 0.3)).toBe("background");
  expect(await label.classAt(0.35, 0.75)).toBe("grass");
  for (let strokes = 0; strokes < 3; strokes++) await label.undo.click();
  expect(await label.classAt(0.35, 0.75)).toBe("undecided");
}

test("brush and eraser draw by mouse, are undone and redone, and all is there after a reload", async () => {
  await label.addClass("dog");
  expect(await label.classAt(0.5, 0.5)).toBe("undecided");
  await label.draw([0.4, 0.5], [0.6, 0.5]);
  expect(await label.classAt(0.5, 0.5)).toBe("dog");
  // Its name stands on it, and goes with it.
  await label.page.getByRole("checkbox", {name: "Names on the regions"}).check();
  const named = label.surface.locator(".mask-names span");
  await expect(named).toHaveText(["dog"]);
  await label.undo.click();
  await expect(named).toHaveCount(0);
  await label.redo.click();
  await label.page.getByRole("checkbox", {name: "Names on the regions"}).uncheck();
  await expect(named).toHaveCount(0);
  await label.tool("Eraser");
  await label.draw([0.55, 0.4], [0.55, 0.6]);
  expect(await label.classAt(0.55, 0.5)).toBe("undecided");
  await label.undo.click();
  expect(await label.classAt(0.55, 0.5)).toBe("dog");
  await label.redo.click();
  await label.kept();
  // The page is gone in the middle of a stroke.
  await label.page.mouse.move(...(await label.at(0.4, 0.2)));
  await label.page.mouse.down();
  await label.page.mouse.move(...(await label.at(0.6, 0.2)));
  await label.page.reload();
  await label.page.mouse.up();
  await label.shown();
  expect(await label.classAt(0.5, 0.2)).toBe("undecided");
  expect(await label.classAt(0.55, 0.5)).toBe("undecided");
  expect(await label.classAt(0.45, 0.5)).toBe("dog");
  await expect(label.page.getByRole("radio", {name: "dog"})).toBeChecked();
  const small = label.page.getByRole("group", {name: "Photos of the project"}).locator("canvas").first();
  const colours = () =>
    small.evaluate((canvas: HTMLCanvasElement) => new Set(canvas.getContext("2d")!.getImageData(0, 0, 144, 108).data).size);
  await expect.poll(colours, "the photo in small").toBeGreaterThan(100);
});

test("keys choose, go and draw", async () => {
  const {page, surface} = label;
  await label.addClass("grass");
  await surface.click({position: {x: 200, y: 40}, trial: true});
  await surface.focus();
  await page.mouse.move(...(await label.at(0.3, 0.2)));
  await page.keyboard.press("b");
  await page.keyboard.down(" ");
  for (let step = 0; step < 4; step++) await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.up(" ");
  await expect(label.readout).toHaveText(/: grass$/);
  expect(await label.classAt(0.31, 0.2)).toBe("grass");
  await page.keyboard.press("Control+z");
  expect(await label.classAt(0.31, 0.2)).toBe("undecided");
  await page.keyboard.press("1");
  await expect(page.getByRole("radio", {name: "background"})).toBeChecked();
});

test("a polygon is filled, a fill stops at other labels, and what is taken back leaves nothing", async () => {
  const {page} = label;
  await page.getByRole("radio", {name: "grass"}).check({force: true});
  await label.tool("Polygon");
  for (const [x, y] of [
    [0.3, 0.7],
    [0.7, 0.7],
    [0.7, 0.9],
    [0.3, 0.9]
  ] as const)
    await page.mouse.click(...(await label.at(x, y)));
  expect(await label.classAt(0.5, 0.8)).toBe("undecided");
  await page.keyboard.press("Enter");
  expect(await label.classAt(0.5, 0.8)).toBe("grass");
  await page.getByRole("radio", {name: "background"}).check({force: true});
  await label.tool("Fill");
  await page.mouse.click(...(await label.at(0.5, 0.1)));
  expect(await label.classAt(0.6, 0.3)).toBe("background");
  expect(await label.classAt(0.5, 0.8)).toBe("grass");
  await label.undo.click();
  await label.undo.click();
  expect(await label.classAt(0.5, 0.8)).toBe("undecided");
});

test("a finger fills polygons, erases and fills as the mouse does", () => everyTool("drawByFinger"));

test("one finger and a pen draw; a second finger takes the stroke back and grows the photo; with a pen, fingers only move it", async () => {
  const {page} = label;
  await page.getByRole("radio", {name: "grass"}).check({force: true});
  await label.tool("Brush");
  await label.drawByFinger([0.4, 0.85], [0.6, 0.85]);
  expect(await label.classAt(0.5, 0.85)).toBe("grass");
  await label.undo.click();

  await label.fingers("touchStart", [0.45, 0.2]);
  await label.fingers("touchMove", [0.5, 0.2]);
  await label.fingers("touchStart", [0.5, 0.2], [0.55, 0.2]);
  await label.fingers("touchMove", [0.4, 0.2], [0.65, 0.2]);
  await label.fingers("touchEnd");
  expect(await label.classAt(0.5, 0.2)).toBe("undecided");
  const grown = await label.readout.textContent();
  await page.getByRole("button", {name: "Show the whole photo"}).click();
  expect(await label.classAt(0.5, 0.2)).toBe("undecided");
  // The same place of the screen is another of the photo.
  expect(await label.readout.textContent()).not.toBe(grown);

  await label.drawByPen([0.4, 0.9], [0.6, 0.9]);
  expect(await label.classAt(0.5, 0.9)).toBe("grass");
  await label.drawByFinger([0.4, 0.2], [0.6, 0.2]);
  expect(await label.classAt(0.5, 0.2)).toBe("undecided");
  await label.kept();
});

test("so does a pen", () => everyTool("drawByPen"));

test("a model's labels fill what is undecided, another photo takes those of the one before, and the saved zip holds both", async () => {
  const {page} = label;
  await label.changes(() => page.getByRole("button", {name: "The model's labels"}).click());
  expect(await label.classAt(0.5, 0.9)).toBe("grass");
  expect(await label.classAt(0.3, 0.1)).toBe("background");
  await label.changes(() => page.getByRole("button", {name: "Snap to edges"}).click());
  await label.changes(() => page.getByRole("combobox", {name: "Add a sample"}).selectOption({index: 2}));
  expect(await label.classAt(0.5, 0.9)).toBe("undecided");
  await label.changes(() => page.getByRole("button", {name: "The previous photo's labels"}).click());
  expect(await label.classAt(0.5, 0.9)).toBe("grass");
  await label.kept();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", {name: "VOC zip"}).click();
  const {files} = await filesOfZip(await readFile(await (await saved).path()), () => true);
  const dataset = await openDataset({paths: [...files.keys()], read: (path) => Promise.resolve(files.get(path)!)});
  const split = await wholeSplit(dataset, "train");
  const masks = await Promise.all(split.items.map(maskOf));
  const names = new TextDecoder().decode(files.get("labels.txt")).trim().split("\n");
  expect(names.slice(0, 3)).toEqual(["background", "dog", "grass"]);
  for (const {width, height, ids} of masks) {
    expect(ids.length).toBe(width * height);
    expect([...new Set(ids)].every((id) => id < names.length)).toBe(true);
    // In the middle of the lower part, where the pen went.
    expect(names[ids[Math.floor(height * 0.9) * width + Math.floor(width / 2)]!]).toBe("grass");
  }
  expect(masks).toHaveLength(2);
});

test("a project that is deleted is gone from the list, and the one before is open again", async () => {
  const {page} = label;
  const projects = page.getByRole("combobox", {name: "Project", includeHidden: true});
  await page.getByRole("button", {name: "New project"}).click();
  await label.changes(() => page.getByRole("combobox", {name: "Add a sample"}).selectOption({index: 1}));
  await expect(projects.locator("option")).toHaveCount(2);
  await page.getByRole("button", {name: "Delete project"}).click();
  await label.changes(() => page.getByRole("button", {name: "Delete “My labels 2” with all its labels"}).click());
  await expect(page.getByLabel("Title")).toHaveValue("My labels");
  await expect(projects).toBeHidden();
  await expect(projects.locator("option")).toHaveCount(1);
});
