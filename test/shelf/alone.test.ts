import {expect, it, vi} from "vitest";
import {holdAlone} from "../../src/shelf/alone.js";

/** A browser's locks, as far as they are asked: what is held is waited for until the signal says so. */
function lockManager() {
  const held = new Set<string>();
  return {
    async request(name: string, {signal}: {signal: AbortSignal}, hold: () => Promise<void> | undefined) {
      while (held.has(name)) {
        signal.throwIfAborted();
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      held.add(name);
      await hold();
      held.delete(name);
    }
  };
}

/** Milliseconds. */
const PATIENCE = 20;

it("a project is held by one tab until that lets go; another is told", async () => {
  vi.stubGlobal("navigator", {locks: lockManager()});
  const [first, second] = [new AbortController(), new AbortController()];
  expect(await holdAlone("p", first.signal, PATIENCE)).toBe(true);
  expect(await holdAlone("p", second.signal, PATIENCE)).toBe(false);
  expect(await holdAlone("q", second.signal, PATIENCE)).toBe(true);
  first.abort();
  expect(await holdAlone("p", second.signal, PATIENCE)).toBe(true);
});

it("where the browser has no locks, nobody is in the way", async () => {
  vi.stubGlobal("navigator", {});
  expect(await holdAlone("p", new AbortController().signal)).toBe(true);
});
