import path from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Session} from "../../scripts/browser/session.js";
import {BACKENDS} from "../../src/worker/protocol.js";
import type {BackendId} from "../../src/worker/protocol.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {hasBrowser} from "./browser.js";
import {largestDifference} from "./difference.js";
import {openPage} from "./page.js";
import type * as Page from "./pages/backends.js";

const SIDE = 129;
/**
 * Emulated GPUs compile slowly: unless LONG is set, WebGL has one output stride, and WebGPU, whose picture of the whole network is compared
 * in the workbench, none.
 */
const EMULATED_AT: Partial<Record<BackendId, number>> = {webgpu: NaN, webgl: 8};
const backendsAt = (outputStride: number) =>
  BACKENDS.filter((id) => process.env["LONG"] || (EMULATED_AT[id] ?? outputStride) === outputStride);
const TOLERANCE = 1e-2;

describe.skipIf(!hasBrowser)("nano in the browser", () => {
  let session: Session<typeof Page>;
  beforeAll(async () => {
    session = await openPage("test/exactness/pages/backends.ts", {
      files: {"/models/": {folder: path.join(import.meta.dirname, "../../data/models")}}
    });
  });
  afterAll(() => session?.close());

  it.each([16, 8])("has the same logits on each backend at output stride %i", async (outputStride) => {
    const input = stripes();
    const results = new Map<string, number[]>();
    for (const backend of backendsAt(outputStride)) {
      results.set(
        backend,
        await session.call("logits", "/models/nano.safetensors", backend, {height: SIDE, width: SIDE, outputStride}, input)
      );
    }
    const reference = results.get("cpu")!;
    expect(Math.max(...reference) - Math.min(...reference)).toBeGreaterThan(1);
    for (const values of results.values()) expect(largestDifference(values, reference)).toBeLessThan(TOLERANCE);
  });
});

/** Broad stripes under noise: something at every scale for the network to answer to. */
function stripes(): number[] {
  const next = pseudoRandom(1);
  return Array.from({length: SIDE * SIDE * 3}, (_, i) => {
    const x = Math.floor(i / 3) % SIDE;
    return 0.7 * Math.sin(x / 9 + (i % 3)) + 0.3 * (next() * 2 - 1);
  });
}
