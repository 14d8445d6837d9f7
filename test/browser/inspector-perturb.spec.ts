import {writeFile} from "node:fs/promises";
import {expect, test} from "@playwright/test";
import sharp from "sharp";
import {segmentInNode} from "./reference.js";
import type {Reference} from "./reference.js";
import {PHOTO, SMALL, Workbench} from "./workbench-page.js";

const RUN = {model: "nano", outputStride: 16, inputSize: 257};
/** Columns and rows 85 to 171 of the photo's 257. */
const HOLE = {edit: "r330.330.340.340-c808080", left: 85, top: 85, side: 87};

/** What is left is compared for equality: what one step leaves, a few show. */
const STEPS = process.env["LONG"] ? 20 : 5;

let bench: Workbench;
test.beforeEach(({page}) => {
  bench = new Workbench(page);
});
test.afterEach(() => bench.expectNoProblem());

test("an address with a covered rectangle shows what the engine makes of such a photo, and it is undone and redone", async ({
  page
}, info) => {
  const file = info.outputPath("covered.png");
  await cover(file, HOLE);
  const [before, after] = [await segmentInNode(PHOTO, RUN), await segmentInNode(file, RUN)];

  // Changes belong to their photo: the reader's own, chosen first, is the one of the address.
  await bench.open({inside: "perturb", edit: HOLE.edit});
  await bench.choose(PHOTO);
  expect(new URL(page.url()).searchParams.has("edit")).toBe(false);
  await bench.open({inside: "perturb", edit: HOLE.edit, sample: "own", changed: "flips"});
  await legendIs(after);
  await expect(page.getByRole("status")).toContainText("changed in one place");

  const shares = flipShares(before, after);
  for (const [name, share] of Object.entries(shares)) expect(parseFloat(await reading(name)), name).toBeCloseTo(100 * share, 0);
  expect(shares["Flipped outside it"]).toBeGreaterThan(0.001);
  const changes = page.getByRole("list", {name: "Changes by class"}).getByRole("listitem");
  const expected = [...before.shares]
    .map((share, id) => ({id, share, change: after.shares[id]! - share}))
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))[0]!;
  await expect(changes.first()).toContainText(before.names[expected.id]!);
  await expect(changes.first()).toContainText(`${(100 * expected.share).toFixed(1)} %`);

  await bench.changes(() => page.getByRole("button", {name: "Clear all"}).click());
  await legendIs(before);
  await expect(page.getByText("Nothing is changed yet.")).toBeVisible();
  await bench.changes(() => page.keyboard.press("Control+z"));
  await legendIs(after);
  await bench.changes(() => page.keyboard.press("Control+Shift+Z"));
  await legendIs(before);
  await bench.changes(() => page.getByRole("button", {name: "Undo"}).click());
  await legendIs(after);
  await expect.poll(() => new URL(page.url()).searchParams.get("edit")).toBe(HOLE.edit);

  async function legendIs({shares, names}: Reference): Promise<void> {
    const legend = await bench.legend();
    expect([...legend.keys()].sort()).toEqual(names.filter((_, id) => shares[id]! > 0).sort());
    for (const [name, share] of legend) expect(share).toBeCloseTo(100 * shares[names.indexOf(name)]!, 0);
  }
});

test("a square is dragged by pointer and by keys, the mask follows, and nothing leaks", async ({page}) => {
  await bench.open({inside: "perturb"});
  await bench.choose(PHOTO);
  const picture = page.getByRole("application", {name: "Photo, looked into"});
  await picture.scrollIntoViewIfNeeded();
  const {x, y, width, height} = (await picture.boundingBox())!;
  const pixels = () => picture.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const [plain, legend] = [await pixels(), await bench.legend()];
  await bench.changes(async () => {
    await page.mouse.move(x + width * 0.3, y + height * 0.3);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.5, y + height * 0.5, {steps: 5});
  });
  // The pointer is still down.
  const dragged = await bench.legend();
  expect(dragged).not.toEqual(legend);
  expect(await pixels()).not.toBe(plain);
  await page.mouse.up();
  // In thousandths, of which a pixel has more than two: where a panel above grows, scrolling keeps the place to a whole pixel.
  await expect.poll(() => new URL(page.url()).searchParams.get("edit")).toMatch(/^q(49[7-9]|50[0-3])\.(49[7-9]|50[0-3])\.200-c808080$/);

  const tensors = () => page.locator(".facts div", {hasText: "Tensors held"}).innerText();
  const held = await tensors();
  await picture.focus();
  for (let i = 0; i < STEPS; i++) await bench.changes(() => page.keyboard.press("Shift+ArrowLeft"));
  expect(await tensors()).toBe(held);
  expect(await bench.legend()).not.toEqual(dragged);

  // A rectangle by keys alone, beside the square, which stays.
  await page.getByRole("radio", {name: "Rectangle"}).press("Space");
  await picture.focus();
  await page.keyboard.press("Enter");
  await bench.changes(async () => {
    for (const key of ["Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown", "Enter"]) await page.keyboard.press(key);
  });
  await expect.poll(() => new URL(page.url()).searchParams.get("edit")).toMatch(/^k\d+\.\d+\.200-c808080_r\d+\.\d+\.\d+\.\d+-c808080$/);
});

