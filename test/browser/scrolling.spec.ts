/** A lesson under the reader's wheel: nothing moves under their eyes, and the page answers. */
import {expect, test} from "@playwright/test";
import type {Browser, Page} from "@playwright/test";
import {LESSONS} from "../../data/lessons.js";
import {drawFrames} from "./frames.js";
import {LessonPage} from "./lesson-page.js";

/** One whose figures are made as the reader comes near; with `LONG=1` all. */
const PATHS = process.env["LONG"] ? LESSONS.map(({path}) => path) : ["/decoder"];
/** Pixels a turn of the wheel, and frames between two. */
const TURN = 120;
const FRAMES = 3;
/** Milliseconds that no task of the main thread computes for: 50, with room for a slow machine where all tests must pass. */
const LONGEST = process.env["LONG"] ? 50 : 200;

/** Milliseconds that the longest task of a page's main thread computed: what the machine did for others meanwhile is not counted. */
async function longestTask(browser: Browser, page: Page, work: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, {categories: ["__metadata", "toplevel"]});
  await work();
  const {traceEvents} = JSON.parse((await browser.stopTracing()).toString()) as {traceEvents: TraceEvent[]};
  const threadOf = ({pid, tid}: TraceEvent) => `${pid} ${tid}`;
  const mains = new Set(traceEvents.filter(({name, args}) => name === "thread_name" && args?.name === "CrRendererMain").map(threadOf));
  const tasks = traceEvents.filter((event) => event.tdur !== undefined && mains.has(threadOf(event)));
  expect(tasks.length).toBeGreaterThan(0);
  return Math.max(...tasks.map(({tdur}) => tdur!)) / 1000;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of its thread's own time. */
  readonly tdur?: number;
  readonly args?: {readonly name?: string};
}

/** Brings words of the prose just above the line that is read, the last bit by the wheel, and expects that they set their figure. */
async function readTo(page: Page, name: string): Promise<void> {
  const words = page.getByRole("button", {name, exact: true});
  await expect(words).toHaveAttribute("aria-pressed", "false");
  await words.evaluate((found) => scrollBy(0, found.getBoundingClientRect().top - 0.45 * innerHeight - 20));
  await page.mouse.move(200, 450);
  await page.mouse.wheel(0, 30);
  await expect(words).toHaveAttribute("aria-pressed", "true");
}

for (const path of PATHS) {
  test(`${path} does not move while it is scrolled through, nor stops answering`, async ({page, browser}) => {
    const lesson = await new LessonPage(page).open(path);
    if (path === "/decoder") {
      await readTo(page, "put another photo’s in its place");
      await page.getByRole("button", {name: "as it was trained", exact: true}).click();
      await lesson.done();
      await page.evaluate(() => scrollTo(0, 0));
    }
    await page.evaluate(() => {
      const moved = {sum: 0};
      Object.assign(window, {moved});
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {readonly value: number})[]) moved.sum += entry.value;
      }).observe({type: "layout-shift"});
    });
    await page.mouse.move(640, 450);
    const longest = await longestTask(browser, page, async () => {
      const isAtEnd = () => page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1);
      while (!(await isAtEnd())) {
        await page.mouse.wheel(0, TURN);
        await drawFrames(page, FRAMES);
      }
      await lesson.done();
    });
    expect(await page.evaluate(() => (window as unknown as {moved: {sum: number}}).moved.sum)).toBeLessThan(0.05);
    expect(longest).toBeLessThan(LONGEST);
    lesson.expectNoProblem();
  });
}
