import {createRequire} from "node:module";
import type axe from "axe-core";
import {expect, test} from "@playwright/test";
import {LESSONS} from "../../data/lessons.js";
import {LessonPage} from "./lesson-page.js";
import {Workbench} from "./workbench-page.js";

const AXE = createRequire(import.meta.url).resolve("axe-core");

for (const width of [390, 1280]) {
  test.describe(`at ${width} px`, () => {
    test.use({viewport: {width, height: 844}});

    for (const path of [...LESSONS.map((lesson) => lesson.path), "/workbench", "/webcam"]) {
      test(`${path} has no violation above minor, light or dark, and does not scroll sideways`, async ({page}) => {
        const lesson = await new LessonPage(page).open(path, {model: "nano", size: "257"});
        // What plays is looked at while it plays.
        if (path === "/webcam") await lesson.changes(() => page.getByRole("button", {name: "Start", exact: true}).click());
        await page.addScriptTag({path: AXE});
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({colorScheme});
          const {violations} = await page.evaluate(() => (window as unknown as {axe: typeof axe}).axe.run());
          const serious = violations.filter(({impact}) => impact !== "minor");
          expect(serious.map(({id, nodes}) => `${colorScheme}, ${id}: ${nodes.map(({html}) => html).join(" ")}`)).toEqual([]);
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        expect(lesson.problems).toEqual([]);
      });
    }
  });
}

test("the workbench can be used by keyboard alone", async ({page}) => {
  const bench = await new Workbench(page).open();
  const reached = new Set<string>();
  await page.keyboard.press("Tab");
  for (let i = 0; i < 80; i++) {
    reached.add(
      await page.evaluate(() => {
        const element = document.activeElement!;
        const labelled = element as HTMLInputElement;
        return labelled.labels?.[0]?.textContent?.trim() || element.getAttribute("aria-label") || element.textContent!.trim();
      })
    );
    await page.keyboard.press("Tab");
  }
  for (const name of ["Image file", "Model", "Backend", "Output stride", "Input size", "Overlay opacity", "View", "Segmentation"]) {
    expect([...reached].some((label) => label.includes(name)), `${name} among ${[...reached].join(" | ")}`).toBe(true);
  }
  await bench.outputStride.focus();
  await bench.changes(() => page.keyboard.press("ArrowDown"));
  await expect(bench.outputStride).not.toHaveValue("16");
  expect(bench.problems).toEqual([]);
});
