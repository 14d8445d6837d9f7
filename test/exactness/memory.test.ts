import * as tf from "@tensorflow/tfjs-core";
import {describe, expect, it} from "vitest";
import {useBackend} from "../backend.js";
import {hasBrowser} from "./browser.js";
import {ROUND, changingRuns} from "./changing-runs.js";
import type {Footprint} from "./changing-runs.js";
import {openPage} from "./page.js";
import type * as Page from "./pages/memory.js";

/** Three times each model at each stride and at each size; with `LONG=1`, 200 runs through all that there is of the three together. */
const [SETTINGS, RUNS] = process.env["LONG"] ? (["every", 200] as const) : (["chosen", 3 * ROUND.chosen] as const);

describe(`${RUNS} runs with changing models, strides and sizes`, () => {
  it("leave tensors and bytes where they were after the first, on WASM in Node", async () => {
    await useBackend("wasm");
    await startAnew("wasm");
    const found = await changingRuns(SETTINGS, RUNS);
    expectSteady(found);
    expectPlateau(found.map(({heapBytes}) => heapBytes!));
  });

  it.skipIf(!hasBrowser)("leave tensors, bytes and textures where they were after the first, on WebGL", async () => {
    const session = await openPage<typeof Page>("test/exactness/pages/memory.ts");
    try {
      const found = await session.call("footprints", "webgl", SETTINGS, RUNS);
      expectSteady(found);
      expect(new Set(found.map(({bytesInGPU}) => bytesInGPU))).toEqual(new Set([found[0]!.bytesInGPU]));
      expectPlateau(found.map(({bytesInGPUAllocated}) => bytesInGPUAllocated!));
    } finally {
      await session.close();
    }
  });
});

/** Lets go of a backend that files before this one have used: one that has grown for them would hide what is lost here. */
async function startAnew(backend: string): Promise<void> {
  const factory = tf.findBackendFactory(backend);
  tf.removeBackend(backend);
  tf.registerBackend(backend, factory);
  expect(await tf.setBackend(backend)).toBe(true);
}

function expectSteady(found: readonly Footprint[]): void {
  expect(found).toHaveLength(RUNS);
  expect(new Set(found.map(({numTensors}) => numTensors))).toEqual(new Set([found[0]!.numTensors]));
  expect(new Set(found.map(({numBytes}) => numBytes))).toEqual(new Set([found[0]!.numBytes]));
}

/** Memory is kept for reuse: once every setting has been seen a few times, there must be enough of it. */
function expectPlateau(bytes: readonly number[]): void {
  const half = Math.floor(bytes.length / 2);
  expect(Math.max(...bytes)).toBeGreaterThan(0);
  expect(Math.max(...bytes.slice(half))).toBeLessThanOrEqual(Math.max(...bytes.slice(0, half)));
}
