/** Deeper than any description of a network is nested. */
const DEEPEST = 64;

/** Whether lists and objects that came out of JSON are nested deeper than any description is. Without recursion: that would be the trap. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? (Object.values(each) as unknown[]) : []));
  }
  return false;
}
