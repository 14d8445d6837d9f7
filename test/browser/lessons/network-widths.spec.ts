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
