import {readFile} from "node:fs/promises";
import {median} from "d3-array";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import type {Session} from "../../scripts/browser/session.js";
import {VOC_CLASSES, vocPalette} from "../../data/labels/voc.js";
import {writeModel} from "../../src/importers/model-file.js";
import {randomWeights} from "../engine/networks.js";
import {hasBrowser} from "./browser.js";
import {openPage} from "./page.js";
import type * as Page from "./pages/live-memory.js";
import type {Footprint} from "./pages/live-memory.js";
import {tinyWhole} from "./tiny.js";

const NETWORK = {...tinyWhole, classes: 21};
const CARD = {name: "tiny", classes: VOC_CLASSES, palette: vocPalette(21), license: "", source: "", measured: ""};
/** What a session holds and lets go of is the same whatever its network, and so is a small one's with every kind of step. */
const model = () =>
  process.env["LONG"]
    ? readFile("data/models/nano.safetensors")
    : writeModel({network: NETWORK, weights: randomWeights(NETWORK), card: CARD});

/** Views and ways to label come round every 30 frames. `LONG=1` makes it 500 frames and ten sessions, and the network nano. */
const [FRAMES, EVERY, CYCLES] = process.env["LONG"] ? [500, 50, 10] : [60, 6, 4];
/**
 * What a heap may waver, with optimised code and the garbage collector's own tables: it has risen by half a megabyte after 600 frames, and
 * by nothing after 1500.
 */
const WAVERING = 600_000;
/** Bytes of the names' texture, which is there in some views and twice as large in others. */
const NOTES = 2 * 96 * 72 * 4;

describe.skipIf(!hasBrowser)("live on", () => {
  describe.each(["wasm", "webgl"] as const)("%s", (backend) => {
    let session: Session<typeof Page>;
    beforeAll(async () => {
      session = await openPage<typeof Page>("test/exactness/pages/live-memory.ts", {
        files: {"/model": {content: await model(), type: "application/octet-stream"}}
      });
    });
    afterAll(() => session?.close());

    it(`${FRAMES} frames leave tensors, device bytes, textures and heap flat`, async () => {
      expectFlat(await session.call("frames", backend, "/model", FRAMES, EVERY), FRAMES / EVERY);
    });

    it(`${CYCLES} sessions leave nothing behind`, async () => {
      expectFlat(await session.call("sessions", backend, "/model", CYCLES), CYCLES);
    });
  });
});

/** Kept for reuse: once every view and labelling has been seen a few times, there is enough of everything. */
function expectFlat(found: readonly Footprint[], count: number): void {
  expect(found).toHaveLength(count);
  const [before, after] = [found.slice(0, count / 2), found.slice(count / 2)];
  for (const [name, allowance] of [
    ["numTensors", 0],
    ["numBytes", 0],
    ["bytesInGPU", 0],
    ["drawingBytes", NOTES]
  ] as const) {
    const largest = (footprints: readonly Footprint[]) => Math.max(...footprints.map((each) => each[name]));
    expect(largest(after), name).toBeLessThanOrEqual(largest(before) + allowance);
  }
  // The median: a collection that comes early or late must not decide.
  const heap = (footprints: readonly Footprint[]) => median(footprints, ({heapBytes}) => heapBytes)!;
  expect(heap(after), `heap: ${found.map(({heapBytes}) => heapBytes).join(", ")}`).toBeLessThanOrEqual(heap(before) + WAVERING);
}
