import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type axe from "axe-core";
import {expect} from "@playwright/test";
import type {Page} from "@playwright/test";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const PHONE = 390;
const DESKTOP = 1280;
const HEIGHT = 844;
/** What is left of a window of 1280 x 1024 where it is enlarged four times. */
const ENLARGED = {width: 320, height: 256};

/** The rule that takes as long as all others. */
const CONTRAST = "color-contrast";
/** What a wider window may change of a page whose roles and names were looked at on the phone; with `LONG=1` all is looked at again. */
const BY_WIDTH = [CONTRAST, "target-size", "scrollable-region-focusable", "link-in-text-block"];

/**
 * Makes the page as wide as a phone and as a desktop and expects each time what {@link expectAccessible} does, on the desktop by the rules
 * of {@link BY_WIDTH}; of colours, which alone depend on the scheme, in the dark on the phone and in the light on the desktop. Enlarged as
 * far as WCAG asks, it must not scroll sideways.
 */
export async function expectAccessibleEverywhere(page: Page): Promise<void> {
  await page.setViewportSize({width: PHONE, height: HEIGHT});
  await page.emulateMedia({colorScheme: "dark"});
  await expectAccessible(page, `${PHONE} px, dark`, {rules: [CONTRAST]});
  await page.emulateMedia({colorScheme: "light"});
  await expectAccessible(page, `${PHONE} px`, {without: CONTRAST});
  await page.setViewportSize({width: DESKTOP, height: HEIGHT});
  await expectAccessible(page, `${DESKTOP} px, light`, process.env["LONG"] ? {} : {rules: BY_WIDTH});
  await page.setViewportSize(ENLARGED);
  await expectNoWider(page, "enlarged four times");
}

/** What of a page is looked at. */
interface Looked {
  /** Selector of a part; the whole page by default. */
  readonly part?: string | undefined;
  /** Rules of axe; all by default. */
  readonly rules?: string[] | undefined;
  /** A rule of these that is left out. */
  readonly without?: string | undefined;
}

/**
 * Expects that axe finds nothing in the page that is more than minor, and that the page does not scroll sideways.
 *
 * @param when says in a failure's message what the page showed
 */
export async function expectAccessible(page: Page, when: string, looked: Looked = {}): Promise<void> {
  expect(await violations(page, looked), when).toEqual([]);
  expect(await silentPictures(page), `pictures without words, ${when}`).toEqual([]);
  await expectNoWider(page, when);
}

/** Expects that the page does not scroll sideways. */
async function expectNoWider(page: Page, when: string): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, `pixels wider than the screen, ${when}`).toBeLessThanOrEqual(0);
}

/** Pictures that stand in the page and have neither words nor a mark that they need none. */
function silentPictures(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("main :is(canvas, svg, img)")]
      .filter((picture) => picture.checkVisibility() && !picture.matches("[aria-label], [aria-labelledby], [alt]"))
      .filter((picture) => !picture.closest('[aria-hidden="true"], [role="img"], [role="application"], button, a, label, summary'))
      .map(({outerHTML}) => outerHTML.slice(0, 200))
  );
}

/** What axe finds that is more than minor. */
async function violations(page: Page, {part, rules, without}: Looked): Promise<string[]> {
  // As a script in the page it would be one that the page's policy does not know.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const {violations: found} = await page.evaluate(
    ({selector, only, not}) =>
      (window as unknown as {axe: typeof axe}).axe.run(selector ?? document, {
        // What passes need not be written down, nor where in the page it lies.
        resultTypes: ["violations"],
        selectors: false,
        // What a finger has to hit is 24 pixels wide and high, or has as much room around it, and what is read on it is in its name: axe
        // looks at these where it is asked.
        ...(only
          ? {runOnly: only}
          : {
              rules: {
                "target-size": {enabled: true},
                "label-content-name-mismatch": {enabled: true},
                ...(not ? {[not]: {enabled: false}} : {})
              }
            })
      }),
    {selector: part, only: rules, not: without}
  );
  return found.filter(({impact}) => impact !== "minor").map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(" ")}`);
}
