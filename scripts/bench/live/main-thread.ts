import {fakeCameraFlags} from "../../browser/chromium.js";
import type {Gpu} from "../../browser/chromium.js";
import {MEASURED, onBuiltSite} from "../built-site.js";
import type {MainThreadRow} from "./report.js";
import {mainThreadTimes} from "../task-times.js";
import type {TraceEvent} from "../task-times.js";

/** How long the page streams while its tasks are traced. */
const SECONDS = 10;
/** Pictures after which the stream runs as it will go on: shaders are compiled and the weights are there. */
const FIRST_PICTURES = 3;
/** A model that is fetched, shaders compiled by software. */
const START_TIMEOUT = 180_000;

/** In the page: counts the segmented frames that come over a session's port. */
const COUNT_PICTURES = `
  globalThis.picturesSeen = 0;
  globalThis.MessageChannel = class extends MessageChannel {
    constructor() {
      super();
      this.port1.addEventListener("message", ({data}) => {
        if (data?.kind === "picture" && data.facts) globalThis.picturesSeen++;
      });
    }
  };`;

/**
 * Streams the camera in a page of the built site and traces the tasks of its main thread.
 *
 * @param page path of the page, whose button "Start" starts the camera
 * @param video what the fake camera shows, a path; by default Chromium's test pattern
 * @throws Error when no picture comes
 */
export async function mainThreadWhileStreaming(page: string, gpu: Gpu, video?: string): Promise<MainThreadRow> {
  return onBuiltSite(
    gpu,
    async (browser, url) => {
      const tab = await browser.newPage(MEASURED);
      await tab.addInitScript(COUNT_PICTURES);
      await tab.goto(url + page);
      await tab.getByRole("button", {name: "Start"}).first().click();
      await tab.waitForFunction(`picturesSeen >= ${FIRST_PICTURES}`, null, {timeout: START_TIMEOUT});
      const before = Number(await tab.evaluate("picturesSeen"));
      await browser.startTracing(tab, {categories: ["disabled-by-default-devtools.timeline"]});
      await tab.waitForTimeout(SECONDS * 1000);
      const trace = JSON.parse((await browser.stopTracing()).toString()) as {readonly traceEvents: readonly TraceEvent[]};
      const pictures = Number(await tab.evaluate("picturesSeen")) - before;
      return {kind: "main-thread", page, seconds: SECONDS, pictures, ...mainThreadTimes(trace.traceEvents)};
    },
    fakeCameraFlags(video)
  );
}
