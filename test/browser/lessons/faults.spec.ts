import {expect, test} from "@playwright/test";
import {drawFrames} from "../frames.js";
import {LessonPage} from "../lesson-page.js";

test("a lost WebGL context is replaced while the reader goes on", async ({page}) => {
  // Keeps the worker's contexts within reach.
  await page.route("**/_app/worker*.js", async (route) => {
    const response = await route.fetch();
    // The first of the worker's scripts does it; others come later.
    const keep = `
      if (!globalThis.contexts) {
        globalThis.contexts = [];
        const {getContext} = OffscreenCanvas.prototype;
        OffscreenCanvas.prototype.getContext = function (...args) {
          const context = getContext.apply(this, args);
          if (context) globalThis.contexts.push(context);
          return context;
        };
      }`;
    await route.fulfill({response, body: `${await response.text()}\n${keep}`});
  });
  const lesson = await new LessonPage(page).open("/atrous", {backend: "webgl"});
  const [worker] = page.workers();
  const lost = await worker!.evaluate(() => {
    const {contexts} = globalThis as unknown as {contexts: WebGL2RenderingContext[]};
    for (const context of contexts) context.getExtension("WEBGL_lose_context")?.loseContext();
    return contexts.length;
  });
  expect(lost).toBeGreaterThan(0);
  await lesson.changes(() => lesson.slider("Dilation rate").fill("6"));
  await expect(lesson.value("Effective kernel extent")).toHaveText("13 × 13");
  await expect(lesson.alert).toBeHidden();
  expect(page.workers()[0]).not.toBe(worker);
});

for (const path of ["/separable", "/aspp", "/network"]) {
  test(`${path} asks before it fetches an address's photo, and shows a sample and says why where that cannot be had`, async ({page}) => {
    const lesson = await new LessonPage(page).open(path, {size: "257", url: "https://nowhere.invalid/x.jpg"});
    const question = page.getByRole("dialog", {name: "Fetch a photo from nowhere.invalid?"});
    await expect(question).toBeVisible();
    lesson.expectNoProblem();
    await question.getByRole("button", {name: "Fetch it"}).click();
    await expect(lesson.alert).toContainText("nowhere.invalid");
    await expect(lesson.photo).toHaveText("Photo:German shepherd");
    await lesson.changes(() => lesson.pickSample("Cows on a meadow"));
    await expect(lesson.alert).toBeHidden();
  });
}

test("a camera that is not there does not disturb what is computed", async ({page}) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotFoundError"));
  });
  const lesson = await new LessonPage(page).open("/aspp", {size: "257"});
  await lesson.openPhotos();
  await page.getByRole("button", {name: "Camera"}).click();
  await expect(lesson.alert).toContainText("There is no camera here");
  const before = Number(await lesson.main.getAttribute("data-run"));
  await lesson.changes(() => page.getByRole("button", {name: "No surroundings"}).click());
  // Mask and contributions: two results for one change, both in before the page says that it is done.
  expect(Number(await lesson.main.getAttribute("data-run"))).toBe(before + 2);
});

test("a reset while a photo loads wins over the photo", async ({page}) => {
  // The photo's answer waits until the page was reset.
  let reset!: () => void;
  const wasReset = new Promise<void>((resolve) => (reset = resolve));
  await page.route("**/cat.jpg", async (route) => {
    const loads = route.request().resourceType() === "fetch";
    if (loads) await wasReset;
    await route.continue();
  });
  const lesson = await new LessonPage(page).open("/atrous");
  const asked = page.waitForRequest((request) => request.url().endsWith("cat.jpg") && request.resourceType() === "fetch");
  await lesson.pickSample("Kitten with a ball of wool");
  const answered = (await asked).response();
  await page.getByRole("button", {name: "Reset this page"}).click();
  await lesson.done();
  reset();
  await (await answered)!.finished();
  await drawFrames(page, 60);
  await expect(page).toHaveURL(/sample=dog/);
  await expect(lesson.photo).toHaveText("Photo:German shepherd");
});

test("a model that cannot be fetched gets a sentence, and what stood still stands", async ({page}) => {
  const lesson = await new LessonPage(page).open("/network", {size: "257"});
  const others = page.getByRole("combobox", {name: "Model"}).locator("option:not([value=nano])");
  test.skip((await others.count()) === 0, "nano is the only model in data/models");
  await page.route(/\/(?!nano\.)[^/]+\.safetensors$/, (route) => route.fulfill({status: 404, body: ""}));
  await page.getByRole("combobox", {name: "Model"}).selectOption((await others.first().getAttribute("value"))!);
  await expect(lesson.alert).toContainText("404");
  await expect(lesson.value("Parameters")).toHaveText("861,589");
  await expect(page.getByLabel("About this version")).toContainText("nano");
});
