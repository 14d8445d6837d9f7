import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Session} from "../../scripts/browser/session.js";
import {BACKENDS} from "../../src/worker/protocol.js";
import type {BackendId} from "../../src/worker/protocol.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {randomWeights} from "../engine/networks.js";
import {hasBrowser} from "./browser.js";
import {largestDifference} from "./difference.js";
import {openPage} from "./page.js";
import {atrousConvolution, atrousDepthwise} from "./reference.js";
import {DEPTHWISE, FEATURES, FULL, tiny} from "./tiny.js";
import type * as Page from "./pages/atrous.js";

/** `LONG=1` has those between, too. */
const RATES = process.env["LONG"] ? [1, 2, 4, 6, 12, 18] : [1, 2, 6, 18];
/** Emulated WebGL compiles slowly, and anew for each rate, as WebGPU does not: unless LONG is set it has every other one. */
const ratesOn = (backend: BackendId) => RATES.filter((_, i) => backend !== "webgl" || process.env["LONG"] || i % 2 === 1);
const SIDE = 41;
const FEATURE_SIDE = 21;

/** Largest difference allowed between single and double precision; values lie between 0 and 6. */
const TOLERANCE = 1e-4;

describe.skipIf(!hasBrowser)("in the browser", () => {
  let session: Session<typeof Page>;
  beforeAll(async () => {
    session = await openPage("test/exactness/pages/atrous.ts");
  });
  afterAll(() => session?.close());

  describe.each(BACKENDS)("atrous convolution on %s", (backend) => {
    it.each(ratesOn(backend))("equals the definition at rate %i, depthwise and full", async (rate) => {
      const next = pseudoRandom(rate);
      const input = Array.from({length: SIDE * SIDE * 3}, () => next() * 2 - 1);
      const weights = randomWeights(tiny);
      const [features, depthwise, full] = await session.call("tinyTaps", backend, {height: SIDE, width: SIDE, rates: [rate, rate]}, input, [
        FEATURES,
        DEPTHWISE,
        FULL
      ]);

      const image = {height: FEATURE_SIDE, width: FEATURE_SIDE, channels: 8, values: features!};
      const expectedDepthwise = atrousDepthwise(image, weights[`${DEPTHWISE}/kernel`]!.values, weights[`${DEPTHWISE}/bias`]!.values, rate);
      const expectedFull = atrousConvolution(image, weights[`${FULL}/kernel`]!.values, weights[`${FULL}/bias`]!.values, rate);

      expect(spread(expectedDepthwise)).toBeGreaterThan(0.5);
      expect(spread(expectedFull)).toBeGreaterThan(0.5);
      expect(largestDifference(depthwise!, expectedDepthwise)).toBeLessThan(TOLERANCE);
      expect(largestDifference(full!, expectedFull)).toBeLessThan(TOLERANCE);
    });
  });

  it("has the same gradient of a logit through atrous rates and strides on every backend, at a size that pads unevenly", async () => {
    const next = pseudoRandom(4);
    const [height, width] = [36, 33];
    const input = Array.from({length: height * width * 3}, () => next() * 2 - 1);
    const results = new Map<string, number[]>();
    for (const backend of BACKENDS) {
      const {values, left} = await session.call("tinyGradient", backend, {height, width, rates: [2, 3]}, input, {
        channel: 1,
        row: 8.25,
        column: 6.5
      });
      expect(left, `${backend} leaves tensors behind`).toBe(0);
      results.set(backend, values);
    }
    const length = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    const reference = results.get("cpu")!;
    expect(length(reference)).toBeGreaterThan(0.01);
    // Rounding may put an activation on the other side of a ReLU's kink, and its whole share with it.
    for (const [backend, values] of results)
      expect(length(values.map((value, i) => value - reference[i]!)), backend).toBeLessThan(0.01 * length(reference));
  });
});

/** How far the values spread: a map that is all zero or all six would prove nothing. */
function spread(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
}
