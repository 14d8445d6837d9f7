import type {Page} from "@playwright/test";

interface WithWorkers {
  workers: Worker[];
}

/** Keeps every worker that the page starts in `window.workers`. For `addInitScript`. */
export function keepWorkers(): void {
  const Original = window.Worker;
  const workers: Worker[] = ((window as unknown as WithWorkers).workers = []);
  window.Worker = class extends Original {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      workers.push(this);
    }
  };
}

/** How many workers the page has started. */
export function workersStarted(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as WithWorkers).workers.length);
}

/** Terminates the last worker without an answer, as when it runs out of memory; the browser reports that as an error event. */
export async function crashWorker(page: Page): Promise<void> {
  await page.evaluate(() => {
    const worker = (window as unknown as WithWorkers).workers.at(-1)!;
    worker.terminate();
    worker.dispatchEvent(new ErrorEvent("error", {message: "out of memory"}));
  });
}
