/** What was seen where a page's first mask stands, before that stood. */
export interface SeenFirst {
  /** Where photo and mask were seen in the figure's place that were made with the site, as long as no result stood; null for never. */
  readonly box: {readonly x: number; readonly y: number; readonly width: number; readonly height: number} | null;
  readonly words: string;
  /** How far things moved from then on, as Chromium counts it, but for the line that says what is under way: it changes all the time. */
  readonly moved: number;
}

/** In the page, before anything else of it runs: notes it as `globalThis.seenFirst`. For `addInitScript`. */
export function watchFirst(): void {
  const seen: {box: DOMRect | null; words: string; moved: number} = {box: null, words: "", moved: 0};
  Object.assign(globalThis, {seenFirst: seen});
  let since = Infinity;
  const look = () => {
    if (document.querySelector("main")?.dataset["run"] !== undefined) return;
    const standIn = document.querySelector<HTMLElement>(".stand-in");
    // Before the first paint the page is laid out without its styles.
    const isPainted = performance.getEntriesByType("paint").length > 0;
    const images = [...(standIn?.querySelectorAll("img") ?? [])];
    if (
      isPainted &&
      images.length === 2 &&
      images.every(({complete, naturalWidth}) => complete && naturalWidth > 0) &&
      standIn!.checkVisibility()
    ) {
      seen.box = standIn!.getBoundingClientRect();
      seen.words = standIn!.innerText;
      since = Math.min(since, performance.now());
    }
    requestAnimationFrame(look);
  };
  look();
  interface Shift extends PerformanceEntry {
    readonly value: number;
    readonly sources: readonly {readonly node: Node | null}[];
  }
  new PerformanceObserver((list) => {
    for (const {startTime, value, sources} of list.getEntries() as Shift[]) {
      const isStatus = (node: Node | null) =>
        Boolean((node instanceof Element ? node : node?.parentElement)?.closest(".status, .under-way"));
      if (startTime > since && !sources.every(({node}) => isStatus(node))) seen.moved += value;
    }
  }).observe({type: "layout-shift"});
}
