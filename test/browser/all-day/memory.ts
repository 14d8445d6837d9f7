import {readFile} from "node:fs/promises";
import {expect} from "@playwright/test";
import {median} from "d3-array";
import type {Browser, CDPSession, Page} from "@playwright/test";

/** What a page holds, in megabytes; tensors are counted. */
export interface Held {
  /** Of scripts, with their arrays and what of the document they keep. */
  readonly page: number;
  readonly workers: number;
  /** All that the browser's processes hold, WASM's memory and textures among it; null where the system does not tell. */
  readonly processes: number | null;
  /** What those of pages hold of it: decoded pictures, too, that no script knows of. */
  readonly renderers: number | null;
  readonly tensors: number;
}

/** What DevTools tell of a heap, in bytes: objects of scripts, what the page's own objects behind them take, and arrays. */
interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize?: number;
  readonly backingStorageSize?: number;
}

function bytesOf({usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0}: HeapUsage): number {
  return usedSize + embedderHeapUsedSize + backingStorageSize;
}

/** @param tensors how many of them the page says that it holds */
export async function heldBy(page: Page, tensors: number): Promise<Held> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const ofPage = bytesOf(await session.send("Runtime.getHeapUsage"));
  const ofWorkers = await workersHeap(session);
  await session.detach();
  return {page: ofPage / 1e6, workers: ofWorkers / 1e6, ...(await processes(page.context().browser()!)), tensors};
}

/** What a session's worker answers. */
interface Message {
  readonly id?: number;
  readonly result?: HeapUsage;
}

/**
 * Bytes that the page's own workers hold once what they dropped is collected. They are asked through the page's session: their threads,
 * which sleep in WASM, would answer nobody.
 */
async function workersHeap(session: CDPSession): Promise<number> {
  const sizes: Promise<number>[] = [];
  session.on("Target.attachedToTarget", ({sessionId}) => {
    const ask = (id: number, method: string) =>
      session.send("Target.sendMessageToTarget", {sessionId, message: JSON.stringify({id, method})}).catch(() => {});
    sizes.push(
      new Promise((resolve) => {
        session.on("Target.receivedMessageFromTarget", (received) => {
          const {id, result} = JSON.parse(received.message) as Message;
          if (received.sessionId !== sessionId) return;
          if (id === 1) void ask(2, "Runtime.getHeapUsage");
          if (id === 2) resolve(result ? bytesOf(result) : 0);
        });
        void ask(1, "HeapProfiler.collectGarbage");
      })
    );
  });
  // Those that are there are told of before it answers.
  await session.send("Target.setAutoAttach", {autoAttach: true, waitForDebuggerOnStart: false, flatten: false});
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Resident memory of a browser's processes that no file backs. */
async function processes(browser: Browser): Promise<Pick<Held, "processes" | "renderers">> {
  const devtools = await browser.newBrowserCDPSession();
  const {processInfo} = await devtools.send("SystemInfo.getProcessInfo");
  await devtools.detach();
  const sizes = await Promise.all(
    processInfo.map(async ({id, type}) => {
      const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => null);
      return status === null ? [] : [{type, megabytes: (1024 * Number(/^RssAnon:\s*(\d+)/m.exec(status)?.[1] ?? 0)) / 1e6}];
    })
  );
  const known = sizes.flat();
  if (known.length === 0) return {processes: null, renderers: null};
  const sum = (of: typeof known) => of.reduce((all, {megabytes}) => all + megabytes, 0);
  return {processes: sum(known), renderers: sum(known.filter(({type}) => type === "renderer"))};
}

/** One line of a table over time. */
export function heldInWords({page, workers, processes, renderers, tensors}: Held): string {
  const all = processes === null ? "" : `, all processes ${processes.toFixed(0)} MB, those of pages ${renderers!.toFixed(0)} MB`;
  return `the page ${page.toFixed(1)} MB, its workers ${workers.toFixed(1)} MB, tensors ${tensors}${all}`;
}

/**
 * What readings grow by from one to the next: of the slopes between any two the one in the middle (Theil and Sen), which a reading that is
 * far from the others does not move.
 */
function slope(values: readonly number[]): number {
  return median(values.flatMap((value, at) => values.slice(0, at).map((before, then) => (value - before) / (at - then)))) ?? 0;
}

/**
 * Expects that the last third of some readings hold no more than the second: what is left behind each time adds up, what is kept once, and
 * what allocators and compilers take in their first minutes, does not.
 *
 * @param readings in the order of time, each after the same work
 */
export function expectFlat(readings: readonly Held[]): void {
  expect(readings.length).toBeGreaterThan(2);
  const third = Math.floor(readings.length / 3);
  const [before, after] = [readings.slice(-2 * third, -third), readings.slice(-third)];
  const least = (of: readonly Held[], what: keyof Held) => Math.min(...of.map((held) => held[what] ?? 0));
  const grown = (what: keyof Held) => least(after, what) - least(before, what);
  const settled = readings.slice(-2 * third);
  const trend = (what: keyof Held) => slope(settled.map((held) => held[what] ?? 0)) * (settled.length - 1);
  const trends = (["page", "workers", "renderers", "processes"] as const).map((what) => `${what} ${trend(what).toFixed(1)}`);
  console.log(`over the last ${settled.length} readings grown by, in MB: ${trends.join(", ")}`);
  // A collector keeps what it likes, and processes more than they use.
  expect(grown("page"), "megabytes that the page holds more").toBeLessThan(2);
  expect(grown("workers"), "megabytes that its workers hold more").toBeLessThan(2);
  for (const what of ["processes", "renderers"] as const)
    expect(trend(what), `megabytes that ${what} hold more`).toBeLessThan(0.1 * least(settled, what) + 1);
  expect(grown("tensors"), "tensors more").toBe(0);
}
