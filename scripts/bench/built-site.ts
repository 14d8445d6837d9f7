import type {Browser} from "@playwright/test";
import {launchChromium} from "../browser/chromium.js";
import type {Gpu} from "../browser/chromium.js";
import {DIST} from "../site/root.js";
import {serve} from "../site/serve.js";

/** How pages that are measured are opened: their policy (`scripts/site/policy.ts`) lets no script in that says when something happened. */
export const MEASURED = {bypassCSP: true} as const;

/**
 * Serves the built site to a Chromium of its own while something is measured there.
 *
 * @param use given the browser and the site's address
 * @param flags more of Chromium's command line
 */
export async function onBuiltSite<T>(gpu: Gpu, use: (browser: Browser, url: string) => Promise<T>, flags?: readonly string[]): Promise<T> {
  const {server, url} = await serve({folder: DIST, port: 0});
  try {
    const browser = await launchChromium(gpu, flags);
    try {
      return await use(browser, url);
    } finally {
      await browser.close();
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
