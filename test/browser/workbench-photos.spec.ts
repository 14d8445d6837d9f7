import {readFile} from "node:fs/promises";
import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {decode} from "fast-png";
import sharp from "sharp";
import {onOnePage} from "./one-page.js";
import {segmentInNode} from "./reference.js";
import {PHOTO, Workbench} from "./workbench-page.js";

let page: Page;
let bench: Workbench;
onOnePage((opened) => {
  page = opened;
  bench = new Workbench(page);
  return bench.open();
});

test.describe("a photo comes in", () => {
  test("as a chosen file, and its exports are the engine's label map", async () => {
    await bench.choose(PHOTO);
    const {labels, width, height, shares} = await segmentInNode(PHOTO, {model: "nano", outputStride: 16, inputSize: 257});

    const ids = decode(await download("Palette PNG (class ids)"));
    expect([ids.width, ids.height, ids.channels, ids.depth]).toEqual([width, height, 1, 8]);
    expect(agreement(ids.data, labels)).toBeGreaterThan(0.9999);
    expect(ids.palette![15]!.slice(0, 3)).toEqual([192, 128, 128]);

    const colour = await sharp(await download("Colour PNG"))
      .removeAlpha()
      .raw()
      .toBuffer();
    const expected = Buffer.from([...ids.data].flatMap((id) => ids.palette![id]!.slice(0, 3)));
    expect(colour.equals(expected)).toBe(true);

    const legend = JSON.parse((await download("Legend JSON")).toString());
    const shown = await bench.legend();
    for (const {name, id, share} of legend.classes) {
      expect(share).toBeCloseTo(shares[id]!, 3);
      expect(shown.get(name)).toBeCloseTo(share * 100, 0);
    }
  });

  test("with its mask it is kept as the reader needs it", async () => {
    const photo = await sharp(PHOTO).removeAlpha().raw().toBuffer();
    const {data: ids, width} = decode(await download("Palette PNG (class ids)"));
    const pixels = async (name: string) =>
      sharp(await download(name))
        .ensureAlpha()
        .raw()
        .toBuffer({resolveWithObject: true});
    const isPhoto = (data: Buffer, pixel: number) =>
      photo.subarray(3 * pixel, 3 * pixel + 3).equals(data.subarray(4 * pixel, 4 * pixel + 3));
    const all = [...ids.keys()];

    const overlay = await pixels("Overlay");
    expect(all.filter((pixel) => isPhoto(overlay.data, pixel)).length).toBeGreaterThanOrEqual(ids.filter((id) => id === 0).length);
    expect(all.filter((pixel) => ids[pixel] !== 0 && isPhoto(overlay.data, pixel)).length).toBeLessThan(0.01 * ids.length);
    expect((await pixels("Side by side")).info.width).toBe(2 * width);
    const cutOut = await pixels("Cut-out");
    const chosen = await page.getByLabel("One class").inputValue();
    const ofClass = await pixels("Its cut-out");
    const isClass = (pixel: number) => String(ids[pixel]) === chosen;
    // Not an expectation a pixel: each is a step in the report.
    expect(all.filter((pixel) => cutOut.data[4 * pixel + 3] !== (ids[pixel] === 0 ? 0 : 255))).toEqual([]);
    expect(all.filter((pixel) => ids[pixel] !== 0 && !isPhoto(cutOut.data, pixel))).toEqual([]);
    expect(all.filter((pixel) => ofClass.data[4 * pixel + 3] !== (isClass(pixel) ? 255 : 0))).toEqual([]);
    const probability = decode(await download("Its probability")).data;
    // What is likelier than all else together is what the mask says.
    expect(all.filter((pixel) => probability[pixel]! > 128 && !isClass(pixel))).toEqual([]);
    expect(all.filter((pixel) => probability[pixel]! > 128).length).toBeGreaterThan(100);
    expect(decode(await download("Its mask")).data).toEqual(ids.map((id) => (String(id) === chosen ? 255 : 0)));

    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", {name: "Copy picture"}).click();
    await expect(page.getByText("Copied.")).toBeVisible();
    expect(await page.evaluate(async () => (await navigator.clipboard.read())[0]!.types)).toEqual(["image/png"]);
  });

  test("as one of many: a zip of the same mask, and a sentence for what cannot be read", async () => {
    await page.getByText("Many photos at once", {exact: true}).click();
    const broken = {name: "broken.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture")};
    const photo = {name: "first.png", mimeType: "image/png", buffer: await readFile(PHOTO)};
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByLabel("Choose photos").setInputFiles([broken, photo])]);
    expect(file.suggestedFilename()).toBe("masks.zip");
    await bench.done();
    await expect(bench.main).toContainText("1 of 2 photos segmented, in masks.zip.");
    await expect(bench.main).toContainText('"broken.jpg" is not an image that this browser knows.');

    // Nothing in it is compressed once more.
    const zip = await readFile((await file.path())!);
    expect(zip.includes("first.png")).toBe(true);
    const {labels} = await segmentInNode(PHOTO, {model: "nano", outputStride: 16, inputSize: 257});
    expect(agreement(decode(zip.subarray(zip.indexOf("\x89PNG", 0, "latin1"))).data, labels)).toBeGreaterThan(0.9999);
  });

  test("by drop", async () => {
    const bytes = [...(await readFile(PHOTO))];
    await bench.changes(() =>
      page.evaluate((content) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(content)], "dropped.png", {type: "image/png"}));
        for (const type of ["dragenter", "dragover", "drop"]) {
          document.body.dispatchEvent(new DragEvent(type, {dataTransfer: transfer, bubbles: true, cancelable: true}));
        }
      }, bytes)
    );
    await expect(bench.main).toContainText("dropped.png");
  });

  test("by paste", async () => {
    const bytes = [...(await readFile(PHOTO))];
    await bench.changes(() =>
      page.evaluate((content) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([new Uint8Array(content)], "pasted.png", {type: "image/png"}));
        document.body.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
      }, bytes)
    );
    await expect(bench.main).toContainText("pasted.png");
  });

  test("as several at once: each stands at once, they are gone through one by one, and Back brings the one before", async () => {
    const file = async (name: string, photo = sharp(PHOTO)) => ({name, mimeType: "image/png", buffer: await photo.png().toBuffer()});
    await bench.choose([await file("one.png"), await file("two.png", sharp(PHOTO).resize(200, 100))]);
    await expect(bench.main).toContainText("one.png, 257 × 257");
    for (const name of ["one.png", "two.png"]) {
      const small = page.getByRole("group", {name: "Photos brought"}).getByRole("img", {name});
      const colours = () =>
        small.evaluate((canvas: HTMLCanvasElement) => new Set(canvas.getContext("2d")!.getImageData(0, 0, 144, 108).data).size);
      await expect.poll(colours, `${name} in small`).toBeGreaterThan(100);
    }
    await page.evaluate(() => {
      const figure = document.querySelector(".stage .figure")!;
      const canvas = figure.querySelector("canvas")!;
      new MutationObserver(() => {
        if (figure.matches(".is-awaited")) Object.assign(window, {awaited: canvas.width});
      }).observe(figure, {attributes: true});
    });
    await bench.changes(() => page.getByRole("button", {name: "Next", exact: true}).click());
    await expect(bench.main).toContainText("two.png, 200 × 100");
    expect(await page.evaluate(() => (window as unknown as {awaited: number}).awaited)).toBe(200);
    await expect(bench.image).toHaveCSS("filter", "none");
    await bench.changes(() => page.goBack());
    await expect(bench.main).toContainText("one.png, 257 × 257");

    // What another tab works with is its own.
    const [tab] = await Promise.all([page.waitForEvent("popup"), page.evaluate(() => void open("/workbench"))]);
    const other = await new Workbench(tab).open();
    await other.choose(await file("other.png", sharp(PHOTO).resize(64, 64)));
    await other.page.close();
    await page.reload();
    await bench.done();
    await expect(bench.main).toContainText("one.png, 257 × 257");
  });

  test("as another sample, which the address names", async () => {
    const samples = page.getByRole("group", {name: "Samples"}).getByRole("button");
    expect(await samples.count()).toBeGreaterThanOrEqual(4);
    await bench.changes(() => samples.nth(2).click());
    await expect(page).toHaveURL(/sample=/);
    const legend = await bench.legend();
    await page.reload();
    await bench.done();
    expect(await bench.legend()).toEqual(legend);
  });

  test("from an address on this host", async () => {
    await page.route("**/elsewhere.png", async (route) => route.fulfill({body: await readFile(PHOTO), contentType: "image/png"}));
    await page.getByLabel("Image address").fill(new URL("/elsewhere.png", page.url()).href);
    await bench.changes(() => page.keyboard.press("Enter"));
    await expect(page).toHaveURL(/elsewhere\.png/);
  });
});

