import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {LessonPage} from "../lesson-page.js";
import {onOnePage} from "../one-page.js";
import {segmentInNode} from "../reference.js";
import {PHOTO} from "../workbench-page.js";

test.describe("a photo", () => {
  let page: Page;
  let lesson: LessonPage;
  onOnePage((opened) => {
    page = opened;
    lesson = new LessonPage(page);
    return lesson.open("/", {model: "nano"});
  });

  test("a photo is segmented live, above the fold", async () => {
    const picture = page.getByRole("application", {name: "Segmentation", exact: true});
    const box = (await picture.boundingBox())!;
    expect(box.y + box.height).toBeLessThanOrEqual(900);
    expect((await lesson.classes()).size).toBeGreaterThan(1);
    await expect(lesson.value("Semantic segmentation")).toContainText("classes over 786,432 pixels");
  });

  test("the photo comes apart into maps of the network, and is its mask where the reader points", async () => {
    const take = page.getByRole("button", {name: "Take it apart"});
    const put = page.getByRole("button", {name: "Put it together"});
    // On a quick machine it has come apart by itself.
    await expect(take.or(put)).toBeVisible();
    if (await take.isVisible()) await take.click();
    await expect(put).toBeVisible();
    const tiles = page.getByRole("img", {
      name: /^The photo in maps of the network.*1\/2 size, 1\/4 size, 1\/8 size, 1\/16 size, class scores/
    });
    await expect(tiles).toHaveClass(/is-apart/);
    // Each tile has something of its own, and none is empty.
    const colours = await tiles.locator("canvas").evaluateAll((all) =>
      (all as HTMLCanvasElement[]).map((canvas) => {
        const {width, height} = canvas;
        const pixels = new Uint32Array(canvas.getContext("2d")!.getImageData(0, 0, width, height).data.buffer);
        return new Set(pixels).size;
      })
    );
    expect(colours).toHaveLength(25);
    expect(Math.min(...colours)).toBeGreaterThan(3);
    const before = await tiles.locator(".apart-window").boundingBox();
    const picture = page.getByRole("application", {name: "Segmentation", exact: true});
    await picture.focus();
    await picture.press("Shift+ArrowRight");
    const after = await tiles.locator(".apart-window").boundingBox();
    expect(after!.x).toBeGreaterThan(before!.x);
    await put.click();
    await expect(tiles).toBeHidden();
  });

  test("a pixel's probabilities are the engine's", async () => {
    await lesson.choose(PHOTO);
    const reference = await segmentInNode(PHOTO, {model: "nano", outputStride: 16, inputSize: 513});
    const picture = page.getByRole("application", {name: "Segmentation", exact: true});
    await picture.focus();
    await picture.press("Shift+ArrowUp");
    const [, x, y] = /x (\d+), y (\d+)/.exec(await page.getByLabel("Pixel", {exact: true}).innerText())!;
    const [first] = reference.softmax(Number(y), Number(x));
    const top = page.getByRole("list", {name: "Class probabilities"}).getByRole("listitem").first();
    await expect(top).toContainText(first!.name);
    expect(
      Math.abs(Number.parseFloat((await top.locator(".bar-value").innerText()).replace("< ", "")) - first!.probability * 100)
    ).toBeLessThan(0.3);
  });

  test("a still from the camera becomes the photo", async () => {
    await page.context().grantPermissions(["camera"]);
    await lesson.openPhotos();
    await page.getByRole("button", {name: "Camera"}).click();
    const take = page.getByRole("dialog").getByRole("button", {name: "Take the photo"});
    await expect.poll(() => page.locator("video").evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0);
    await lesson.changes(() => take.click());
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(page.locator(".about")).toContainText("webcam.png");
    expect(await page.locator("video").evaluate((video: HTMLVideoElement) => video.srcObject)).toBeNull();
  });

  test("without a camera there is a sentence, and the photo stays", async () => {
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotFoundError"));
    });
    const before = await lesson.classes();
    await lesson.openPhotos();
    await page.getByRole("button", {name: "Camera"}).click();
    await expect(lesson.alert).toContainText("There is no camera here");
    expect(await lesson.classes()).toEqual(before);
  });
});

test("the map of the lessons leads to each of them in order and ticks what was opened", async ({page}) => {
  const lesson = await new LessonPage(page).open("/", {model: "nano"});
  const map = page.getByRole("list", {name: "Lessons"});
  await expect(map.getByRole("listitem").first()).toContainText("you are here");
  const paths = await map.getByRole("link").evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  expect(paths).toEqual([
    "/index.html",
    "/atrous.html",
    "/output-stride.html",
    "/separable.html",
    "/residual.html",
    "/aspp.html",
    "/decoder.html",
    "/network.html",
    "/learning.html",
    "/quantisation.html"
  ]);
  // Each page's own link to the next goes the same way.
  for (const path of [...paths.slice(1), "/workbench.html"]) {
    await page.locator("a[rel=next]").click();
    await expect(page).toHaveURL(new RegExp(`${path}(\\?|$)`));
    await expect(page.getByRole("navigation", {name: "Site"}).locator("[aria-current=page]")).toHaveAttribute(
      "href",
      new RegExp(`${path}$`)
    );
    // The page is made; what it computes, nobody waits for.
    await expect(lesson.main).toHaveAttribute("aria-busy");
  }
  await page.goto("/?model=nano");
  await expect(map.getByText("✓ opened")).toHaveCount(paths.length - 1);
  expect(lesson.problems).toEqual([]);
});

test("the photo chosen in one lesson follows the reader, a sample and an own one", async ({page}) => {
  const lesson = await new LessonPage(page).open("/", {model: "nano", size: "257"});
  await expect(lesson.photo).toHaveText("Photo:German shepherd");
  // What a page begins with by itself was not chosen: the lesson on the decoder has its own.
  await lesson.open("/decoder", {size: "257"});
  await expect(lesson.photo).toHaveText("Photo:Nokota horses");
  await lesson.changes(() => lesson.pickSample("Cows on a meadow"));
  await lesson.open("/aspp", {size: "257"});
  await expect(lesson.photo).toHaveText("Photo:Cows on a meadow");
  expect((await lesson.classes()).has("cow")).toBe(true);
  // The strip over the lesson shows what its boxes see; it is kept for lessons that run no network.
  const maps = () => page.locator(".network-strip image").evaluateAll((images) => images.map((image) => image.getAttribute("href")));
  const ofCows = await maps();
  expect(new Set(ofCows).size).toBeGreaterThan(15);
  await lesson.choose(PHOTO);
  const ofOwn = await maps();
  expect(ofOwn).toHaveLength(ofCows.length);
  expect(ofOwn).not.toEqual(ofCows);
  const own = await lesson.classes();
  await lesson.open("/atrous");
  expect(await maps()).toEqual(ofOwn);
  await lesson.open("/decoder", {size: "257"});
  expect(await lesson.classes()).toEqual(own);
  // An address that names a sample is heeded all the same.
  await lesson.open("/decoder", {size: "257", sample: "dog"});
  await expect(lesson.photo).toHaveText("Photo:German shepherd");
  await lesson.openPhotos();
  await expect(page.getByRole("button", {name: "German shepherd"})).toHaveAttribute("aria-pressed", "true");
  expect(lesson.problems).toEqual([]);
});
