import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Session} from "../../scripts/browser/session.js";
import type {BackendId} from "../../src/worker/protocol.js";
import {hasBrowser} from "./browser.js";
import {openPage} from "./page.js";
import type * as Page from "./pages/photo-input.js";

const BACKENDS: readonly BackendId[] = ["webgpu", "webgl", "wasm", "cpu"];

/** Photos that are not halved, once and twice, with odd sides. */
const SIZES = [
  [120, 200, 129],
  [101, 133, 65],
  [241, 321, 65]
] as const;

describe.skipIf(!hasBrowser)("the network's input from a photo's bytes", () => {
  let session: Session<typeof Page>;
  beforeAll(async () => {
    session = await openPage<typeof Page>("test/exactness/pages/photo-input.ts");
  });
  afterAll(() => session?.close());

  it.each(BACKENDS.flatMap((backend) => SIZES.map((size) => [backend, ...size] as const)))(
    "is what tensor operations on all its pixels make, on %s: %i x %i at %i",
    async (backend, height, width, size) => {
      const {values, different, largest, distinct} = await session.call("differing", backend, height, width, size);
      expect(distinct).toBeGreaterThan(values / 100);
      // Where between two cells a third lies, each backend rounds as it likes.
      expect(largest).toBeLessThan(2e-5);
      if (backend === "wasm") expect(different).toBe(0);
    }
  );
});
