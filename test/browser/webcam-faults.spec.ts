import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {crashGpu} from "./gpu.js";
import {onOnePage} from "./one-page.js";
import {WebcamPage, keepTracks, openWatched} from "./webcam-page.js";
import {crashWorker} from "./workers.js";

let page: Page;
let cam: WebcamPage;

test.describe("a fault has its sentence and a way on", () => {
  onOnePage(async (opened) => {
    page = opened;
    return (cam = await openWatched(page));
  });

  const sentences = {
    NotAllowedError: /not allowed.*Allow it/,
    NotFoundError: /no camera here.*Connect one/,
    NotReadableError: /in use by another program.*Close that/
  };
  test("a camera that does not open", async () => {
    await cam.off();
    await page.evaluate(() => {
      const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = (constraints) => {
        const {fault} = window as unknown as {fault?: string};
        return fault ? Promise.reject(new DOMException("a test", fault)) : original(constraints);
      };
    });
    for (const [name, sentence] of Object.entries(sentences)) {
      await page.evaluate((fault) => Object.assign(window, {fault}), name);
      await cam.start.click();
      await expect(cam.alert).toContainText(sentence);
      await expect(cam.start).toBeEnabled();
      await cam.done();
    }
    await page.evaluate(() => Object.assign(window, {fault: undefined}));
    await cam.run();
    await expect(cam.alert).toBeHidden();
  });

  test("a camera that is unplugged", async () => {
    await cam.off();
    await cam.run();
    await cam.unplug();
    await expect(cam.alert).toContainText(/unplugged.*press Start/);
    // What stood stands.
    await expect(cam.image).toBeVisible();
    await cam.run();
    await expect(cam.alert).toBeHidden();
    expect(await cam.tracks()).toEqual(["ended", "live"]);
  });

  test("a file that is no video", async () => {
    await cam.off();
    await page.getByRole("radio", {name: "Video file"}).check();
    const input = page.locator("input[type=file][accept='video/*']");
    await input.setInputFiles({name: "notes.mp4", mimeType: "video/mp4", buffer: Buffer.from("no video at all")});
    await expect(cam.alert).toContainText(/"notes\.mp4" is not a video that this browser plays/);
    await page.getByRole("radio", {name: "Camera"}).check();
    await cam.run();
  });

  test("a worker that crashes is replaced once by itself, then by one button, with the camera open", async () => {
    await cam.off();
    await cam.run();
    await crashWorker(page);
    await cam.more(2);
    await expect(cam.alert).toBeHidden();
    await crashWorker(page);
    await expect(cam.alert).toContainText("out of memory");
    expect(await cam.tracks()).toEqual(["live"]);
    await cam.changes(() => cam.button("Start again").click());
    await cam.more(2);
    await expect(cam.alert).toBeHidden();
    await expect(cam.button("Start again")).toBeHidden();
    expect(await cam.tracks()).toEqual(["live"]);
  });
});

test.describe("a fault at the start, or of the whole browser", () => {
  test.beforeEach(async ({page}) => {
    await page.addInitScript(keepTracks);
    cam = new WebcamPage(page);
  });
  test.afterEach(() => cam.expectNoProblem());

  test("a camera that is not there, or not as asked: another one, and the page says so", async ({page}) => {
    // The browser itself answers OverconstrainedError to an id that no camera has.
    await cam.open({camera: "0123456789abcdef"});
    await cam.run();
    await expect(cam.alert).toContainText(/asked for is not there.*this is/);
    const cameras = cam.select("Camera").locator("option");
    await expect.poll(() => cameras.count()).toBeGreaterThan(1);
    await expect(cam.select("Camera")).not.toHaveValue("");
    expect(page.url()).toContain("camera=");
  });

  test("a WebGL context that is lost", async ({page}) => {
    await cam.open({backend: "webgl", os: "32"});
    await cam.run();
    await crashGpu(page);
    await cam.more(2);
    await expect(cam.alert).toBeHidden();
    expect(page.isClosed()).toBe(false);
  });
});