test("which places matter for a point is found place by place, and can be stopped", async ({page}, info) => {
  await bench.open({inside: "perturb", square: "300", tool: "point", os: "32"});
  const photo = await bench.small();
  const ask = page.getByRole("button", {name: "Where does it matter?"});
  await expect(ask).toBeDisabled();
  await page.getByRole("application", {name: "Photo, looked into"}).click();
  await ask.click();
  await expect(page.getByText(/ of 100 places are done\./)).toBeVisible();
  await page.getByRole("button", {name: "Stop"}).click();
  await bench.done();
  await expect(page.getByText(/[1-9]\d* of 100 places are done\./)).toBeVisible();
  await ask.click();
  const found = page.getByText(/All 100 places were covered in turn\./);
  await expect(found).toBeVisible();
  await bench.done();

  const [, name, x, y, logit, fall, across, down] =
    /The logit of (\w+) at x (\d+), y (\d+) is (-?[\d.]+)\. It falls most, by ([\d.]+), .* (\d+) % across and (\d+) % down/.exec(
      (await found.textContent())!
    )!;
  const run = {...RUN, outputStride: 32, inputSize: SMALL};
  const small = info.outputPath("small.png");
  await writeFile(small, photo);
  const plain = await segmentInNode(small, run);
  const file = info.outputPath("covered.png");
  // 300 per mille of 129 pixels.
  const corner = (middle: string | undefined) => Math.round((Number(middle) / 100) * SMALL - 39 / 2);
  await cover(file, {left: corner(across), top: corner(down), side: 39}, small);
  const covered = await segmentInNode(file, run);
  const logitOf = (reference: Reference) => reference.logits(Number(y), Number(x))[plain.names.indexOf(name!)]!;
  expect(logitOf(plain)).toBe(Math.max(...plain.logits(Number(y), Number(x))));
  expect(logitOf(plain)).toBeCloseTo(Number(logit), 1);
  expect(logitOf(plain) - logitOf(covered)).toBeCloseTo(Number(fall), 1);
});

/** Writes a photo with a square painted over in mid grey. */
async function cover(file: string, {left, top, side}: {left: number; top: number; side: number}, photo = PHOTO): Promise<void> {
  const {data, info} = await sharp(photo).removeAlpha().raw().toBuffer({resolveWithObject: true});
  for (let row = Math.max(0, top); row < Math.min(info.height, top + side); row++) {
    for (let column = Math.max(0, left); column < Math.min(info.width, left + side); column++)
      data.fill(0x80, 3 * (row * info.width + column), 3 * (row * info.width + column) + 3);
  }
  await sharp(data, {raw: {width: info.width, height: info.height, channels: 3}})
    .png()
    .toFile(file);
}

function flipShares(before: Reference, after: Reference): Record<string, number> {
  const isInside = (i: number) =>
    [i % before.width, Math.floor(i / before.width)].every((place) => place >= HOLE.left && place < HOLE.left + HOLE.side);
  const pixels = [...before.labels.keys()];
  const share = (of: number[]) => of.filter((i) => before.labels[i] !== after.labels[i]).length / of.length;
  return {
    "Flipped in all": share(pixels),
    "Flipped inside the change": share(pixels.filter(isInside)),
    "Flipped outside it": share(pixels.filter((i) => !isInside(i)))
  };
}

function reading(name: string): Promise<string> {
  return bench.page.getByRole("group", {name, exact: true}).innerText();
}
