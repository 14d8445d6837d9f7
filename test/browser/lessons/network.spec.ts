import {expect, test} from "@playwright/test";
import type {Locator, Page} from "@playwright/test";
import {expectAccessible} from "../accessible.js";
import {LessonPage} from "../lesson-page.js";
import {onOnePage} from "../one-page.js";
import {ByHand} from "./network-by-hand.js";

const whole = (value: number) => value.toLocaleString("en");
const giga = (value: number) => (value >= 1e9 ? `${(value / 1e9).toFixed(2)} G` : `${(value / 1e6).toFixed(1)} M`);

const QUICK = {model: "nano", size: "257"};

class NetworkPage extends LessonPage {
  readonly diagram: Locator;
  constructor(page: Page) {
    super(page);
    this.diagram = page.getByRole("group", {name: "The network", exact: true});
  }
  /** A box by the beginning of its name. */
  box(name: string): Locator {
    return this.diagram.locator(`[data-id][aria-label^="${name},"]`);
  }
  /** Takes the page back to its defaults, but for the input's size: small pictures, what is tested here does not depend on it. */
  async fresh(): Promise<void> {
    await this.page.getByRole("button", {name: "Reset this page"}).click();
    await this.pick("Input size", "257");
    await this.done();
  }
  firstMap(): Promise<string> {
    return this.page
      .getByRole("group", {name: "Feature maps"})
      .locator("canvas")
      .first()
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  }
}

async function expectTotals(lesson: NetworkPage, expected: ByHand): Promise<void> {
  await expect(lesson.value("Parameters")).toHaveText(whole(expected.parameters));
  await expect(lesson.value("Multiply-adds")).toHaveText(giga(expected.multiplyAdds));
  await expect(lesson.value("Layers")).toHaveText(String(expected.layers));
}

