import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {expectAccessible} from "../accessible.js";
import {onOnePage} from "../one-page.js";
import {ByHand, VERSIONS} from "./network-by-hand.js";
import {NetworkPage} from "./network-page.js";

const whole = (value: number) => value.toLocaleString("en");
const giga = (value: number) => (value >= 1e9 ? `${(value / 1e9).toFixed(2)} G` : `${(value / 1e6).toFixed(1)} M`);

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
    await lesson.changes(() => lesson.box("backbone/block_02").click());
    // The block opens and its last layer, the sum, is chosen.
    await expect(page.getByRole("heading", {name: "backbone/block_02: sum"})).toBeVisible();

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
    const grid = page.getByRole("grid", {name: "Feature maps"});
    await expect(page.getByText("backbone/block_02/depthwise on your photo: 65 × 49 × 72.")).toBeVisible();
    await expect(grid.getByRole("gridcell").first()).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(grid).toBeHidden();
    await expect(lesson.box("backbone/block_02/depthwise")).toBeFocused();
    await expect(lesson.box("backbone/block_02/depthwise")).toHaveAttribute("aria-pressed", "true");

    // The block that opened fills the view; a second Escape shows all again.
    await page.keyboard.press("Escape");
    await lesson.changes(() => lesson.box("aspp/image_pooling").click());
    await expect(lesson.value("Receptive field")).toHaveText("whole image");
    const facts = page.getByRole("group", {name: "The chosen layer"});
    await expect(facts.getByRole("link", {name: "ASPP"})).toHaveAttribute("href", /aspp(\.html)?$/);
  });

  test("every box has a picture of its map, which follows the photo and the output stride", async () => {
    await lesson.fresh();
    const before = await lesson.pictures();
    expect(Object.values(before).filter((picture) => picture === null)).toEqual([]);
    expect(new Set(Object.values(before)).size).toBe(Object.keys(before).length);
    await lesson.changes(() => lesson.pick("Output stride", "8"));
    const after = await lesson.pictures();
    const same = Object.keys(before).filter((box) => after[box] === before[box]);
    // What stands before the last stride does not change with it.
    expect(same).toContain("backbone/block_02");
    expect(same).not.toContain("logits");
  });

  test("by keyboard from the network to what one value is made of, whose sum is what the tensor says; Back leads out, and the address in", async () => {
    await lesson.fresh();
    await lesson.box("aspp/atrous_1/pointwise").focus();
    await page.keyboard.press("ArrowLeft");
    await lesson.changes(() => page.keyboard.press("Enter"));
    await expect(lesson.place).toHaveText("atrous_1 depthwise, rate 12");
    await expect(page.getByRole("gridcell", {name: "Channel 0", exact: true})).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(lesson.place).toHaveText("channel 1");
    await expect(page.getByRole("application", {name: /^The channel; arrow keys move/})).toBeFocused();
    for (const key of ["ArrowUp", "ArrowUp", "ArrowLeft"]) await page.keyboard.press(key);
    const [row, column, value] = await Promise.all(["Row", "Column", "Value"].map((name) => lesson.value(name).innerText()));
    await lesson.changes(() => page.keyboard.press("Enter"));
    await expect(lesson.place).toHaveText(`cell (${row}, ${column})`);
    const said = async () => ({
      sum: parseFloat((await lesson.value("After the activation").innerText()).replace("−", "-")),
      tensor: await lesson.value("The tensor says").innerText()
    });
    const {sum, tensor} = await said();
    expect(Number(tensor).toFixed(5)).toBe(Number(value).toFixed(5));
    expect(sum).toBeCloseTo(Number(tensor), 5);
    expect(Number(await lesson.value("Difference").innerText())).toBeLessThan(1e-4);
    await expect(page.getByText(/^9 products of depthwise 3 × 3 at rate 12: 9 taps on its own channel/)).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`zoom=cell&channel=1&row=${row}&column=${column}`));
    await expectAccessible(page, "products", {part: ".zoom-stage"});

    await page.goBack();
    await expect(lesson.place).toHaveText("channel 1");
    await page.goBack();
    await expect(lesson.place).toHaveText("atrous_1 depthwise, rate 12");
    await page.goForward();
    await page.goForward();
    await expect(lesson.place).toHaveText(`cell (${row}, ${column})`);
    await page.reload();
    await lesson.done();
    await expect(lesson.place).toHaveText(`cell (${row}, ${column})`);
    expect(await said()).toEqual({sum, tensor});
  });

  test("a walk leads from the photo to one score, by keyboard; the address holds its stop, and Back leads to the one before", async () => {
    await lesson.fresh();
    const stop = page.getByRole("group", {name: "A walk through the network"}).getByRole("status");
    await page.getByRole("button", {name: "Walk through the network"}).focus();
    await lesson.changes(() => page.keyboard.press("Enter"));
    await expect(stop).toContainText("The photo 1 of 15");
    await expect(page.getByRole("gridcell", {name: "Channel 2", exact: true})).toBeVisible();
    for (let number = 2; number <= 4; number++) await page.keyboard.press("Enter");
    await expect(stop).toContainText("27 values under the kernel");
    await expect(page.getByText(/^27 products of convolution 3 × 3/)).toBeVisible();
    await expect(page).toHaveURL(/walk=4/);
    await page.goBack();
    await expect(stop).toContainText("One channel 3 of 15");
    // On to the end: what takes most of the photo besides background, taken apart, and softmax among all classes there.
    await lesson.changes(async () => {
      for (let number = 3; number < 15; number++) await page.getByRole("button", {name: "Next", exact: true}).click();
    });
    await expect(stop).toContainText(/One score 15 of 15.*Besides background, dog takes most of the picture: \d+\.\d % of the cells/);
    await expect(lesson.place).toHaveText(/^cell/);
    const softmax = page.getByRole("table", {name: "From scores to shares at this cell"});
    const chosen = softmax.getByRole("row", {name: "dog ◂ taken apart"});
    const numbers = (text: string) =>
      text
        .replaceAll("−", "-")
        .match(/-?\d+\.\d+/g)!
        .map(Number);
    const logits = (await softmax.locator("tbody tr td:nth-child(2)").allTextContents()).map((text) => numbers(text)[0]!);
    const [logit, , , share] = numbers(await chosen.innerText());
    expect(logit).toBe(Math.max(...logits));
    expect(parseFloat(await lesson.value("The tensor says").innerText())).toBeCloseTo(logit!, 3);
    expect(share).toBeCloseTo((100 * Math.exp(logit!)) / logits.reduce((sum, each) => sum + Math.exp(each), 0), 1);
    // The score of another class at the same cell.
    const cell = await lesson.place.innerText();
    await lesson.changes(() => softmax.getByRole("row").nth(2).getByRole("button").press("Enter"));
    await expect(lesson.place).toHaveText(cell);
    await expect(chosen).toHaveCount(0);
    expect(parseFloat(await lesson.value("The tensor says").innerText())).toBeCloseTo(logits.toSorted((a, b) => b - a)[1]!, 3);
    await page.getByRole("button", {name: "End the walk"}).click();
    await expect(page.getByRole("button", {name: "Walk through the network"})).toBeFocused();
    await expect(lesson.place).toHaveText("network");
  });

  test("every version has its layers; a head without weights says so", async () => {
    await lesson.fresh();
    for (const [version, layers, rate] of VERSIONS) {
      await lesson.pick("Version", version);
      await lesson.done();
      await expect(lesson.value("Layers")).toHaveText(String(layers));
      await expect(lesson.box("aspp/atrous_0")).toHaveAccessibleName(new RegExp(`rate ${rate}, 17 × 17 × ${layers < 70 ? 1024 : 256}$`));
      await expect(page.getByRole("group", {name: "About this version"}).getByRole("link")).toBeVisible();
    }
    await expectTotals(lesson, new ByHand(257, 16).v1());
    await expect(lesson.slider("Rate 1")).toBeHidden();
    const out = () => page.getByRole("navigation", {name: "Where you are in the network"}).getByRole("button", {name: "network"}).click();
    await lesson.changes(() => lesson.box("logits").click());
    await expect(page.getByText("v1's head is not trained here")).toBeVisible();
    await lesson.changes(out);
    await lesson.changes(() => lesson.box("backbone/conv").click());
    await expect(page.getByRole("gridcell", {name: "Channel 15", exact: true})).toBeVisible();
    await lesson.changes(out);
    await expect(page.getByRole("row", {name: /^v2 3, 6, 9, 12 no no 68/})).toBeAttached();
    await lesson.pick("Version", "v3+");
    await lesson.pick("Output stride", "8");
    await lesson.done();
    await expect(lesson.box("aspp/atrous_0")).toHaveAccessibleName(/rate 12, 33 × 33 × 256$/);
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
