import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {LESSONS, isLesson} from "../../data/lessons.js";
import {expectAccessible, expectAccessibleEverywhere} from "./accessible.js";
import {LessonPage} from "./lesson-page.js";
import {Workbench} from "./workbench-page.js";

/** Lessons that run no network: `size` is another thing there. */
const WITHOUT_NETWORK = ["/atrous", "/separable", "/residual"];

for (const path of [...LESSONS.map((lesson) => lesson.path), "/workbench", "/webcam", "/label", "/notebook"]) {
  test(`${path} has no violation above minor, light or dark, and does not scroll sideways, at any width`, async ({page}) => {
    await page.setViewportSize({width: 390, height: 844});
    const lesson = await new LessonPage(page).open(path, WITHOUT_NETWORK.includes(path) ? {} : {model: "nano", size: "257"});
    if (isLesson(path)) await expectFigureFirst(page);
    // What plays is looked at while it plays.
    if (path === "/webcam") await lesson.changes(() => page.getByRole("button", {name: "Start", exact: true}).click());
    await expectAccessibleEverywhere(page);
    expect(lesson.problems).toEqual([]);
  });
}

test("neither the list of words nor the page for what is not there has a violation above minor, or scrolls sideways", async ({page}) => {
  await page.emulateMedia({colorScheme: "dark"});
  for (const path of ["/glossary", "/404.html"]) {
    await page.setViewportSize({width: 390, height: 844});
    await page.goto(path);
    await expectAccessible(page, `${path}, 390 px, dark`);
  }
});

/** Pages that are reached by keyboard alone, as far as a pointer reaches. */
const BY_KEYBOARD = process.env["LONG"]
  ? [...LESSONS.map((lesson) => lesson.path), "/workbench", "/webcam", "/label", "/notebook", "/models", "/train", "/evaluate", "/glossary"]
  : [];

for (const path of BY_KEYBOARD) {
  test(`Tab leads through all that can be pressed on ${path}, from the first to the last and out of it`, async ({page}) => {
    const lesson = new LessonPage(page);
    // What computes nothing is never marked as done.
    if (path === "/glossary") await page.goto(path);
    else await lesson.open(path, path === "/notebook" ? {notebook: "exercise"} : {});
    const expected = await page.evaluate(() => {
      const all = [
        ...document.querySelectorAll<HTMLElement>(
          "a[href], button, input, select, textarea, summary, [tabindex='0'], [contenteditable='true']"
        )
      ];
      const reached = all.filter((element) => {
        if (!element.checkVisibility({visibilityProperty: true}) || element.closest("[inert]")) return false;
        if (element.tabIndex < 0 || (element as HTMLInputElement).disabled) return false;
        // Of a group of radio buttons one is reached, and the others from it.
        const {type, name, checked} = element as HTMLInputElement;
        if (type !== "radio") return true;
        const group = all.filter((other) => (other as HTMLInputElement).type === "radio" && (other as HTMLInputElement).name === name);
        return group.some((other) => (other as HTMLInputElement).checked) ? checked : group[0] === element;
      });
      reached.forEach((element, index) => (element.dataset["place"] = String(index)));
      return reached.map(
        (element, index) => `${index} ${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent!.trim().slice(0, 40)}`
      );
    });
    const places: string[] = [];
    for (let press = 0; press < 2 * expected.length; press++) {
      await page.keyboard.press("Tab");
      const place = await page.evaluate(() => {
        const {activeElement} = document;
        return activeElement === document.body ? null : ((activeElement as HTMLElement).dataset["place"] ?? "");
      });
      if (place === null && places.length > 0) break;
      if (place !== null) places.push(place);
    }
    const missed = expected.filter((_, index) => !places.includes(String(index)));
    expect(missed).toEqual([]);
    lesson.expectNoProblem();
  });
}

/** Expects that the first figure begins within a phone's first screen, and that next to nothing moved while the page loaded. */
async function expectFigureFirst(page: Page): Promise<void> {
  const {top, moved} = await page.evaluate(async () => {
    const shifts: PerformanceEntry[] = [];
    await new Promise<void>((resolve) => {
      new PerformanceObserver((list) => resolve(void shifts.push(...list.getEntries()))).observe({type: "layout-shift", buffered: true});
      setTimeout(resolve, 200);
    });
    const figure = document.querySelector("main :is(.lesson-figure, .first-mask)")!;
    return {
      top: figure.getBoundingClientRect().top + scrollY,
      moved: shifts.reduce((sum, entry) => sum + (entry as PerformanceEntry & {readonly value: number}).value, 0)
    };
  });
  expect(top).toBeLessThan(500);
  expect(moved).toBeLessThan(0.05);

  // On its side a phone shows it beside the words.
  const upright = page.viewportSize()!;
  await page.setViewportSize({width: upright.height, height: upright.width});
  const lying = await page.evaluate(() => {
    const figure = document.querySelector("main .lesson-row:not(.broad-row) :is(.lesson-figure, .first-mask)")!;
    const words = figure.closest(".lesson-row")!.querySelector(".lesson-words")!;
    return {
      isBeside: figure.getBoundingClientRect().left >= words.getBoundingClientRect().right,
      isWide: document.documentElement.scrollWidth > innerWidth
    };
  });
  expect(lying).toEqual({isBeside: true, isWide: false});
  await page.setViewportSize(upright);
}

/** A desktop in the light takes as long again. */
const LOOKS = [{width: 390, colorScheme: "dark"} as const, ...(process.env["LONG"] ? [{width: 1280, colorScheme: "light"} as const] : [])];

test("no panel of the inspector has a violation above minor or scrolls sideways, on a phone in the dark or a desktop in the light", async ({
  page
}) => {
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
  for (const name of ["Maps", "Why here", "By class", "Change the photo", "Compare runs"]) {
    await page.getByRole("tab", {name}).click();
    await bench.done();
    for (const {width, colorScheme} of LOOKS) {
      await page.setViewportSize({width, height: 844});
      await page.emulateMedia({colorScheme});
      await expectAccessible(page, `${name}, ${width} px, ${colorScheme}`, {part: ".inspector"});
    }
  }
  expect(bench.problems).toEqual([]);
});

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
  // What a page's policy forbids is such a problem: here another host, and a script that the build did not put there. So is what it allows
  // and nothing here does: to send something, be it to the site's own host.
  await page.evaluate(async () => {
    await fetch("https://elsewhere.example/").catch(() => {});
    await fetch("./", {method: "POST", body: "photo"});
    document.body.append(Object.assign(document.createElement("script"), {textContent: "globalThis.ranAnyway = true"}));
  });
  await expect.poll(() => bench.problems.filter((problem) => /Content Security Policy/.test(problem)).length).toBeGreaterThanOrEqual(2);
  expect(await page.evaluate(() => "ranAnyway" in globalThis)).toBe(false);
  expect(bench.problems).toContainEqual(expect.stringMatching(/^POST fetch .*: no GET, a body of 5 bytes$/));
});
