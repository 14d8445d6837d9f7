import {max, rollups} from "d3-array";
import type {Browser, BrowserContext, Response} from "@playwright/test";
import {MEASURED} from "../built-site.js";
import {mainThreadTimes} from "../task-times.js";
import type {TaskTimes, TraceEvent} from "../task-times.js";
import type {SlowLine} from "./slow-line.js";

/** A file that a page or its workers asked for. */
export interface AskedFile {
  /** Address in the site. */
  readonly path: string;
  /** Uncompressed. */
  readonly bytes: number;
}

/** One visit of a page, until its first mask stood. */
export interface Visit {
  /** From the click on a link to it until the first mask of the network stands. */
  readonly ms: number;
  /** What was asked for by then, the largest first. What was asked for ahead and then taken from the browser's cache is one. */
  readonly files: readonly AskedFile[];
  /** What travelled, compressed or not, headers and all. */
  readonly bytesDown: number;
}

/** A model that is fetched over a slow line and run by a slow machine. */
const TIMEOUT = 120_000;

/** In the page: notes when the first result stands, as every page marks it on its `main`, whatever the page goes on with then. */
const NOTE_FIRST_MASK = `
  new MutationObserver((_, observer) => {
    if (document.querySelector("main")?.dataset.run === undefined) return;
    observer.disconnect();
    globalThis.firstMask = {ms: performance.now(), at: Date.now()};
  }).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-run"]});`;

/** Visits a page in a new tab. @throws Error when no mask comes */
export async function visit(context: BrowserContext, line: SlowLine, path: string): Promise<Visit> {
  const tab = await context.newPage();
  await tab.addInitScript(NOTE_FIRST_MASK);
  const asked: {readonly path: string; readonly at: number; readonly answer: Promise<Response | null>}[] = [];
  tab.on("request", (request) => {
    const {protocol, pathname: path} = new URL(request.url());
    if (protocol.startsWith("http")) asked.push({path, at: Date.now(), answer: request.response().catch(() => null)});
  });
  const before = line.bytesDown();
  try {
    await tab.goto(line.url + path, {waitUntil: "commit"});
    const {ms, at} = (await (await tab.waitForFunction("globalThis.firstMask", null, {timeout: TIMEOUT, polling: 100})).jsonValue()) as {
      readonly ms: number;
      readonly at: number;
    };
    const bytesDown = line.bytesDown() - before;
    const inTime = asked.filter((each) => each.at <= at);
    const sizes = await Promise.all(inTime.map(async ({path, answer}) => ({path, bytes: await sizeOf(await answer)})));
    const files = rollups(
      sizes,
      (answers) => max(answers, ({bytes}) => bytes)!,
      ({path}) => path
    ).map(([path, bytes]) => ({path, bytes}));
    return {ms, bytesDown, files: files.sort((a, b) => b.bytes - a.bytes)};
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
  const tab = await browser.newPage(MEASURED);
  try {
    await tab.addInitScript(NOTE_FIRST_MASK);
    await (await tab.context().newCDPSession(tab)).send("Emulation.setCPUThrottlingRate", {rate: times});
    await browser.startTracing(tab, {categories: ["disabled-by-default-devtools.timeline"]});
    await tab.goto(url, {waitUntil: "commit"});
    await tab.waitForFunction("globalThis.firstMask", null, {timeout: TIMEOUT, polling: 100});
    const trace = JSON.parse((await browser.stopTracing()).toString()) as {readonly traceEvents: readonly TraceEvent[]};
    return mainThreadTimes(trace.traceEvents);
  } finally {
    await tab.close();
  }
}
