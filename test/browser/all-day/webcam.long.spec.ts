/**
 * A page that is open all day: an hour of the camera with every view, size, model and backend in turn, the tab hidden and shown, the
 * camera unplugged and the GPU's process crashed ten times. `MINUTES` makes it as many.
 */
import {readFile} from "node:fs/promises";
import {chromium, expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {fakeCameraFlags} from "../../../scripts/browser/chromium.js";
import {hasShared} from "../../shared.js";
import {crashGpu} from "../gpu.js";
import {offerPeople} from "../people.js";
import {requestsOf} from "../requests.js";
import type {Requests} from "../requests.js";
import {WebcamPage, keepTracks} from "../webcam-page.js";
import {alternatingFilm, expectLook, seenOn, watchPictures} from "./alternating-camera.js";
import type {Look} from "./alternating-camera.js";
import {expectFlat, heldBy, heldInWords} from "./memory.js";
import type {Held} from "./memory.js";

const MINUTES = Number(process.env["MINUTES"] ?? 60);
/** Settings that follow each other, a minute each where it is an hour. */
const TURNS = 60;
/** Milliseconds. */
const TURN = (MINUTES * 60_000) / TURNS;
/** After so many turns everything was there once, the GPU's crash last; memory is looked at. */
const ROUND = 6;
/** A film is made over so many turns. */
const FILMED = 3;

const VIEWS: readonly (readonly [name: string, look: Look])[] = [
  ["Overlay", "over"],
  ["Side by side", "beside"],
  ["Mask only", null],
  ["Background colour", "behind"],
  ["Background blur", null],
  ["Background picture", "behind"],
  ["One class isolated", "behind"]
];
const SIZES = ["257", "321", "385"];

let requests: Requests | undefined;
test.afterEach(() => requests?.tell(test.info()));

test(`${MINUTES} minutes of the camera leave memory flat, every mask on its own frame and every film whole`, async ({
  launchOptions,
  baseURL
}, info) => {
  test.setTimeout(6 * MINUTES * 60_000 + 1_200_000);
  const film = await alternatingFilm(info.outputPath("alternating.mjpeg"));
  const browser = await chromium.launch({...launchOptions, args: [...launchOptions.args!, ...fakeCameraFlags(film)]});
  const context = await browser.newContext({baseURL: baseURL!, viewport: {width: 1280, height: 900}, serviceWorkers: "block"});
  requests = requestsOf(context);
  const page = await context.newPage();
  page.setDefaultTimeout(600_000);
  await page.addInitScript(keepTracks);
  await page.addInitScript(watchPictures);
  if (hasShared) await offerPeople(page);
  const cam = new WebcamPage(page);
  // At full opacity a mask that is another frame's covers what is plain.
  await cam.open({smooth: "0", names: "0", opacity: "100", subject: "all"});
  await page.getByText(/^How it runs/).click();
  const models = await cam
    .select("Model")
    .locator("option")
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  await cam.run();

  const readings: Held[] = [];
  let filming = false;
  let films = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    const end = Date.now() + TURN;
    const isCrash = turn % ROUND === ROUND - 1;
    const [view, look] = VIEWS[turn % VIEWS.length]!;
    await expectLook(page, null);
    await cam.select("View").selectOption({label: view});
    await choose(cam, "Backend", isCrash ? "webgl" : turn % 2 ? "wasm" : "kernels");
    // A GPU that is emulated takes seconds for a frame.
    await choose(cam, "Input size", isCrash ? SIZES[0]! : SIZES[turn % SIZES.length]!);
    await choose(cam, "Model", isCrash ? "nano" : models[turn % models.length]!);
    await cam.more(3);
    await expectLook(page, look);
    if (!filming && turn % ROUND === 0) {
      await cam.button("Record").click();
      filming = true;
    }
    await page.waitForTimeout(Math.max(0, (end - Date.now()) / 2));
    if (isCrash) {
      await crashGpu(page);
      await cam.more(2);
    } else if (turn % ROUND === 1) {
      await cam.hide(true);
      // A frame that is on its way comes through.
      await page.waitForTimeout(3000);
      const count = await cam.count();
      await page.waitForTimeout(3000);
      expect(await cam.count(), "pictures while the tab is hidden").toBe(count);
      await cam.hide(false);
      await cam.more(2);
    } else if (filming && turn % ROUND === FILMED) {
      await expectWhole(page, await stopFilming(cam));
      films++;
      filming = false;
    } else if (turn % ROUND === 4) {
      await cam.unplug();
      await expect(cam.alert).toContainText(/unplugged.*press Start/);
      await cam.run();
    }
    await expect(cam.alert).toBeHidden();
    await page.waitForTimeout(Math.max(0, end - Date.now()));
    if (isCrash) {
      // The same for each reading: what is held is what is left behind.
      await choose(cam, "Backend", "kernels");
      await cam.more(2);
      // A moment after the run is another, the panel knows nothing of it yet.
      const held = page.getByRole("group", {name: "Tensors held", exact: true});
      await expect(held).toHaveText(/^[\d,]+$/);
      const reading = await heldBy(page, Number((await held.innerText()).replaceAll(",", "")));
      readings.push(reading);
      console.log(`minute ${((turn + 1) * MINUTES) / TURNS}: ${heldInWords(reading)}`);
    }
  }

  const {shown, judged, wrong, examples} = await seenOn(page);
  console.log(`${shown} pictures shown, ${judged} of them judged, ${wrong} with another frame's mask; ${films} films whole`);
  expect(requests.wrong).toEqual([]);
  expect(judged).toBeGreaterThan(shown / 4);
  expect(wrong, examples.join("\n")).toBe(0);
  expect(films).toBe(TURNS / ROUND);
  // Each camera that was unplugged is off, and the last on.
  expect((await cam.tracks()).filter((state) => state === "live")).toHaveLength(1);
  expectFlat(readings);
  // Of a frame that comes just when a session ends Chromium may say that it had to close it itself, which costs no memory.
  const unclosed = cam.problems.filter((problem) => problem.startsWith("A VideoFrame was garbage collected"));
  console.log(`${unclosed.length} frames that the browser closed itself`);
  // A crash of the GPU's process is the browser's own error.
  const others = cam.problems.filter(
    (problem) => !unclosed.includes(problem) && !/context lost|CONTEXT_LOST|GPU process|WebGL/i.test(problem)
  );
  expect(others).toEqual([]);
  await browser.close();
});

