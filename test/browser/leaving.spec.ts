import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {LESSONS} from "../../data/lessons.js";
import {SAMPLES} from "../../data/samples/samples.js";

/** Small inputs, so that visits are quick. */
const QUERY = "model=nano&size=257&backend=wasm";
/** What is left is compared for equality: what a visit leaves, the next one shows. `LONG=1` makes it twenty. */
const VISITS = process.env["LONG"] ? 20 : 2;
/** What moves by itself asks for a frame in each of so many. */
const FRAMES = 60;

interface Watched {
  readonly workers: number;
  readonly frames: number;
  /** Intervals and timeouts that are still to come. */
  readonly timers: number;
}

/** What {@link watch} gives a page's window. */
interface Instrumented {
  readonly watched: Watched;
  nextFrame(): Promise<unknown>;
}

/** Counts what a page could leave running: workers, animation frames, timers. */
function watch(): void {
  const counts = {workers: 0, frames: 0, timers: 0};
  const original = {frame: requestAnimationFrame.bind(window), setInterval: setInterval.bind(window), setTimeout: setTimeout.bind(window)};
  // The browser's own frames stay within reach, uncounted.
  Object.assign(window, {watched: counts, nextFrame: () => new Promise(original.frame)});
  const waiting = new Set<unknown>();
  const count = () => (counts.timers = waiting.size);
  const done = (id: unknown) => {
    waiting.delete(id);
    count();
  };
  window.requestAnimationFrame = (callback) => {
    counts.frames++;
    return original.frame(callback);
  };
  window.setInterval = ((...args: Parameters<typeof setInterval>) => {
    const id = original.setInterval(...args);
    waiting.add(id);
    count();
    return id;
  }) as typeof setInterval;
  window.setTimeout = ((callback: () => void, delay?: number) => {
    const id = original.setTimeout(() => {
      done(id);
      callback();
    }, delay);
    waiting.add(id);
    count();
    return id;
  }) as typeof setTimeout;
  for (const name of ["clearInterval", "clearTimeout"] as const) {
    const clear = window[name].bind(window);
    window[name] = (id) => {
      done(id);
      clear(id);
    };
  }
  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      counts.workers++;
    }
    override terminate() {
      counts.workers--;
      super.terminate();
    }
  };
}

/** Makes and disposes the page's lesson again and again in one document, and tells what is left after each time. */
async function visitAgain(page: Page, visits: number): Promise<{tensors: number[]; workers: number}> {
  return page.evaluate(
    async ({visits, samples}) => {
      const loaded = () => performance.getEntriesByType("resource").map(({name}) => name);
      // The page's bundle, named as the page is, holds its modules.
      const name = location.pathname.slice(1) || "index";
      const bundle = (await import(loaded().find((url) => url.includes(`/_app/${name}-`))!)) as Record<string, Record<string, unknown>>;
      const exported = Object.values(bundle).flatMap((module) => Object.entries(module));
      const [, factory] = exported.find(([name]) => name.endsWith("Lesson"))! as [string, (options: object) => {dispose(): void}];
      const models = [{id: "nano", title: "nano", bytes: 1, license: "", source: "", measured: "", lacks: ""}];
      const tensors: number[] = [];
      for (let visit = 0; visit < visits; visit++) {
        const main = document.createElement("main");
        const lesson = factory({main, models, samples});
        // One visit in four is left before anything stands.
        if (visit % 4 !== 3) while (main.getAttribute("aria-busy") !== "false") await new Promise((resolve) => setTimeout(resolve, 10));
        lesson.dispose();
        // The bundler names it by one of its modules.
        const host = loaded().find((url) => /\/_app\/(?:host|mask-files)\./.test(url));
        if (!host) continue;
        // Another host of the same module: it sees the tensors of all.
        type HostModule = {createHost?(onProgress: () => void): {memory(): Promise<{numTensors: number}>}};
        // Its bundle gives it as one thing, beside what others need of it.
        const createHost = Object.values((await import(host)) as Record<string, HostModule>).find((each) => each.createHost)!.createHost!;
        const count = async () => (await createHost(() => undefined).memory()).numTensors;
        // In-page engines end with the work that is on its way.
        for (let wait = 0; wait < 100 && (wait < 3 || (tensors.length > 0 && (await count()) !== tensors[0])); wait++)
          await new Promise((resolve) => setTimeout(resolve, 30));
        tensors.push(await count());
      }
      // A worker is ended in a turn of its own.
      await new Promise((resolve) => setTimeout(resolve));
      return {tensors, workers: (window as unknown as Instrumented).watched.workers};
    },
    {visits, samples: SAMPLES}
  );
}