test.describe("odd photos work", () => {
  const pixels = (width: number, height: number) => sharp({create: {width, height, channels: 3, background: "#7a9"}});
  const notice: Record<string, RegExp> = {"of 24 megapixels": /Reduced from 6000 × 4000 to 2048 × 1365/, animated: /first picture/};
  const png = (name: string, buffer: Buffer) => ({name, buffer, mimeType: "image/png"});
  const odd: [string, () => Promise<{name: string; buffer: Buffer; mimeType: string}>][] = [
    ["of one pixel", async () => png("one.png", await pixels(1, 1).png().toBuffer())],
    ["one pixel high", async () => png("line.png", await pixels(4000, 1).png().toBuffer())],
    ["grey", async () => png("grey.png", await sharp(PHOTO).greyscale().toColourspace("b-w").png().toBuffer())],
    ["transparent", async () => png("clear.png", await sharp(PHOTO).ensureAlpha(0.3).png().toBuffer())],
    ["of 16 bits a channel", async () => png("deep.png", await sharp(PHOTO).toColourspace("rgb16").png().toBuffer())],
    [
      "of 24 megapixels",
      async () => ({
        name: "large.jpg",
        mimeType: "image/jpeg",
        buffer: await pixels(6000, 4000).jpeg().toBuffer()
      })
    ],
    [
      "animated",
      async () => ({
        name: "film.gif",
        mimeType: "image/gif",
        buffer: await sharp([await readFile(PHOTO), await sharp(PHOTO).negate().png().toBuffer()], {join: {animated: true}})
          .gif()
          .toBuffer()
      })
    ]
  ];
  for (const [title, file] of odd) {
    test(title, async () => {
      await bench.choose(await file());
      await expect(bench.alert).toBeHidden();
      expect((await bench.legend()).size).toBeGreaterThan(0);
      if (notice[title]) await expect(bench.main).toContainText(notice[title]);
    });
  }

  test("rotated by EXIF: upright, as an ordinary viewer shows it", async () => {
    const upright = await sharp(PHOTO).resize(257, 193, {fit: "cover"}).png().toBuffer();
    const turned = await sharp(await sharp(upright).rotate(270).png().toBuffer())
      .withMetadata({orientation: 6})
      .jpeg({quality: 100})
      .toBuffer();
    await bench.choose({name: "turned.jpg", mimeType: "image/jpeg", buffer: turned});
    await expect(bench.main).toContainText(/257\s*×\s*193/);
  });
});

test.describe("what cannot be read says so and loses nothing", () => {
  for (const [title, file, sentence] of [
    ["no image at all", {name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("hello")}, /notes\.txt/],
    ["a broken image", {name: "broken.png", mimeType: "image/png", buffer: Buffer.from("89504e470d0a1a0a00", "hex")}, /broken\.png/],
    ["an empty file", {name: "empty.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(0)}, /empty\.jpg/]
  ] as const) {
    test(title, async () => {
      const legend = await bench.legend();
      await bench.file.setInputFiles(file);
      await expect(bench.alert).toContainText(sentence);
      expect(await bench.legend()).toEqual(legend);
      await bench.done();
      bench.problems.length = 0;
    });
  }

  test("an address that answers with an error", async () => {
    await page.getByLabel("Image address").fill(new URL("/nowhere.png", page.url()).href);
    await page.keyboard.press("Enter");
    await expect(bench.alert).toContainText(/nowhere\.png/);
    expect((await bench.legend()).size).toBeGreaterThan(0);
    bench.problems.length = 0; // the browser reports the 404 itself
  });
});

async function download(name: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name, exact: true}).click()]);
  return readFile((await file.path())!);
}

function agreement(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let same = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) same++;
  return same / a.length;
}
