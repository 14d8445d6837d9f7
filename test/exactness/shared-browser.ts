import {chromium} from "@playwright/test";
import type {TestProject} from "vitest/node";
import {chromiumFlags, chromiumPath} from "../../scripts/browser/chromium.js";
import {hasBrowser} from "./browser.js";

/** What tests that look at memory ask of a browser, and others do not notice. */
const MEMORY_FLAGS = ["--js-flags=--expose-gc", "--enable-precise-memory-info"];

declare module "vitest" {
  interface ProvidedContext {
    /** Address at which the run's browser is reached; undefined where there is no Chromium. */
    browser: string | undefined;
  }
}

/** Starts the one browser of the run before its first test and ends it after the last. */
export default async function setup({provide}: TestProject): Promise<(() => Promise<void>) | void> {
  if (!hasBrowser) return;
  const server = await chromium.launchServer({executablePath: chromiumPath(), args: [...chromiumFlags("software"), ...MEMORY_FLAGS]});
  provide("browser", server.wsEndpoint());
  return () => server.close();
}
