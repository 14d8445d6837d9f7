import type {Page} from "@playwright/test";

/**
 * Waits while the page draws so many animation frames (a sixtieth of a second each, more on a busy machine): what moves by itself
 * would have moved by then.
 */
export async function drawFrames(page: Page, count: number): Promise<void> {
  await page.evaluate(async (frames) => {
    for (let frame = 0; frame < frames; frame++) await new Promise(requestAnimationFrame);
  }, count);
}
