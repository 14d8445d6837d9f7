import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Session} from "../../scripts/browser/session.js";
import {hasBrowser} from "./browser.js";
import {openPage} from "./page.js";
import type * as Page from "./pages/live-input.js";

/** Frames larger and smaller than the input, twice as large and more, with odd sides. */
const CASES = [
  [200, 120, 129, [1, 81, 129, 3]],
  [100, 100, 129, [1, 129, 129, 3]],
  [320, 240, 65, [1, 49, 65, 3]],
  [321, 241, 65, [1, 49, 65, 3]]
] as const;

describe.skipIf(!hasBrowser)("the network's input from a frame", () => {
  let session: Session<typeof Page>;
  beforeAll(async () => {
    session = await openPage<typeof Page>("test/exactness/pages/live-input.ts");
  });
  afterAll(() => session?.close());

  it.each(CASES)("is the engine's on WebGL: %i x %i at %i", async (width, height, size, shape) => {
    const found = await session.call("inputDifference", "webgl", width, height, size);
    expect(found.shape).toEqual(shape);
    expect(found.largest).toBeLessThan(1e-4);
  });

  // Canvases round to bytes, and place samples between pixels in steps of a sixteenth.
  it.each(CASES)("is the engine's on the CPU but for a canvas's rounding: %i x %i at %i", async (width, height, size, shape) => {
    const found = await session.call("inputDifference", "wasm", width, height, size);
    expect(found.shape).toEqual(shape);
    expect(found.mean).toBeLessThan(0.02);
  });
});
