import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {lessonControls} from "../../src/lab/lesson-controls.js";
import type {LessonTable} from "../../src/lab/lesson-table.js";
import {followReading} from "../../src/lab/reading.js";
import type {ReadingStep} from "../../src/lab/reading.js";
import {addressStore, range} from "../../src/lab/state.js";

const table = {rate: range("rate", 1, 24, 4), size: range("size", 1, 99, 9)};
type Own = typeof table;

let ending: AbortController;
/** What the browser is said to have: room beside, less motion. */
let media: {beside: boolean; calm: boolean};

beforeEach(() => {
  vi.useFakeTimers();
  media = {beside: true, calm: false};
  vi.stubGlobal("matchMedia", (query: string) => ({matches: query.includes("width") ? media.beside : media.calm}));
  history.replaceState(null, "", "/");
  document.body.replaceChildren();
  ending = new AbortController();
});
afterEach(() => {
  ending.abort();
  vi.useRealTimers();
});

/** A page whose words set rates, each at its place from the page's top, in a row of its own or in one whose figure takes all the width. */
function pageOf(words: readonly {readonly at: number; readonly rate: number; readonly broad?: boolean}[]) {
  let scrolled = 0;
  const store = addressStore(table);
  const steps: ReadingStep[] = [];
  const {show} = lessonControls<Own>(table as unknown as LessonTable<Own>, store as never, (step) => steps.push(step));
  for (const {at, rate, broad = false} of words) {
    const row = Object.assign(document.createElement("div"), {className: `lesson-row${broad ? " broad-row" : ""}`});
    const button = show(`rate ${rate}`, {rate});
    const place = (top: number, height: number) => () =>
      ({top: top - scrolled, left: 0, height, bottom: top + height - scrolled}) as DOMRect;
    button.getBoundingClientRect = place(at, 20);
    row.getBoundingClientRect = place(at - 100, 900);
    const figures = Object.assign(document.createElement("div"), {className: "lesson-figures"});
    figures.getBoundingClientRect = () => ({top: 0, bottom: 500}) as DOMRect;
    row.append(button, figures);
    document.body.append(row);
  }
  followReading(steps, ending.signal);
  return {
    store,
    scroll(to: number, by: "wheel" | null = "wheel") {
      if (by) window.dispatchEvent(new Event(by));
      else vi.advanceTimersByTime(5000);
      scrolled = to;
      window.dispatchEvent(new Event("scroll"));
      vi.advanceTimersByTime(500);
    }
  };
}

it("words set their figure where the reader's scrolling comes to rest, down and up", () => {
  const {store, scroll} = pageOf([
    {at: 900, rate: 8},
    {at: 1900, rate: 18}
  ]);
  scroll(10);
  expect(store.get().rate).toBe(4);
  scroll(700);
  expect(store.get().rate).toBe(8);
  scroll(1700);
  expect(store.get().rate).toBe(18);
  scroll(700);
  expect(store.get().rate).toBe(8);
});

it("what the reader's own hand has set stays, until it is what it was", () => {
  const {store, scroll} = pageOf([
    {at: 900, rate: 8},
    {at: 1900, rate: 18}
  ]);
  store.set({rate: 5, size: 30});
  scroll(700);
  expect(store.get().rate).toBe(5);
  store.reset();
  scroll(1700);
  expect(store.get().rate).toBe(18);
  document.querySelector("button")!.click();
  scroll(700);
  scroll(1700);
  expect(store.get().rate).toBe(18);
});

it.each([
  ["a link or a search scrolls", {}, null, false],
  ["less motion is asked for", {calm: true}, "wheel", false],
  ["the figures stand below the words", {beside: false}, "wheel", false],
  ["the figure takes all the width", {}, "wheel", true]
] as const)("nothing is set where %s", (_, found, by, broad) => {
  Object.assign(media, found);
  const {store, scroll} = pageOf([{at: 900, rate: 8, broad}]);
  scroll(700, by);
  expect(store.get().rate).toBe(4);
});

it("what an address says is the reader's own", () => {
  history.replaceState(null, "", "/?rate=6");
  const {store, scroll} = pageOf([{at: 900, rate: 8}]);
  scroll(700);
  expect(store.get().rate).toBe(6);
});
