import type {Browser, BrowserContext, Response} from "@playwright/test";
import {mainThreadTimes} from "../task-times.js";
import type {TaskTimes, TraceEvent} from "../task-times.js";
import type {SlowLine} from "./slow-line.js";

/** One visit of a page, until its first mask stood. */
export interface Visit {
  /** From the click on a link to it until the first mask of the network stands. */
  readonly ms: number;
  readonly requests: number;
  /** What travelled, compressed or not, headers and all. */
  readonly bytesDown: number;
  /** What the page and its workers were given, uncompressed. */
  readonly bytes: number;
}

/** A model that is fetched over a slow line and run by a slow machine. */
const TIMEOUT = 120_000;

/** In the page: notes when results stand, as every page marks it on its `main`. */
const NOTE_FIRST_MASK = `
  new MutationObserver((_, observer) => {
    const main = document.querySelector("main");
    if (main?.ariaBusy !== "false" || main.dataset.run === undefined) return;
    observer.disconnect();
    globalThis.firstMaskMs = performance.now();
  }).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ["aria-busy", "data-run"]});`;

/** Visits a page in a new tab. @throws Error when no mask comes */
export async function visit(context: BrowserContext, line: SlowLine, path: string): Promise<Visit> {
  const tab = await context.newPage();
  await tab.addInitScript(NOTE_FIRST_MASK);
  // By address: what was asked for ahead and then taken from the browser's cache is one.
  const answers = new Map<string, Promise<Response | null>>();
  tab.on("request", (request) => request.url().startsWith("http") && answers.set(request.url(), request.response()));
  const before = line.bytesDown();
  try {
    await tab.goto(line.url + path, {waitUntil: "commit"});
    const ms = Number(await (await tab.waitForFunction("globalThis.firstMaskMs", null, {timeout: TIMEOUT, polling: 100})).jsonValue());
    const bytesDown = line.bytesDown() - before;
    const sizes = await Promise.all([...answers.values()].map(async (answer) => sizeOf(await answer)));
    return {ms, requests: answers.size, bytesDown, bytes: sizes.reduce((sum, size) => sum + size, 0)};
  } finally {
    await tab.close();
  }
}

/** Bytes of an answer's body; none where there is none, as with a redirect. */
async function sizeOf(answer: Response | null): Promise<number> {
  return (await answer?.body().catch(() => null))?.length ?? 0;
}

/** The tasks of the main thread until the first mask stands, on a CPU that is slowed down. @param times how many times as slow */
export async function tasksWhileLoading(browser: Browser, url: string, times: number): Promise<TaskTimes> {
  const tab = await browser.newPage();
  try {
    await tab.addInitScript(NOTE_FIRST_MASK);
    await (await tab.context().newCDPSession(tab)).send("Emulation.setCPUThrottlingRate", {rate: times});
    await browser.startTracing(tab, {categories: ["disabled-by-default-devtools.timeline"]});
    await tab.goto(url, {waitUntil: "commit"});
    await tab.waitForFunction("globalThis.firstMaskMs", null, {timeout: TIMEOUT, polling: 100});
    const trace = JSON.parse((await browser.stopTracing()).toString()) as {readonly traceEvents: readonly TraceEvent[]};
    return mainThreadTimes(trace.traceEvents);
  } finally {
    await tab.close();
  }
}
