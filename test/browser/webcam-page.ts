import {expect} from "@playwright/test";
import type {Locator, Page} from "@playwright/test";
import {drawFrames} from "./frames.js";
import {PATIENCE, SitePage} from "./site-page.js";
import {keepWorkers} from "./workers.js";

/** The webcam page. */
export class WebcamPage extends SitePage {
  readonly image: Locator;
  readonly status: Locator;
  readonly classes: Locator;
  readonly start: Locator;
  readonly stop: Locator;

  constructor(page: Page) {
    super(page);
    this.image = page.getByRole("img", {name: "Live segmentation"});
    this.status = page.getByRole("status");
    this.classes = page.getByRole("list", {name: "Classes found"});
    this.start = this.button("Start");
    this.stop = this.button("Stop");
  }

  button(name: string): Locator {
    return this.page.getByRole("button", {name, exact: true});
  }

  select(name: string): Locator {
    return this.page.getByRole("combobox", {name, exact: true});
  }

  /** Opens the page, small and quick unless the query says otherwise. */
  async open(query: Record<string, string> = {}): Promise<this> {
    await this.page.goto(`/webcam?${new URLSearchParams({model: "nano", backend: "wasm", ...query})}`);
    await this.done();
    return this;
  }

  /** Starts and waits for the first picture. */
  async run(): Promise<this> {
    await this.changes(() => this.start.click());
    return this;
  }

  /** Turns the camera off, if it is on, and forgets the tracks that it had: with {@link keepTracks}. */
  async off(): Promise<void> {
    if (await this.stop.isVisible()) await this.stop.click();
    await this.page.evaluate(() => (window as unknown as {opened: MediaStreamTrack[]}).opened.splice(0));
  }

  /** Waits for some more pictures. */
  async more(pictures = 1): Promise<void> {
    const least = (await this.count()) + pictures;
    await this.page.waitForFunction((least) => Number(document.querySelector("main")!.dataset["run"] ?? 0) >= least, least, {
      polling: 40,
      timeout: PATIENCE
    });
  }

  async count(): Promise<number> {
    return Number((await this.main.getAttribute("data-run")) ?? 0);
  }

  /** Stands still on a frame. */
  async pause(): Promise<void> {
    await this.button("Pause").click();
    let before = -1;
    // The frames that were on their way come through.
    while ((await this.count()) !== before) {
      before = await this.count();
      await drawFrames(this.page, 75);
    }
  }

  /** What the picture shows: its size, and its pixels at a few places, RGBA, row by row. */
  async pixels(): Promise<{width: number; height: number; values: number[]}> {
    return this.image.evaluate(async (element) => {
      const canvas = element as HTMLCanvasElement;
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
      const bitmap = await createImageBitmap(blob!);
      const small = new OffscreenCanvas(32, 24);
      const context = small.getContext("2d")!;
      context.drawImage(bitmap, 0, 0, small.width, small.height);
      return {width: bitmap.width, height: bitmap.height, values: [...context.getImageData(0, 0, small.width, small.height).data]};
    });
  }

  /** Does something and waits until the picture is another one. */
  async changesPicture(action: () => Promise<unknown>): Promise<void> {
    const before = await this.pixels();
    await action();
    const changed = expect.poll(async () => difference(await this.pixels(), before), {
      message: "the picture's pixels change",
      intervals: [40]
    });
    await changed.toBeGreaterThan(0.02);
  }

  /** Hides the tab or shows it again, as far as the page can tell. */
  async hide(hidden: boolean): Promise<void> {
    await this.page.evaluate((now) => {
      Object.defineProperty(document, "hidden", {value: now, configurable: true});
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  }

  /** Unplugs the camera that was opened last: with {@link keepTracks}. */
  async unplug(): Promise<void> {
    await this.page.evaluate(() => {
      const track = (window as unknown as {opened: MediaStreamTrack[]}).opened.at(-1)!;
      track.stop();
      track.dispatchEvent(new Event("ended"));
    });
  }

  /** Whether the source's tracks are live or ended, as the browser says. */
  async tracks(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as {opened: MediaStreamTrack[]}).opened.map(({readyState}) => readyState));
  }
}

type Pixels = Awaited<ReturnType<WebcamPage["pixels"]>>;

/** Mean difference of two pictures, 0-255; what differs in size differs as much as can be. */
export function difference(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) return 255;
  return a.values.reduce((sum, value, index) => sum + Math.abs(value - b.values[index]!), 0) / a.values.length;
}

/** Opens the webcam page so that its tracks and its workers can be looked at. */
export async function openWatched(page: Page): Promise<WebcamPage> {
  await page.addInitScript(keepTracks);
  await page.addInitScript(keepWorkers);
  return new WebcamPage(page).open();
}

/** Keeps the tracks of every camera that the page opens in `window.opened`. */
export function keepTracks(): void {
  const opened: MediaStreamTrack[] = [];
  Object.assign(window, {opened});
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await original(constraints);
    opened.push(...stream.getTracks());
    return stream;
  };
}
