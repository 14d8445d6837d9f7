/** How far the reader is: which lessons were opened and which small actions done, kept in this browser. */

const VISITED = "deeplab-workbench/visited";
const TRIED = "deeplab-workbench/tried";

/** Paths of the lessons that were opened before. */
export const visitedLessons = () => kept(VISITED);

/** Remembers that a lesson was opened. */
export const visitLesson = (path: string) => keep(VISITED, path);

/** What the reader was asked for and has done, in the words of the asking. */
export const triedAsks = () => kept(TRIED);

/** Remembers that the reader has done what was asked. */
export const rememberTried = (ask: string) => keep(TRIED, ask);

function kept(key: string): Set<string> {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return new Set(Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : []);
  } catch {
    return new Set();
  }
}

/** A browser that keeps nothing for this site loses only the ticks. */
function keep(key: string, entry: string): void {
  const entries = kept(key);
  if (entries.has(entry)) return;
  try {
    localStorage.setItem(key, JSON.stringify([...entries.add(entry)]));
  } catch {
    // Storage is full or forbidden.
  }
}
