/** Runs in the built site's workbench: does what a reader does there, and watches the clock. */

export interface Scrolled {
  /** Milliseconds between one frame and the next, while the grid was scrolled. */
  readonly gaps: number[];
  /** Milliseconds of the main thread's tasks of 50 and more. */
  readonly longTasks: number[];
}

/** Frames that scrolling from top to bottom takes at least: some seconds, whatever the height. */
const FRAMES = 120;

const main = document.querySelector("main")!;
const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

function layerButton(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll<HTMLButtonElement>('[aria-label="Layers"] button')].find(
    (button) => button.querySelector(".layer-name")?.textContent === name
  );
  if (!found) throw new Error(`The workbench lists no layer ${name}.`);
  return found;
}

function grid(): HTMLElement {
  return document.querySelector<HTMLElement>('[role="grid"][aria-label="Feature maps"]')!;
}

/** The first listed layer of this shape, written as on the page. */
export function layerOfShape(shape: string): string | null {
  const found = [...document.querySelectorAll('[aria-label="Layers"] button')].find(
    (button) => button.querySelector(".layer-shape")?.textContent === shape
  );
  return found?.querySelector(".layer-name")?.textContent ?? null;
}

/**
 * Clicks a layer's button and waits until a frame with its grid was shown.
 *
 * @returns milliseconds
 * @throws Error when what is shown then is not that layer's grid
 */
export async function openLayer(name: string, channels: number): Promise<number> {
  const button = layerButton(name);
  const before = main.dataset.run;
  const start = performance.now();
  button.click();
  do await nextFrame();
  while (main.dataset.run === before || main.getAttribute("aria-busy") !== "false");
  // The frame in which it stands has been drawn once the next begins.
  await nextFrame();
  const milliseconds = performance.now() - start;
  const cells = Number(grid().getAttribute("aria-rowcount")) * Number(grid().getAttribute("aria-colcount"));
  const canvas = grid().querySelector("canvas");
  const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  if (button.getAttribute("aria-current") !== "true" || cells < channels || !pixels.some((value) => value > 0))
    throw new Error(`The grid of ${name} is not there.`);
  return milliseconds;
}

/** Scrolls the grid from its top to its bottom, a step a frame. */
export async function scrollGrid(): Promise<Scrolled> {
  const box = grid();
  box.scrollTop = 0;
  await nextFrame();
  await nextFrame();
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({duration}) => duration)));
  observer.observe({type: "longtask"});
  const end = box.scrollHeight - box.clientHeight;
  const gaps: number[] = [];
  let last = await nextFrame();
  for (let frame = 1; frame <= FRAMES; frame++) {
    box.scrollTop = (end * frame) / FRAMES;
    const now = await nextFrame();
    gaps.push(now - last);
    last = now;
  }
  // What is observed comes a little later.
  await new Promise((resolve) => setTimeout(resolve, 100));
  observer.disconnect();
  return {gaps, longTasks};
}

/** The network's time, in milliseconds, as the workbench tells it. */
export function networkTime(): number {
  const terms = [...document.querySelectorAll("dt")].filter(({textContent}) => textContent === "Network");
  return parseFloat(terms[0]!.nextElementSibling!.textContent!);
}
