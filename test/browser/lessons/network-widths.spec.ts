import {test, expect} from "@playwright/test";
import {expectAccessible} from "../accessible.js";
import {NetworkPage} from "./network-page.js";

const QUICK = {model: "nano", size: "257"};

for (const [width, colorScheme, view] of [
  [390, "light", {os: "8", zoom: "cell", layer: "logits"}],
  [1280, "dark", {version: "v3+", detail: "layers", layer: "backbone/block_01/project"}]
] as const) {
  test.describe(`at ${width} px, ${colorScheme}`, () => {
    test.use({viewport: {width, height: 844}, colorScheme, reducedMotion: "reduce"});
    test("has no violation above minor and does not scroll sideways", async ({page}) => {
      const lesson = await new NetworkPage(page).open("/network", {...QUICK, ...view});
      await page.getByText("All layers as a table").click();
      await expectAccessible(page, `${width} px, ${colorScheme}`);
      expect(lesson.problems).toEqual([]);
    });
  });
}

test("the network and what is opened of it stand in one window, and Escape leads out from anywhere on the page", async ({page}) => {
  await page.setViewportSize({width: 1280, height: 800});
  const lesson = await new NetworkPage(page).open("/network", QUICK);
  const stage = page.locator(".zoom-stage");
  const isInWindow = () =>
    stage.evaluate((element) => {
      const {top, bottom} = element.getBoundingClientRect();
      return !element.classList.contains("zooming") && top >= 0 && bottom <= innerHeight;
    });
  await expect.poll(isInWindow).toBe(true);
  await lesson.changes(() => lesson.box("backbone/conv").click());
  await expect.poll(isInWindow).toBe(true);
  await page.getByRole("gridcell", {name: "Channel 2", exact: true}).click();
  await expect(lesson.place).toHaveText("channel 2");
  await expect.poll(isInWindow).toBe(true);
  await lesson.changes(() => stage.locator(".channel-level .cell-map").click());
  await expect(lesson.place).toHaveText(/^cell/);
  await expect.poll(isInWindow).toBe(true);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  for (const place of ["channel 2", "conv", "network"]) {
    await page.keyboard.press("Escape");
    await expect(lesson.place).toHaveText(place);
  }
  // What is opened from further down the page comes into sight.
  await expect.poll(isInWindow).toBe(true);
  await page.evaluate(() => scrollTo(0, document.querySelector(".zoom-stage")!.getBoundingClientRect().top + 100));
  await lesson.changes(() => lesson.box("logits").click());
  await expect.poll(isInWindow).toBe(true);
});
