import {readFile} from "node:fs/promises";
import {chromium, expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {decode} from "fast-png";
import {hasShared, shared} from "../shared.js";
import {drawFrames} from "./frames.js";
import {onOnePage} from "./one-page.js";
import {offerPeople} from "./people.js";
import {requestsOf} from "./requests.js";
import {WebcamPage, difference, keepTracks, openWatched} from "./webcam-page.js";
import {PHOTO, Workbench} from "./workbench-page.js";
import {workersStarted} from "./workers.js";

/** What is left is compared for equality: what one start leaves, a few show. `LONG=1` makes it ten. */
const CYCLES = process.env["LONG"] ? 10 : 4;

let page: Page;
let cam: WebcamPage;

test.describe("on one page", () => {
  onOnePage(async (opened) => {
    page = opened;
    return (cam = await openWatched(page));
  });

  test("Start shows pictures that change and that no request carries away; Stop turns the camera off", async () => {
    await cam.off();
    await expect(cam.main).toContainText("Press Start");
    await cam.run();
    await cam.changesPicture(() => cam.more(3));
    const requests = requestsOf(page.context());
    expect(requests.wrong).toEqual([]);
    // The model and what runs it, from here; nothing more once frames flow.
    const before = requests.list();
    await cam.more(3);
    expect(requests.list()).toBe(before);
    await expect(cam.status).toContainText("WASM");
    expect(await cam.classes.getByRole("listitem").count()).toBeGreaterThan(0);
    expect(await cam.tracks()).toEqual(["live"]);

    await cam.stop.click();
    expect(await cam.tracks()).toEqual(["ended"]);
    await expect(cam.start).toBeVisible();
    await drawFrames(page, 30);
    const count = await cam.count();
    await drawFrames(page, 30);
    expect(await cam.count()).toBe(count);
    await cam.run();
    expect(await cam.tracks()).toEqual(["ended", "live"]);
  });

  test(`${CYCLES} starts and stops leave every camera off, one worker, and the tensors as they were`, async () => {
    await cam.off();
    const tensors = new Set<string>();
    await page.getByText(/^How it runs/).click();
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      await cam.run();
      await cam.more(2);
      const held = page.getByRole("group", {name: "Tensors held", exact: true});
      await expect(held).toHaveText(/[0-9]/);
      tensors.add(await held.innerText());
      await cam.stop.click();
    }
    expect(await cam.tracks()).toEqual(Array.from({length: CYCLES}, () => "ended"));
    expect(tensors.size, [...tensors].join()).toBe(1);
    expect(await workersStarted(page)).toBe(1);
  });

  test("a hidden tab stops the frames, and they go on when it is seen again", async () => {
    await cam.off();
    await cam.run();
    await cam.hide(true);
    await drawFrames(page, 45);
    const count = await cam.count();
    await drawFrames(page, 45);
    expect(await cam.count()).toBe(count);
    await cam.hide(false);
    await cam.more(2);

    // On a phone that lies on its side the picture fills the screen, as far as its shape lets it.
    const upright = page.viewportSize()!;
    const screen = {width: 844, height: 390};
    await page.setViewportSize(screen);
    await drawFrames(page, 2);
    const box = (await cam.image.boundingBox())!;
    expect(Math.max(box.width / screen.width, box.height / screen.height)).toBeGreaterThan(0.9);
    expect(box.height).toBeLessThanOrEqual(screen.height);
    expect(Math.abs(box.y)).toBeLessThan(2);
    await page.setViewportSize(upright);
  });

  test("snapshot, recording and a still for the workbench", async () => {
    await cam.off();
    await cam.run();
    const {width, height} = await cam.pixels();
    const download = async (action: () => Promise<unknown>) => {
      const [file] = await Promise.all([page.waitForEvent("download"), action()]);
      return {name: file.suggestedFilename(), bytes: await readFile((await file.path())!)};
    };
    const png = await download(() => cam.button("Snapshot").click());
    const picture = decode(png.bytes);
    expect(png.name).toMatch(/^webcam-overlay-\d{4}-\d\d-\d\d-\d{6}\.png$/);
    expect([picture.width, picture.height]).toEqual([width, height]);

    await cam.button("Record").click();
    await cam.more(3);
    await expect(page.getByRole("timer", {name: "Recorded"})).toHaveText(/^0:0\d$/);
    const film = await download(() => cam.button("Stop recording").click());
    // The first bytes of Matroska, of which WebM is one.
    expect(film.bytes.subarray(0, 4).toString("hex")).toBe("1a45dfa3");
    expect(film.bytes.length).toBeGreaterThan(1000);

    // The film is a video file like another: it goes in again, not mirrored.
    await page.getByRole("radio", {name: "Video file"}).check();
    await cam.changes(() =>
      page
        .getByLabel("Video file", {exact: true})
        .and(page.locator("input[type=file]"))
        .setInputFiles({name: "film.webm", mimeType: "video/webm", buffer: film.bytes})
    );
    await expect(cam.status).toContainText("film.webm");
    await expect(page.getByRole("checkbox", {name: "Mirror"})).not.toBeChecked();
    expect(await cam.tracks()).toEqual(["ended"]);

    const bench = new Workbench(page);
    await cam.button("Still to workbench").click();
    await page.waitForURL(/workbench/);
    await bench.done();
    await expect(bench.main).toContainText("file-still.png");
    await expect(bench.main).toContainText(`${width} × ${height}`);
  });
});

