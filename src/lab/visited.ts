import {keptAs} from "../site.js";

/** How far the reader is: which lessons were opened, what was predicted and which small actions done, kept in this browser. */

const VISITED = keptAs("deeplab-workbench/visited");
const TRIED = keptAs("deeplab-workbench/tried");
const PREDICTED = keptAs("deeplab-workbench/predicted");

/** Paths of the lessons that were opened before. */
export const visitedLessons = () => kept(VISITED);

/** Remembers that a lesson was opened. */
export const visitLesson = (path: string) => keep(VISITED, path);

/** What the reader was asked for and has done, in the words of the asking. */
export const triedAsks = () => kept(TRIED);

/** Remembers that the reader has done what was asked. */
export const rememberTried = (ask: string) => keep(TRIED, ask);

/** What the reader predicted, by the words of the asking. */
export const predictions = () => new Map([...kept(PREDICTED)].map((entry) => entry.split(BETWEEN, 2) as [string, string]));

/** Remembers what the reader predicts; the latest stands. */
export const rememberPrediction = (ask: string, guess: string) => keep(PREDICTED, ask + BETWEEN + guess);

/** Parts what is asked from what is predicted; neither has more than one line. */
const BETWEEN = "\n";

/** What was kept, in the order in which it came. */
function kept(key: string): Set<string> {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return new Set(Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : []);
  } catch {
    return new Set();
  }
}

/** Whether this browser keeps anything for this site. */
export function keepsProgress(): boolean {
  try {
    // One that is full, or forbids it, throws.
    localStorage.setItem(VISITED, localStorage.getItem(VISITED) ?? "[]");
    return true;
  } catch {
    return false;
  }
}

/** A browser that keeps nothing for this site loses only the ticks. */
function keep(key: string, entry: string): void {
  const entries = kept(key);
  // The latest is the last, also where it was said before.
  entries.delete(entry);
  try {
    localStorage.setItem(key, JSON.stringify([...entries.add(entry)]));
  } catch {
    // Storage is full or forbidden.
  }
}
