import sharp from "sharp";
import type {Page} from "@playwright/test";
import type {Gpu} from "../../browser/chromium.js";
import {MEASURED, onBuiltSite} from "../built-site.js";
import {paintRow} from "./report.js";
import type {PaintRow, Seen} from "./report.js";

const SIZE = {width: 4000, height: 3000};
const BRUSH = 60;
/** Moves of a stroke: some seconds. */
const MOVES = 400;
const TIMEOUT = 120_000;

/** In the page: notes when frames begin, from now until it is told to stop. */
const WATCH_FRAMES = `
  globalThis.frames = [];
  globalThis.watching = true;
  requestAnimationFrame(function next(time) {
    frames.push(time);
    if (watching) requestAnimationFrame(next);
  });`;

/**
 * Paints on a photo of 12 megapixels in the built site, by real pointer events, and watches the frames.
 *
 * @param photo path of a photo, which is enlarged
 * @throws Error when nothing was painted
 */
export async function paintLarge(photo: string, gpu: Gpu): Promise<PaintRow[]> {
  return onBuiltSite(gpu, async (browser, url) => {
    const tab = await browser.newPage({viewport: {width: 1280, height: 900}, ...MEASURED});
    tab.setDefaultTimeout(TIMEOUT);
    await tab.goto(`${url}/label?brush=${BRUSH}`);
    const surface = tab.getByRole("application");
    await tab.getByRole("application", {name: /^Labels of/}).waitFor();
    const large = await sharp(photo).resize(SIZE.width, SIZE.height, {fit: "fill"}).jpeg().toBuffer();
    await tab.getByLabel("Add photos").setInputFiles({name: "large.jpg", mimeType: "image/jpeg", buffer: large});
    await tab.getByRole("application", {name: /^Labels of large/}).waitFor();
    await settled(tab);
    const rows = [await paint(tab, "whole")];
    for (let step = 0; step < 8; step++) await tab.getByRole("button", {name: "Zoom in"}).click();
    await surface.focus();
    rows.push(await paint(tab, "enlarged"));
    return rows;
  });
}

/** One long stroke round and round. */
async function paint(tab: Page, seen: Seen): Promise<PaintRow> {
  const {x, y, width, height} = (await tab.getByRole("application").boundingBox())!;
  const at = (move: number): [number, number] => [
    x + width * (0.5 + 0.25 * Math.cos(move / 12) * (1 - move / (2 * MOVES))),
    y + height * (0.5 + 0.4 * Math.sin(move / 9))
  ];
  await tab.mouse.move(...at(0));
  const before = await placeIn(tab);
  await tab.mouse.down();
  await tab.evaluate(WATCH_FRAMES);
  for (let move = 1; move <= MOVES; move++) await tab.mouse.move(...at(move));
  const times = (await tab.evaluate("watching = false, frames")) as number[];
  const label = await tab.locator(".label-readout").textContent();
  if (label === null || label.endsWith("undecided")) throw new Error("Nothing was painted.");
  const start = await tab.evaluate("performance.now()");
  await tab.mouse.up();
  const end = await tab.evaluate("new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())))");
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  // How far the photo's pixels lie apart on the screen, by where the pointer went.
  const [[x0, x1], after] = [[at(0)[0], at(MOVES)[0]], await placeIn(tab)];
  const brush = (BRUSH * (after - before)) / (x1! - x0!);
  return paintRow({...SIZE, seen, brush, moves: MOVES, endMs: Number(end) - Number(start)}, gaps);
}

/** Column of the photo at which the pointer is. */
async function placeIn(tab: Page): Promise<number> {
  return parseInt((await tab.locator(".label-readout").textContent())!, 10);
}

async function settled(tab: Page): Promise<void> {
  await tab.waitForFunction(`document.querySelector("main").getAttribute("aria-busy") === "false"`);
}
