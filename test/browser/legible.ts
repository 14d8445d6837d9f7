import {expect} from "@playwright/test";
import type {Locator, Page} from "@playwright/test";
import sharp from "sharp";
import {contrast} from "../styles/tokens.js";

/** What WCAG 2 asks of words. */
const WORDS = 4.5;

type Rgb = readonly [number, number, number];

/** Eyes that Chromium sees the page with. */
const EYES = ["protanopia", "deuteranopia", "tritanopia", "achromatopsia"] as const;

/**
 * Expects that words are legible whatever colours a reader tells apart, and where the system sets them.
 *
 * @param part selector of the part of the page that is looked at
 * @param words selector of elements in it, each with one ground
 */
export async function expectLegibleToAll(page: Page, part: string, words: string): Promise<void> {
  const looked = page.locator(part);
  const devtools = await page.context().newCDPSession(page);
  for (const type of EYES) {
    await devtools.send("Emulation.setEmulatedVisionDeficiency", {type});
    expect(await expectLegible(looked, looked.locator(words), type), `colours in sight, ${type}`).toBe(type !== "achromatopsia");
  }
  await devtools.send("Emulation.setEmulatedVisionDeficiency", {type: "none"});
  await devtools.detach();
  await page.emulateMedia({forcedColors: "active"});
  await expectLegible(looked, looked.locator(words), "in the system's colours");
  await page.emulateMedia({forcedColors: "none"});
}

/**
 * Expects that words stand out from their ground on the screen.
 *
 * @returns whether any colour is in sight
 */
async function expectLegible(part: Locator, words: Locator, when: string): Promise<boolean> {
  const picture = await part.screenshot();
  const {data, info} = await sharp(picture).removeAlpha().raw().toBuffer({resolveWithObject: true});
  const corner = (await part.boundingBox())!;
  for (const element of await words.all()) {
    const {x, y, width, height} = (await element.boundingBox())!;
    const [left, top] = [Math.max(0, Math.ceil(x - corner.x)), Math.max(0, Math.ceil(y - corner.y))];
    const [right, bottom] = [
      Math.min(info.width, Math.floor(x - corner.x + width)),
      Math.min(info.height, Math.floor(y - corner.y + height))
    ];
    let [most, least]: [Rgb, Rgb] = [
      [0, 0, 0],
      [255, 255, 255]
    ];
    for (let row = top; row < bottom; row++)
      for (let column = left; column < right; column++) {
        const at = 3 * (row * info.width + column);
        const colour: Rgb = [data[at]!, data[at + 1]!, data[at + 2]!];
        if (lightness(colour) > lightness(most)) most = colour;
        if (lightness(colour) < lightness(least)) least = colour;
      }
    expect(contrast(least, most), `contrast of “${await element.innerText()}”, ${when}`).toBeGreaterThanOrEqual(WORDS);
  }
  for (let at = 0; at < data.length; at += 3)
    if (Math.max(Math.abs(data[at]! - data[at + 1]!), Math.abs(data[at]! - data[at + 2]!)) > 8) return true;
  return false;
}

/** Near enough to order colours by. */
function lightness([r, g, b]: Rgb): number {
  return 0.21 * r + 0.72 * g + 0.07 * b;
}