test.describe("the live network", () => {
  let page: Page;
  let lesson: NetworkPage;
  onOnePage((opened) => {
    page = opened;
    lesson = new NetworkPage(page);
    return lesson.open("/network", {model: "nano"});
  });

  test("totals and shapes follow output stride and input size", async () => {
    expect(new ByHand(513, 16).nano().parameters).toBe(861_589);
    await expectTotals(lesson, new ByHand(513, 16).nano());
    await expect(lesson.box("aspp/projection")).toHaveAccessibleName(/33 × 33 × 256$/);
    // Most is alive at the decoder's concatenation, at stride 4 whatever the output stride: 256 channels and 32 are read, 288 written, 4
    // bytes each.
    const mostAlive = (side: number) => `${((side * side * (256 + 32 + 288) * 4) / 1e6).toFixed(1)} MB`;
    await expect(lesson.value("Activation memory")).toHaveText(mostAlive(129));

    // The totals come from the plan; nothing here waits for the maps of the photo.
    await lesson.pick("Output stride", "8");
    await expectTotals(lesson, new ByHand(513, 8).nano());
    await expect(lesson.box("aspp/projection")).toHaveAccessibleName(/65 × 65 × 256$/);
    await expect(lesson.box("aspp/atrous_0")).toHaveAccessibleName(/rate 12, 65 × 65 × 96$/);
    await expect(lesson.box("aspp/atrous_2")).toHaveAccessibleName(/rate 36, /);
    await expect(lesson.value("Activation memory")).toHaveText(mostAlive(129));

    await lesson.pick("Output stride", "32");
    await expectTotals(lesson, new ByHand(513, 32).nano());
    await expect(lesson.box("aspp/projection")).toHaveAccessibleName(/17 × 17 × 256$/);

    await lesson.pick("Input size", "257");
    await expectTotals(lesson, new ByHand(257, 32).nano());
    await expect(lesson.value("Activation memory")).toHaveText(mostAlive(65));
  });

  test("the rate sliders reach the branches, from end to end", async () => {
    await lesson.fresh();
    for (const [slider, branch] of [
      ["Rate 1", "atrous_0"],
      ["Rate 3", "atrous_2"]
    ] as const) {
      for (const [key, rate] of [
        ["Home", 1],
        ["End", 24]
      ] as const) {
        await lesson.slider(slider).focus();
        await lesson.changes(() => page.keyboard.press(key));
        await expect(lesson.box(`aspp/${branch}`)).toHaveAccessibleName(
          rate === 1 ? `aspp/${branch}, 2 layers, 17 × 17 × 96` : `aspp/${branch}, 2 layers, rate 24, 17 × 17 × 96`
        );
      }
    }
    await lesson.slider("Rate 2").focus();
    await lesson.changes(() => page.keyboard.press("End"));
    await expect(lesson.box("aspp/atrous_1/depthwise")).toHaveAccessibleName(
      "aspp/atrous_1/depthwise, depthwise 3 × 3, stride 1, rate 24, 17 × 17 × 160"
    );
  });

  test("a layer is chosen by click and by keyboard, with its facts and maps", async () => {
    await lesson.fresh();
    const before = await lesson.firstMap();
    await lesson.changes(() => lesson.box("backbone/block_02").click());
    // The block opens and its last layer, the sum, is chosen.
    await expect(page.getByRole("heading", {name: "backbone/block_02: sum"})).toBeVisible();
    expect(await lesson.firstMap()).not.toBe(before);

    await expect(lesson.box("backbone/block_02")).toBeFocused();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect(lesson.box("backbone/block_02/depthwise")).toBeFocused();
    await lesson.changes(() => page.keyboard.press("Enter"));
    // 3, then 3 + 2*2, 7 + 2*2, 11 + 2*4 pixels.
    await expect(lesson.value("Receptive field")).toHaveText("19 pixels");
    await expect(lesson.value("Layer shape")).toHaveText("65 × 65 × 72");
    await expect(lesson.value("Layer parameters")).toHaveText("720");
    await expect(lesson.value("Layer multiply-adds")).toHaveText(giga(65 * 65 * 9 * 72));
    await expect(lesson.value("Share of multiply-adds")).toHaveText(
      `${((65 * 65 * 9 * 72 * 100) / new ByHand(257, 16).nano().multiplyAdds).toFixed(1)} %`
    );
    await expect(lesson.box("backbone/block_02/depthwise")).toHaveAttribute("aria-pressed", "true");

    await lesson.changes(() => lesson.box("aspp/image_pooling").click());
    await expect(lesson.value("Receptive field")).toHaveText("whole image");
  });

  test("channels are paged and chosen", async () => {
    await lesson.fresh();
    await expect(lesson.value("Channels shown")).toHaveText("0–23 of 96");
    const first = await lesson.firstMap();
    for (let turns = 0; turns < 3; turns++) await page.getByRole("button", {name: "Next channels"}).click();
    await expect(lesson.value("Channels shown")).toHaveText("72–95 of 96");
    await expect(page.getByRole("button", {name: "Next channels"})).toBeDisabled();
    expect(await lesson.firstMap()).not.toBe(first);
    await page.getByRole("button", {name: "Channel 80", exact: true}).click();
    await expect(lesson.value("Chosen channel")).toHaveText("80");
  });

  test("every version has its layers; a head without weights says so", async () => {
    await lesson.fresh();
    await lesson.pick("Output stride", "8");
    // The backbone's 61 and the head's.
    for (const [version, layers, rate] of [
      ["v1", 64, 12],
      ["v2", 68, 6],
      ["v3", 71, 12],
      ["v3+", 81, 12]
    ] as const) {
      await lesson.changes(() => lesson.pick("Version", version));
      await expect(lesson.value("Layers")).toHaveText(String(layers));
      await expect(lesson.box("aspp/atrous_0")).toHaveAccessibleName(new RegExp(`rate ${rate}, 33 × 33 × ${layers < 70 ? 1024 : 256}$`));
      await expect(page.getByText(`${version}’s head is not trained here`)).toBeVisible();
      await expect(page.getByRole("group", {name: "About this version"}).getByRole("link")).toBeVisible();
    }
    await lesson.changes(() => lesson.pick("Version", "v1"));
    await expectTotals(lesson, new ByHand(257, 8).v1());
    await expect(lesson.slider("Rate 1")).toBeHidden();
    await lesson.changes(() => lesson.box("backbone/conv").click());
    await expect(page.getByRole("group", {name: "Feature maps"}).locator("canvas")).toHaveCount(16);
    await expect(page.getByRole("row", {name: /^v2 6, 12, 18, 24 no no 68/})).toBeAttached();
  });

  test("v1's CRF runs on the model's scores: what it changes grows with its iterations, from nothing on", async () => {
    await lesson.fresh();
    const figure = page.getByRole("figure", {name: "What the CRF did"});
    await expect(figure.getByText("Choose v1 or v2 as the version")).toBeVisible();
    await expect(figure.locator("canvas").first()).toBeHidden();
    await lesson.changes(() => lesson.pick("Version", "v1"));
    await expect(figure).toContainText("17 × 13 cells");
    await expect(figure.getByRole("heading", {name: "After 10 iterations"})).toBeVisible();
    const changed = async () => parseFloat(await lesson.value("Pixels changed by the CRF").innerText());
    const atLast = await changed();
    await lesson.slider("CRF iterations").focus();
    await page.keyboard.press("Home");
    await expect(figure.getByRole("heading", {name: "After 0 iterations"})).toBeVisible();
    expect(await changed()).toBe(0);
    await page.keyboard.press("ArrowRight");
    await expect(figure.getByRole("heading", {name: "After 1 iteration"})).toBeVisible();
    expect(await changed()).toBeGreaterThan(0);
    expect(await changed()).toBeLessThan(atLast);
  });

  test("the diagram zooms by its buttons and leaves the wheel to the page", async () => {
    await lesson.fresh();
    const chosen = lesson.box("aspp/atrous_1/pointwise").locator(".network-body");
    const width = async () => (await chosen.boundingBox())!.width;
    const start = await width();
    await lesson.diagram.hover();
    await page.mouse.wheel(0, 120);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
    expect(await width()).toBeCloseTo(start, 1);
    await page.getByRole("button", {name: "Zoom in"}).click();
    await expect.poll(width).toBeGreaterThan(start * 1.4);
    await page.getByRole("button", {name: "Zoom out"}).click();
    await page.getByRole("button", {name: "Zoom out"}).click();
    await expect.poll(width).toBeLessThan(start * 0.9);
    await page.getByRole("button", {name: "Fit"}).click();
    await expect.poll(width).toBeCloseTo(start, 1);
  });

  test("layers open in the diagram and stand in the table, whose sums are the totals", async () => {
    await lesson.fresh();
    await lesson.pick("Detail", "layers");
    const expected = new ByHand(257, 16).nano();
    // The input is a box, and no layer.
    await expect(lesson.diagram.locator("[data-id]")).toHaveCount(expected.layers + 1);
    await page.getByText("All layers as a table").click();
    const rows = page.getByRole("group", {name: "All layers", exact: true}).locator("tbody tr");
    await expect(rows).toHaveCount(expected.layers + 1);
    const sums = await rows.evaluateAll((list) =>
      [6, 7].map((column) => list.reduce((sum, row) => sum + Number(row.children[column]!.textContent!.replaceAll(",", "")), 0))
    );
    expect(sums).toEqual([expected.parameters, expected.multiplyAdds]);
  });

  test("what the reader tries is answered by the live network", async () => {
    await lesson.fresh();
    const answers = page.getByRole("region", {name: "Try this"}).locator(".try-answer");
    await expect(answers).toHaveText(["", "", ""]);
    await lesson.changes(() => lesson.pick("Output stride", "8"));
    const factor = new ByHand(257, 8).nano().multiplyAdds / new ByHand(257, 16).nano().multiplyAdds;
    await expect(answers.first()).toContainText("predict first");
    const attempt = page.getByRole("region", {name: "Try this"}).getByRole("listitem").first();
    await lesson.predict(attempt, "parameters", `You predicted parameters; the figure shows multiply-adds. ${factor.toFixed(1)} times`);
    await lesson.changes(() => page.getByRole("button", {name: "The skip"}).click());
    await expect(page.getByRole("heading", {name: /^decoder\/low_level/})).toBeVisible();
    await expect(page.getByText("four times as fine")).toBeVisible();
  });
});

for (const [width, colorScheme, view] of [
  [390, "light", {os: "8"}],
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
