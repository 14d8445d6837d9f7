import {expect, test} from "@playwright/test";
import type {Page} from "@playwright/test";
import {LESSONS} from "../../data/lessons.js";
import {SAMPLES} from "../../data/samples/samples.js";

/** Small inputs, so that twenty visits are quick. */
const QUERY = "model=nano&size=257&backend=wasm";
const VISITS = 20;

interface Watched {
  readonly workers: number;
  readonly frames: number;
  /** Intervals and timeouts that are still to come. */
  readonly timers: number;
}

/** Counts what a page could leave running: workers, animation frames, timers. */
function watch(): void {
  const counts = {workers: 0, frames: 0, timers: 0};
  Object.assign(window, {watched: counts});
  const original = {frame: requestAnimationFrame.bind(window), setInterval: setInterval.bind(window), setTimeout: setTimeout.bind(window)};
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
async function visitAgain(page: Page, visits: number): Promise<{tensors: number[]; watched: Watched; framesLater: number}> {
  return page.evaluate(
    async ({visits, samples}) => {
      const loaded = performance.getEntriesByType("resource").map(({name}) => name);
      const lessonModules = loaded.filter((name) => /_import\/lessons\/[a-z-]+\.[0-9a-f]+\.js/.test(name));
      const factories = await Promise.all(
        lessonModules.map(async (name) => Object.entries((await import(name)) as Record<string, unknown>))
      );
      const [, factory] = factories.flat().find(([name]) => name.endsWith("Lesson"))! as [string, (options: object) => {dispose(): void}];
      const models = [{id: "nano", title: "nano", bytes: 1, license: "", source: "", measured: "", lacks: ""}];
      const tensors: number[] = [];
      for (let visit = 0; visit < visits; visit++) {
        const main = document.createElement("main");
        const lesson = factory({main, models, samples});
        // One visit in four is left before anything stands.
        if (visit % 4 !== 3) while (main.getAttribute("aria-busy") !== "false") await new Promise((resolve) => setTimeout(resolve, 10));
        lesson.dispose();
        const core = performance
          .getEntriesByType("resource")
          .map(({name}) => name)
          .find((name) => /tfjs-core@[^/]*\/index/.test(name));
        const tf = core && ((await import(core)) as {getBackend(): string; memory(): {numTensors: number}});
        if (!tf || !tf.getBackend()) continue;
        // In-page engines end with the work that is on its way.
        for (let wait = 0; wait < 100 && (wait < 3 || (tensors.length > 0 && tf.memory().numTensors !== tensors[0])); wait++)
          await new Promise((resolve) => setTimeout(resolve, 30));
        tensors.push(tf.memory().numTensors);
      }
      const {watched} = window as unknown as {watched: Watched};
      const before = watched.frames;
      // Longer than the pause between changes of the address.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return {tensors, watched: {...watched}, framesLater: watched.frames - before};
    },
    {visits, samples: SAMPLES}
  );
}

for (const {path} of LESSONS) {
  test(`twenty visits to ${path} leave no tensor, no worker, no animation`, async ({page}) => {
    test.slow();
    await page.addInitScript(watch);
    // Without workers the engine runs in the page, where its tensors can be counted.
    await page.addInitScript(() => delete (window as unknown as {Worker?: unknown}).Worker);
    await page.emulateMedia({reducedMotion: "no-preference"});
    await page.goto(`${path}?${QUERY}`);
    await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
    await page.waitForTimeout(500);
    const standing = await page.evaluate(() => (window as unknown as {watched: Watched}).watched.timers);
    const {tensors, watched, framesLater} = await visitAgain(page, VISITS);
    expect(tensors).toHaveLength(VISITS);
    // The page itself still stands beside the visits, with its own weights.
    expect(new Set(tensors).size, `tensors after each visit: ${tensors.join(", ")}`).toBe(1);
    expect(watched.timers).toBe(standing);
    expect(framesLater).toBeLessThanOrEqual(1);
  });
}

test("a visit's worker ends with it", async ({page}) => {
  await page.addInitScript(watch);
  await page.goto(`/aspp?${QUERY}`);
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
  const {watched} = await visitAgain(page, 3);
  expect(watched.workers).toBe(1);
});
