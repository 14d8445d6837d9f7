import {newTurns} from "./turns.js";

/** What a call that a later one overtook is rejected with. */
export function superseded(): DOMException {
  return new DOMException("A later call took this one's place.", "AbortError");
}

/**
 * Lets only the latest call count: one runs at a time, of those that wait only the last runs, and the results of all
 * others are dropped.
 *
 * @returns the same work, whose overtaken calls reject with `superseded()`
 */
export function latestWins<Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>): (...args: Args) => Promise<Result> {
  const turns = newTurns();
  let running: Promise<unknown> | null = null;
  return async (...args) => {
    const isLatest = turns.begin();
    while (running) await running.catch(() => {});
    if (!isLatest()) throw superseded();
    const mine = work(...args);
    running = mine;
    try {
      const result = await mine;
      if (!isLatest()) throw superseded();
      return result;
    } catch (error) {
      throw isLatest() ? error : superseded();
    } finally {
      running = null;
    }
  };
}
