import {afterEach, expect, it, vi} from "vitest";
import {
  keepsProgress,
  predictions,
  rememberPrediction,
  rememberTried,
  triedAsks,
  visitLesson,
  visitedLessons
} from "../../src/lab/visited.js";

/** A browser's storage; one that is full refuses to keep anything. */
function storage({full = false, begins = {}}: {full?: boolean; begins?: Record<string, string>} = {}) {
  const kept = new Map(Object.entries(begins));
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, value: string) {
      if (full) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, value);
    }
  });
}
afterEach(() => vi.unstubAllGlobals());

it("lessons that were opened and asks that were done are remembered, each apart", () => {
  storage();
  for (const path of ["/", "/aspp", "/aspp"]) visitLesson(path);
  rememberTried("Mute a branch.");
  expect([...visitedLessons()]).toEqual(["/", "/aspp"]);
  expect([...triedAsks()]).toEqual(["Mute a branch."]);
});

it("a browser that keeps nothing, or something else, loses only the ticks", () => {
  storage();
  expect(keepsProgress()).toBe(true);
  storage({full: true});
  visitLesson("/");
  expect([...visitedLessons()]).toEqual([]);
  // Which the page says.
  expect(keepsProgress()).toBe(false);
  storage({begins: {"deeplab-workbench/tried": '{"not": "a list"}'}});
  expect([...triedAsks()]).toEqual([]);
});

it("of what was predicted the latest is remembered", () => {
  storage();
  for (const guess of ["4", "6", "4"]) rememberPrediction("Which rate?", guess);
  rememberPrediction("How many?", "two");
  expect([...predictions()]).toEqual([
    ["Which rate?", "4"],
    ["How many?", "two"]
  ]);
});
