import {readFile} from "node:fs/promises";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openInBrowser} from "../../scripts/browser/session.js";
import type {Session} from "../../scripts/browser/session.js";
import {hasBrowser} from "./browser.js";
import type * as Page from "./pages/live-memory.js";
import type {Footprint} from "./pages/live-memory.js";

const FRAMES = 500;
const EVERY = 50;
const CYCLES = 10;
/** What a heap may waver, with optimised code and the garbage collector's own tables. */
const WAVERING = 300_000;

describe.skipIf(!hasBrowser)("live on", () => {
  describe.each(["wasm", "webgl"] as const)("%s", (backend) => {
    let session: Session<typeof Page>;
    beforeAll(async () => {
      const nano = await readFile("data/models/nano.safetensors");
      session = await openInBrowser<typeof Page>("test/exactness/pages/live-memory.ts", {
        files: {"/nano": {content: nano, type: "application/octet-stream"}},
        flags: ["--js-flags=--expose-gc", "--enable-precise-memory-info"]
      });
    });
    afterAll(() => session?.close());

    it(`${FRAMES} frames leave tensors, device bytes, textures and heap flat`, async () => {
      expectFlat(await session.call("frames", backend, "/nano", FRAMES, EVERY), FRAMES / EVERY);
    });

    it(`${CYCLES} sessions leave nothing behind`, async () => {
      expectFlat(await session.call("sessions", backend, "/nano", CYCLES), CYCLES);
    });
  });
});

/** Kept for reuse: once every view and labelling has been seen a few times, there is enough of everything. */
function expectFlat(found: readonly Footprint[], count: number): void {
  expect(found).toHaveLength(count);
  const half = found.length / 2;
  const largest = (of: (footprint: Footprint) => number, from: number, to: number) => Math.max(...found.slice(from, to).map(of));
  for (const name of ["numTensors", "numBytes", "bytesInGPU", "drawingBytes"] as const) {
    expect(largest((each) => each[name], half, count), name).toBeLessThanOrEqual(largest((each) => each[name], 0, half));
  }
  expect(largest((each) => each.heapBytes, half, count)).toBeLessThanOrEqual(largest((each) => each.heapBytes, 1, half) + WAVERING);
}
