import {expect, test} from "@playwright/test";
import type {Locator, Page} from "@playwright/test";
import {crashGpu} from "./gpu.js";
import {Workbench} from "./workbench-page.js";

const FIFTY = 50;

const layers = (bench: Workbench): Locator => bench.page.getByRole("list", {name: "Layers"}).getByRole("button");
const grid = (bench: Workbench): Locator => bench.page.getByRole("grid", {name: "Feature maps"});

test("fifty layers opened in a row leave nothing behind", async ({page, context}) => {
  const bench = await new Workbench(page).open();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  const open = (index: number) => bench.changes(() => layers(bench).nth(index).click());

  /** What is held with the first layer open, after a run that counts the tensors anew. */
  async function held(): Promise<{tensors: string; elements: number; nodes: number; listeners: number}> {
    await open(0);
    await bench.changes(() => bench.outputStride.selectOption("32"));
    await bench.changes(() => bench.outputStride.selectOption("16"));
    await bench.done();
    await devtools.send("HeapProfiler.collectGarbage");
    const {metrics} = await devtools.send("Performance.getMetrics");
    const metric = (wanted: string) => metrics.find(({name}) => name === wanted)!.value;
    return {
      tensors: await page.locator(".facts div", {hasText: "Tensors held"}).locator("dd").innerText(),
      elements: await page.locator("*").count(),
      nodes: metric("Nodes"),
      listeners: metric("JSEventListeners")
    };
  }

  await open(1);
  const before = await held();
  await openInARow(page, FIFTY);
  await expect(layers(bench).nth(FIFTY)).toHaveAttribute("aria-current", "true");
  const after = await held();
  expect(after.tensors).toMatch(/^\d+ \(/);
  expect([after.tensors, after.elements]).toEqual([before.tensors, before.elements]);
  // Rows of the grid are kept to be used again, for maps of the last shapes; fifty layers' would be thousands.
  expect(after.nodes - before.nodes).toBeLessThan(500);
  expect(after.listeners - before.listeners).toBeLessThan(100);
  expect(bench.problems).toEqual([]);
});

// Emulated WebGL compiles every layer anew; what is lost within a run is tested with the lessons, and with the camera.
if (process.env["LONG"])
  test("a WebGL context that is lost between two layers is replaced, and the page says so", async ({page}) => {
    const bench = await new Workbench(page).open();
    await bench.small();
    await bench.changes(() => bench.backend.selectOption("webgl"));
    await bench.changes(() => layers(bench).filter({hasText: "block_05/expand"}).click());
    await crashGpu(page);
    await bench.changes(() => layers(bench).filter({hasText: "block_06/expand"}).click());
    await expect(page.getByRole("status")).toContainText("was lost on the way; it was started again");
    await expect(bench.alert).toBeHidden();
    await expect(grid(bench).getByRole("gridcell", {name: "Channel 5", exact: true})).toBeVisible();
    await bench.changes(() => bench.backend.selectOption("wasm"));
    await expect(page.getByRole("status")).not.toContainText("lost");
  });

/**
 * Opens the second layer of the list and those after it, each as soon as the one before stands. In the page: from here each would wait for
 * a poll.
 */
async function openInARow(page: Page, count: number): Promise<void> {
  await page.evaluate(async (last) => {
    const main = document.querySelector("main")!;
    for (let index = 1; index <= last; index++) {
      const before = main.dataset.run;
      document.querySelectorAll<HTMLButtonElement>('[aria-label="Layers"] button')[index]!.click();
      do await new Promise(requestAnimationFrame);
      while (main.dataset.run === before || main.getAttribute("aria-busy") !== "false");
    }
  }, count);
}
