import {expect, it} from "vitest";
import type {EngineClient} from "../../../src/lab/engine-client.js";
import {runPairs} from "../../../src/pages/inspector/compare/compare-pair.js";
import {NOTHING_OTHER} from "../../../src/pages/inspector/compare/compare-state.js";
import type {InspectionContext} from "../../../src/pages/inspector/inspection.js";
import type {RunChoice} from "../../../src/worker/protocol.js";

/** Pairs over an engine whose runs never end by themselves. */
function steered() {
  const runs: {readonly choice: RunChoice; readonly signal: AbortSignal}[] = [];
  const engine = {
    capabilities: async () => ({backends: [], best: "wasm"}),
    segment: (_: unknown, choice: RunChoice, signal: AbortSignal) =>
      new Promise((_resolve, reject) => {
        runs.push({choice, signal});
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      })
  } as unknown as EngineClient;
  const photo = {};
  const of = (otherStride: 8 | 32) =>
    ({
      state: {...NOTHING_OTHER, otherStride},
      standing: {photo, run: {modelUrl: "nano", backend: "wasm", outputStride: 16}},
      checkWanted: () => {}
    }) as unknown as InspectionContext;
  return {pairs: runPairs(engine), runs, of};
}

it("run B is computed once for all who ask for it, and ended when another is asked for, or none", async () => {
  const {pairs, runs, of} = steered();
  const overtaken = [pairs.of(of(8)), pairs.of(of(8))].map((pair) => pair.catch((reason: unknown) => (reason as Error).name));
  await new Promise((resolve) => setTimeout(resolve));
  expect(runs.map(({choice}) => choice.outputStride)).toEqual([8]);
  const dropped = pairs.of(of(32)).catch((reason: unknown) => (reason as Error).name);
  expect(await Promise.all(overtaken)).toEqual(["AbortError", "AbortError"]);
  expect(runs.map(({choice, signal}) => [choice.outputStride, signal.aborted])).toEqual([
    [8, true],
    [32, false]
  ]);
  pairs.drop();
  expect(await dropped).toBe("AbortError");
});
