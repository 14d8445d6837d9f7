import {expect, test} from "@playwright/test";
import {segmentInNode} from "./reference.js";
import {PHOTO, Workbench} from "./workbench-page.js";

let bench: Workbench;
test.beforeEach(({page}) => {
  bench = new Workbench(page);
});
test.afterEach(() => bench.expectNoProblem());

const number = (text: string) => Number(text.replace("−", "-").replace(/[^\d.-]/g, ""));

test("why here: logits, softmax and contributions are the engine's, and a channel leads to its map", async ({page}) => {
  await bench.open({inside: "pixel", x: "480", y: "390"});
  await bench.choose(PHOTO);
  const {names, softmax, width, height} = await segmentInNode(PHOTO, {model: "nano", outputStride: 16, inputSize: 257});
  const expected = softmax(Math.round(0.39 * (height - 1)), Math.round(0.48 * (width - 1)));

  const table = page.getByRole("table", {name: "Logits and softmax here"});
  await page.getByRole("button", {name: "All 21 classes"}).click();
  const rows = await table
    .locator("tbody tr")
    .evaluateAll((all) => all.map((row) => [...row.children].map(({textContent}) => textContent ?? "")));
  expect(rows).toHaveLength(names.length);
  const shown = new Map(
    rows.map(([name, logit, , , softmax]) => [name!.split(" ◂")[0]!.trim(), {logit: number(logit!), softmax: softmax!}])
  );
  for (const {name, logit, probability} of expected) {
    expect(Math.abs(shown.get(name)!.logit - logit), `${name}: ${shown.get(name)!.logit} for ${logit}`).toBeLessThan(2e-3);
    if (probability > 0.001) expect(Math.abs(number(shown.get(name)!.softmax) - 100 * probability)).toBeLessThan(0.1);
  }
  const [winner, runnerUp] = expected;
  // The division of the class that is pointed at, with its numbers.
  const written = page.getByRole("img", {name: `${runnerUp!.name}: e to the power of`});
  await expect(written).toBeHidden();
  await table.getByRole("button", {name: runnerUp!.name}).hover();
  await expect(written).toHaveAccessibleName(new RegExp(`that is ${shown.get(runnerUp!.name)!.softmax.replace(".", "\\.")}\\.$`));

  await expect(page.getByRole("heading", {name: `Towards ${winner!.name}, the winner`})).toBeVisible();
  const value = async (name: string) => number((await page.getByRole("group", {name, exact: true}).textContent())!);
  expect(Math.abs((await value("Sum of contributions")) - shown.get(winner!.name)!.logit)).toBeLessThanOrEqual(1.001e-3);
  expect(Math.abs((await value("Sum of channels and bias")) - shown.get(winner!.name)!.logit)).toBeLessThanOrEqual(1.001e-3);
  const parts = await page.getByRole("list", {name: "Contributions to the first class"}).locator(".cost-text").allTextContents();
  // Seven parts with two digits each.
  expect(Math.abs(parts.map(number).reduce((sum, part) => sum + part, 0) - winner!.logit)).toBeLessThan(7 * 0.005 + 2e-3);

  // Asking about another class: everything follows, and the address says so.
  await bench.changes(() => table.getByRole("button", {name: runnerUp!.name}).click());
  await expect(page.getByRole("combobox", {name: "Class asked about"})).toHaveValue(runnerUp!.name);
  await expect(page).toHaveURL(new RegExp(`class=${runnerUp!.name}`));
  expect(Math.abs((await value("Logit of the first class")) - runnerUp!.logit)).toBeLessThan(2e-3);
  await expect(page.getByRole("group", {name: "Theoretical field"})).toHaveText("257 × 257 px");
  await bench.changes(() => page.getByRole("radio", {name: "all but image pooling"}).check({force: true}));
  await expect(page).toHaveURL(/field=local/);

  const channel = page.getByRole("list", {name: "Channels that speak for it"}).getByRole("button").first();
  const [, id] = /channel (\d+)/.exec((await channel.textContent())!)!;
  // What the bundled network's last layer reads.
  const layer = "decoder/conv_1/pointwise";
  await channel.click();
  await expect(page.getByRole("tab", {name: "Maps"})).toHaveAttribute("aria-selected", "true");
  await expect(page).toHaveURL(
    (url) => url.searchParams.get("layer") === layer && url.searchParams.get("channel") === id && url.searchParams.get("inside") === null
  );
});

test("a place is chosen by keyboard, and a doubtful cell leads to why", async ({page}) => {
  await bench.open({inside: "pixel"});
  await expect(page.getByText("Choose a place")).toBeVisible();
  await expect(page.getByRole("table", {name: "Logits and softmax here"})).toBeHidden();
  const picture = page.getByRole("application", {name: "Photo, looked into"});
  await picture.focus();
  await picture.press("Shift+ArrowLeft");
  await bench.changes(() => picture.press("Enter"));
  await expect(page.getByText("Choose a place")).toBeHidden();
  await expect(page).toHaveURL(/x=\d+&y=\d+/);
  await expect(page.getByRole("table", {name: "Logits and softmax here"})).toBeVisible();

  await page.getByRole("tab", {name: "By class"}).click();
  await page.getByRole("radio", {name: "entropy"}).check({force: true});
  await expect(page).toHaveURL(/map=entropy/);
  await picture.focus();
  await picture.press("ArrowLeft");
  await expect(page.getByRole("group", {name: "Value here"})).toHaveText(/^\d\.\d{3} bits$/);
  const doubt = page.getByRole("list", {name: "Where the network hesitates most"}).getByRole("button").first();
  const [, over, by] = /^(\w+) over (\w+) by/.exec((await doubt.textContent())!.trim())!;
  await bench.changes(() => doubt.click());
  await expect(page.getByRole("tab", {name: "Why here"})).toHaveAttribute("aria-selected", "true");
  const first = await page.getByRole("table", {name: "Logits and softmax here"}).locator("tbody th").allTextContents();
  expect([over, by].sort()).toEqual(
    first
      .slice(0, 2)
      .map((name) => name.split(" ◂")[0]!.trim())
      .sort()
  );
});
