/** Words that set figures to what they speak of, as the reader comes to them. */
export interface ReadingStep {
  readonly words: HTMLElement;
  /** Sets the figures, but not what the reader's own hand has set. */
  take(): void;
}

/** Where words and figures stand beside each other (`src/styles/lesson.css`): elsewhere what is set would be out of sight. */
const BESIDE = "(min-width: 1100px)";
const CALM = "(prefers-reduced-motion: reduce)";
/** The line of the window that is read, from its top. */
const READ = 0.45;
/** Milliseconds that the page rests before its reader reads. */
const REST = 300;
/** Milliseconds after the reader's hand in which the page scrolls by it: no link, and no search, is a reader that reads on. */
const BY_HAND = 1000;
const SCROLLING_KEYS = ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "];

/**
 * Follows the reader: where their own scrolling comes to rest, the last words above the line that is read set their figures. Nothing is
 * set before the page is scrolled, nor where less motion is asked for: there words set figures by a press.
 *
 * @param signal ends it
 */
export function followReading(steps: readonly ReadingStep[], signal: AbortSignal): void {
  let read: ReadingStep | null = null;
  let moved = -Infinity;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const settle = () => {
    const line = innerHeight * READ;
    const above = steps.filter(({words}) => isBeside(words) && isRead(words, line));
    const found = above.toSorted((a, b) => inLines(a.words, b.words)).at(-1);
    if (!found || found === read) return;
    read = found;
    found.take();
  };
  const byHand = () => (moved = performance.now());
  const listen = (on: Window, kind: string, heard: (event: Event) => void) => on.addEventListener(kind, heard, {passive: true, signal});
  for (const kind of ["wheel", "touchmove"]) listen(window, kind, byHand);
  // The bar beside the page, which is of no element in it.
  listen(window, "pointerdown", (event) => event.target === document.documentElement && byHand());
  listen(window, "keydown", (event) => {
    const {key, target} = event as KeyboardEvent;
    if (SCROLLING_KEYS.includes(key) && !(target as Element).closest("main button, main [tabindex], input, select, textarea")) byHand();
  });
  listen(window, "scroll", () => {
    if (performance.now() - moved > BY_HAND || !matchMedia(BESIDE).matches || matchMedia(CALM).matches) return;
    clearTimeout(rest);
    rest = setTimeout(settle, REST);
  });
  signal.addEventListener("abort", () => clearTimeout(rest));
}

/** Orders words as they are read: line by line. */
function inLines(a: Element, b: Element): number {
  const [first, second] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
  return first.top - second.top || first.left - second.left;
}

/** Whether words stand beside their figure, not above one that takes all the width. */
function isBeside(words: HTMLElement): boolean {
  const row = words.closest(".lesson-row");
  return row !== null && !row.classList.contains("broad-row") && row.querySelector(".lesson-figures") !== null;
}

/** Whether words lie above a line of the window, in a row that reaches below it. */
function isRead(words: HTMLElement, line: number): boolean {
  const {top, height} = words.getBoundingClientRect();
  return height > 0 && top > 0 && top <= line && words.closest(".lesson-row")!.getBoundingClientRect().bottom > line;
}
