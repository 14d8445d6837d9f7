import {afterAll, beforeAll, describe, it} from "vitest";
import type {Session} from "../../scripts/browser/session.js";
import {CASES} from "../engine/steps/cases.js";
import type {Case} from "../engine/steps/cases.js";
import {expectAgreement, expectedOf} from "../engine/steps/expected.js";
import {expectLoss} from "../train/loss-cases.js";
import {LOSS_CASES} from "../train/measured-loss.js";
import type {LossCase} from "../train/measured-loss.js";
import {hasBrowser} from "./browser.js";
import {openPage} from "./page.js";
import type * as Page from "./pages/gradients.js";

const BACKENDS = ["webgl", "webgpu"] as const;

const SINGLE = [
  "conv 3x3, stride 2, rate 2, same",
  "depthwise 3x3, stride 2, rate 2, fixed",
  "scale and shift, relu6",
  "max of negative values",
  "mean 2x3, stride 1, fixed",
  "a concatenation, with one map twice",
  "larger, half_pixel",
  "smaller, neither"
];
/**
 * Emulated GPUs compile slowly: unless LONG is set, a choice that still holds every kind of step and every activation on each. WebGL has a
 * program for each shape, so there it is steps by themselves; what they make together shares programs on WebGPU. On the backends that Node
 * has, test/engine/steps runs them all.
 */
const CHOSEN: Record<(typeof BACKENDS)[number], readonly string[]> = {
  webgl: [
    ...SINGLE,
    "a sum of three, one of them a single cell",
    "a product with a gate of a single cell",
    "an activation by itself, hard_sigmoid",
    "an activation by itself, hard_swish"
  ],
  webgpu: [...SINGLE, "an inverted unit with squeeze-and-excitation", "separable convolutions, ReLU before each, the skip a convolution"]
};
const chosen = (backend: (typeof BACKENDS)[number]) => CASES.filter(({name}) => CHOSEN[backend].includes(name));

describe.skipIf(!hasBrowser)("output and gradients by definition", () => {
  let session: Session<typeof Page>;
  beforeAll(async () => {
    session = await openPage<typeof Page>("test/exactness/pages/gradients.ts");
  });
  afterAll(() => session?.close());

  describe.each(BACKENDS)("on %s", (backend) => {
    it("are of a choice of cases with every kind of step and every activation", ({expect}) => {
      const found = chosen(backend);
      expect(found.map(({name}) => name).sort()).toEqual([...CHOSEN[backend]].sort());
      expect(traits(found)).toEqual(traits(CASES));
    });

    it.each(process.env["LONG"] ? CASES : chosen(backend))("$name", async (example) => {
      expectAgreement(await session.call("measuredOn", backend, example.name), expectedOf(example));
    });

    const losses = Object.keys(LOSS_CASES) as LossCase[];
    it.each(process.env["LONG"] ? losses : backend === "webgpu" ? losses.slice(-1) : [])("the loss %s", async (name) => {
      expectLoss(name, await session.call("lossOn", backend, name));
    });
  });
});

/** The kinds, pools and activations of all steps. */
function traits(cases: readonly Case[]): string[] {
  const steps = cases.flatMap(({list}) => list.list);
  return [...new Set(steps.flatMap((step) => [step.op, step.activation, ...(step.op === "pool" ? [step.pool] : [])]))].sort();
}