/** How many animation frames the page itself asks for while so many pass. */
function framesAskedFor(page: Page, passing: number): Promise<number> {
  return page.evaluate(async (frames) => {
    const {watched, nextFrame} = window as unknown as Instrumented;
    const before = watched.frames;
    for (let frame = 0; frame < frames; frame++) await nextFrame();
    return watched.frames - before;
  }, passing);
}

/** How many timers are still to come. */
function timers(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as Instrumented).watched.timers);
}

/** Lessons whose kinds of work others have too: `LONG=1` visits them as well. */
const LIKE_OTHERS = process.env["LONG"] ? [] : ["/output-stride", "/aspp", "/quantisation"];

for (const {path} of LESSONS.filter((lesson) => !LIKE_OTHERS.includes(lesson.path))) {
  test(`${VISITS} visits to ${path} leave no tensor, no worker, no animation`, async ({page}) => {
    test.slow();
    await page.addInitScript(watch);
    // Without workers the engine runs in the page, where its tensors can be counted.
    await page.addInitScript(() => delete (window as unknown as {Worker?: unknown}).Worker);
    // What waits until the reader is near it then begins at once.
    if (process.env["LONG"]) await page.addInitScript(() => delete (window as {IntersectionObserver?: unknown}).IntersectionObserver);
    await page.emulateMedia({reducedMotion: "no-preference"});
    await page.goto(`${path}?${QUERY}`);
    await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
    await framesAskedFor(page, FRAMES);
    const standing = await timers(page);
    const {tensors} = await visitAgain(page, VISITS);
    expect(tensors).toHaveLength(VISITS);
    expect(tensors.every(Number.isInteger), `tensors after each visit: ${tensors.join(", ")}`).toBe(true);
    // The page itself still stands beside the visits, with its own weights.
    expect(new Set(tensors).size, `tensors after each visit: ${tensors.join(", ")}`).toBe(1);
    // The address is changed at most every so often; the timer of its pause comes to its end.
    await expect.poll(() => timers(page)).toBe(standing);
    expect(await framesAskedFor(page, FRAMES)).toBeLessThanOrEqual(1);
  });
}

test("a visit's worker ends with it", async ({page}) => {
  await page.addInitScript(watch);
  await page.goto(`/separable?${QUERY}`);
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
  const {workers} = await visitAgain(page, 3);
  expect(workers).toBe(1);
});

if (process.env["LONG"])
  test(`${VISITS} visits between a lesson and the notebook leave the heap as the first there and back`, async ({page}) => {
    test.slow();
    const devtools = await page.context().newCDPSession(page);
    const open = async (path: string) => {
      await page.goto(path);
      await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
    };
    const held = async () => {
      await devtools.send("HeapProfiler.collectGarbage");
      return (await devtools.send("Runtime.getHeapUsage")).usedSize;
    };
    /** The page before is let go of in turns, its document in one and what only that held in the next; which, no one says. */
    const heapAt = async (path: string): Promise<number> => {
      await open(path);
      const readings: number[] = [];
      for (let turn = 0; turn < 10; turn++) {
        readings.push(await held());
        await page.waitForTimeout(200);
      }
      return Math.min(...readings);
    };
    const paths = [`/decoder?${QUERY}`, "/notebook?notebook=exercise"];
    // Before a browser's first pages there was none to leave something.
    for (const path of paths) await open(path);
    const first = [await heapAt(paths[0]!), await heapAt(paths[1]!)];
    const workers = page.workers().length;
    for (let visit = 4; visit < VISITS; visit++) {
      await open(paths[visit % 2]!);
      await expect.poll(held, {message: `bytes at visit ${visit}`, timeout: 30_000}).toBeLessThan(1.1 * first[visit % 2]!);
    }
    expect(page.workers()).toHaveLength(workers);
  });
