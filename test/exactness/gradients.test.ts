import {afterAll, beforeAll, describe, it} from "vitest";
import {openInBrowser} from "../../scripts/browser/session.js";
import type {Session} from "../../scripts/browser/session.js";
import {CASES} from "../engine/steps/cases.js";
import {expectAgreement, expectedOf} from "../engine/steps/expected.js";
import {hasBrowser} from "./browser.js";
import type * as Page from "./pages/gradients.js";

/**
 * Emulated GPUs compile slowly: unless LONG is set, a choice that still holds every kind, padding, sampling and activation. On the backends
 * that Node has, test/engine/steps runs them all.
 */
const CHOSEN = [
  "conv 3x3, stride 2, rate 2, same",
  "depthwise 3x3, stride 2, rate 2, fixed",
  "conv, sigmoid",
  "scale and shift, relu6",
  "max of negative values",
  "mean 2x3, stride 1, fixed",
  "a sum of three, one of them a single cell",
  "a concatenation, with one map twice",
  "larger, half_pixel",
  "smaller, neither",
  "an inverted unit with squeeze-and-excitation",
  "separable convolutions, ReLU before each, the skip a convolution",
  "R-ASPP"
];
const cases = process.env["LONG"] ? CASES : CASES.filter(({name}) => CHOSEN.includes(name));

describe.skipIf(!hasBrowser)("output and gradients by definition", () => {
  let session: Session<typeof Page>;
  beforeAll(async () => {
    session = await openInBrowser("test/exactness/pages/gradients.ts");
  });
  afterAll(() => session?.close());

  it("are of cases that are there", ({expect}) => {
    expect(CHOSEN.filter((name) => !CASES.some((example) => example.name === name))).toEqual([]);
  });

  describe.each(["webgl", "webgpu"] as const)("on %s", (backend) => {
    it.each(cases)("$name", async (example) => {
      const [found] = await session.call("measuredOn", backend, [example.name]);
      expectAgreement(found!, expectedOf(example));
    });
  });
});
