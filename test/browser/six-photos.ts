import path from "node:path";
import {expect} from "@playwright/test";
import type {LabelPage} from "./label-page.js";

const SAMPLES = path.resolve(import.meta.dirname, "../../data/samples");
/** Each photo, and what is painted in its middle. */
export const SIX_PHOTOS = {astronaut: "person", cat: "cat", cows: "cow", dog: "dog", horses: "horse", musicians: "person"} as const;

/**
 * Labels six photos by hand.
 *
 * @param photos each photo of the samples, and the class that is painted in its middle
 */
export async function labelSixPhotos(label: LabelPage, photos: Readonly<Record<string, string>> = SIX_PHOTOS): Promise<void> {
  const {page} = label;
  // The page begins with a sample.
  await label.changes(() => page.getByRole("button", {name: "Remove this photo"}).click());
  await page.getByLabel("Add photos").setInputFiles(Object.keys(photos).map((name) => path.join(SAMPLES, `${name}.jpg`)));
  for (const name of new Set(Object.values(photos))) await label.addClass(name);
  for (const [photo, name] of Object.entries(photos)) {
    await label.changes(() => page.getByRole("button", {name: new RegExp(`^${photo},`)}).click());
    await page.getByRole("radio", {name}).check({force: true});
    await label.draw([0.4, 0.5], [0.6, 0.55]);
    expect(await label.classAt(0.45, 0.512)).toBe(name);
  }
  await label.kept();
  await expect(page.getByText("6 of 6 photos labelled")).toBeVisible();
}
