import {afterAll, vi} from "vitest";
import {builtinEnvironments} from "vitest/runtime";

// A window and a document of its own for every file of views, in one process: to load jsdom anew takes longer than nearly all of them.
const {teardown} = await builtinEnvironments.jsdom.setup(globalThis, {});

afterAll(async () => {
  vi.unstubAllGlobals();
  await teardown(globalThis);
});
