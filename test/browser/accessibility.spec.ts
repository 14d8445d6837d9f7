import {createRequire} from "node:module";
import type axe from "axe-core";
import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
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
          expect(await violations(page)).toEqual([]);
        }
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(lesson.problems).toEqual([]);
      });
    }
  });
}

for (const [width, colorScheme] of [
  [390, "dark"],
  [1280, "light"]
] as const) {
  test(`no panel of the inspector has a violation above minor or scrolls sideways at ${width} px, ${colorScheme}`, async ({page}) => {
    await page.setViewportSize({width, height: 844});
    await page.emulateMedia({colorScheme});
    const query = {
      layer: "aspp/projection",
      channel: "3",
      pins: "logits:12",
      x: "400",
      y: "500",
      edit: "r100.100.300.300-c808080",
      "b-os": "8"
    };
    const bench = await new Workbench(page).open(query);
    await page.addScriptTag({path: AXE});
    for (const name of ["Maps", "Why here", "By class", "Change the photo", "Compare runs"]) {
      await page.getByRole("tab", {name}).click();
      await bench.done();
      expect(await violations(page, ".inspector"), name).toEqual([]);
      expect(await overflow(page), name).toBeLessThanOrEqual(0);
    }
    expect(bench.problems).toEqual([]);
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
    expect(
      [...reached].some((label) => label.includes(name)),
      `${name} among ${[...reached].join(" | ")}`
    ).toBe(true);
  }
  await bench.outputStride.focus();
  await bench.changes(() => page.keyboard.press("ArrowDown"));
  await expect(bench.outputStride).not.toHaveValue("16");
  expect(bench.problems).toEqual([]);
});

/** What axe finds in a part of the page that is more than minor. */
async function violations(page: Page, part?: string): Promise<string[]> {
  const {violations: found} = await page.evaluate(
    (selector) => (window as unknown as {axe: typeof axe}).axe.run(selector ?? document),
    part
  );
  return found.filter(({impact}) => impact !== "minor").map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(" ")}`);
}

/** By how many pixels the page is wider than the screen. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