test.describe("on a page of its own", () => {
  test.beforeEach(async ({page}) => {
    await page.addInitScript(keepTracks);
    cam = new WebcamPage(page);
  });
  test.afterEach(() => cam.expectNoProblem());

  test("it starts with the network that knows people alone, where that is there", async ({page}) => {
    test.skip(!hasShared, "people is made of files of its own: set DEEPLAB_SHARED");
    await offerPeople(page);
    await page.goto("/webcam");
    await cam.done();
    await expect(cam.select("Model").locator("option").first()).toHaveAttribute("value", "people");
    await expect(cam.select("Model")).toHaveValue("people");
  });

  test("on a paused frame every view and control changes the picture", async ({page}) => {
    await cam.open({subject: "all", smooth: "0"});
    await cam.run();
    await cam.more(2);
    await cam.pause();
    const still = await cam.pixels();
    await drawFrames(page, 30);
    expect(difference(await cam.pixels(), still)).toBe(0);

    const view = (label: string) => cam.select("View").selectOption({label});
    await cam.changesPicture(() => page.getByRole("checkbox", {name: "Mirror"}).uncheck());
    await cam.changesPicture(() => view("Mask only"));
    await cam.changesPicture(() => view("Side by side"));
    const both = await cam.pixels();
    expect([both.width, both.height]).toEqual([2 * still.width, still.height]);
    await cam.changesPicture(() => view("Background blur"));
    await cam.changesPicture(() => view("Background colour"));
    await cam.changesPicture(() => page.getByLabel("Colour", {exact: true}).fill("#ff0000"));
    await cam.changesPicture(() => view("Background picture"));
    await cam.changesPicture(() => page.getByRole("button", {name: "Background picture"}).setInputFiles(PHOTO));
    await cam.changesPicture(() => view("One class isolated"));
    await cam.changesPicture(() => view("Side by side"));
    // A class that is hidden leaves the mask; the row that was clicked keeps the focus.
    const box = cam.classes.getByRole("checkbox", {name: "Show background"});
    await cam.changes(() => box.uncheck());
    await expect(box).toBeFocused();
    // What changes how frames are labelled runs the frame that stands once more.
    for (const name of ["Edge-aware upsampling", "Temporal smoothing", "Names on the regions"])
      await cam.changes(() => page.getByRole("checkbox", {name}).click());
    await cam.changes(() => cam.select("Output stride").selectOption("32"));
    await cam.changes(() => cam.select("Input size").selectOption("321"));
    await expect(page).toHaveURL(/os=32/);
    await expect(page).toHaveURL(/size=321/);
    await cam.button("Resume").click();
    await cam.more(2);
  });

  test("a person is found among people who move; opacity, names, hidden classes and the subject change what is drawn of it", async ({
    launchOptions,
    baseURL
  }) => {
    test.skip(!hasShared, "people who move are in a file of their own: set DEEPLAB_SHARED");
    const browser = await chromium.launch({
      ...launchOptions,
      args: [...launchOptions.args!, `--use-file-for-fake-video-capture=${shared("camera/person.mjpeg")}`]
    });
    cam = new WebcamPage(await browser.newPage({baseURL: baseURL!}));
    await cam.open({model: "mobilenetv2-050-pascal"});
    await cam.run();
    const person = cam.classes.getByRole("listitem").filter({hasText: "person"});
    await expect(person).toBeVisible();
    // The mask alone moves with the people.
    await cam.page.getByRole("checkbox", {name: "Names on the regions"}).uncheck();
    await cam.select("View").selectOption({label: "Mask only"});
    await cam.more(2);
    await cam.changesPicture(() => cam.more(5));
    await cam.select("View").selectOption({label: "Overlay"});
    await cam.page.getByRole("checkbox", {name: "Names on the regions"}).check();
    await cam.pause();
    await cam.changesPicture(() => cam.page.getByRole("slider", {name: "Overlay opacity"}).fill("0"));
    await cam.changesPicture(() => cam.page.getByRole("slider", {name: "Overlay opacity"}).fill("100"));
    await cam.changesPicture(() => cam.page.getByRole("checkbox", {name: "Names on the regions"}).uncheck());
    await cam.changesPicture(() => cam.classes.getByRole("checkbox", {name: "Show person"}).uncheck());
    await cam.select("View").selectOption({label: "Background colour"});
    await expect(cam.select("Subject")).toHaveValue("person");
    await cam.changesPicture(() => cam.select("Subject").selectOption("dog"));
    expect(cam.problems).toEqual([]);
    await browser.close();
  });
});