async function choose(cam: WebcamPage, name: string, value: string): Promise<void> {
  const select = cam.select(name);
  if ((await select.inputValue()) !== value) await cam.changes(() => select.selectOption(value));
}

/** A recording's file, the seconds that the page said it had, and how many later, at the most, it was ended. */
interface Recording {
  readonly file: string;
  readonly seconds: number;
  readonly later: number;
}

/** Ends the recording. */
async function stopFilming(cam: WebcamPage): Promise<Recording> {
  const began = Date.now();
  const clock = await cam.page.getByRole("timer", {name: "Recorded"}).innerText();
  const [minutes, seconds] = clock.split(":").map(Number);
  // Two threads at work may keep a press waiting.
  const [download] = await Promise.all([cam.page.waitForEvent("download"), cam.button("Stop recording").click()]);
  return {file: (await download.path())!, seconds: 60 * minutes! + seconds!, later: (Date.now() - began) / 1000};
}

/** Expects that a film can be played to its end, and that it lasts as long as it was recorded. */
async function expectWhole(page: Page, {file, seconds, later}: Recording): Promise<void> {
  const tab = await page.context().newPage();
  const bytes = await readFile(file);
  await tab.route("**/film.webm", (route) => route.fulfill({body: bytes, contentType: "video/webm"}));
  await tab.goto("/404.html");
  const film = await tab.evaluate(async () => {
    const video = document.createElement("video");
    const event = (name: string) => new Promise((resolve) => video.addEventListener(name, resolve, {once: true}));
    // From memory: a recording has no index, and is sought in.
    video.src = URL.createObjectURL(await (await fetch("/film.webm")).blob());
    await event("loadedmetadata");
    video.currentTime = 1e6;
    await event("seeked");
    return {duration: video.currentTime, error: video.error?.message ?? null};
  });
  await tab.close();
  expect(film.error).toBeNull();
  const said = `a film of ${film.duration} s, recorded for ${seconds} s and ended within ${later.toFixed(1)} s`;
  expect(film.duration, said).toBeGreaterThan(seconds - 3);
  expect(film.duration, said).toBeLessThan(seconds + later + 3);
}
