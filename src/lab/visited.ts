/** Which lessons the reader has opened, kept in this browser. */

const KEY = "deeplab-workbench/visited";

/** Paths of the lessons that were opened before. */
export function visitedLessons(): Set<string> {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return new Set(Array.isArray(list) ? list.filter((path) => typeof path === "string") : []);
  } catch {
    return new Set();
  }
}

/** Remembers that a lesson was opened. A browser that keeps nothing for this site loses only the ticks. */
export function visitLesson(path: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([...visitedLessons().add(path)]));
  } catch {
    // Storage is full or forbidden.
  }
}
