import {readFile} from "node:fs/promises";
import path from "node:path";
import {beforeAll, describe, expect, it} from "vitest";
import {answered} from "../../src/importers/answered.js";
import {importCheckpoint} from "../../src/importers/import.js";
import {useBackend} from "../backend.js";
import {agreement, largestDifference} from "./difference.js";
import {segment} from "./in-node.js";

const FIXTURES = path.join(import.meta.dirname, "../fixtures/checkpoint");
const SIDE = 65;
/** Logits go from -2 to 2 and differ by 1e-5; with the epsilon of the head in the backbone by 0.8, the other way by 0.3. */
const TOLERANCE = 1e-4;

/** The photo of `reference.py`. */
function photo(): Uint8Array {
  return Uint8Array.from({length: SIDE * SIDE * 3}, (_, i) => {
    const [y, x, c] = [Math.floor(i / (3 * SIDE)), Math.floor(i / 3) % SIDE, i % 3] as const;
    return (x * x * (c + 1) + 7 * y * (x + 3 * c) + 31 * y + 17 * c) % 256;
  });
}

describe("a checkpoint of the release's training", () => {
  beforeAll(() => useBackend("wasm"));

  it("gives the logits and labels of the same network in PyTorch, batch normalisation unfolded", async () => {
    const file = (name: string) => readFile(path.join(FIXTURES, name));
    const name = "model.ckpt-30.index";
    const card = {name: "trained", license: "", source: "", measured: ""};
    const imported = await importCheckpoint(await file(name), {name, open: async (name) => new Blob([await file(name)])}, card);
    const model = answered(imported, {rates: [1, 2, 3]});
    const {logits, labels} = await segment(model, {size: SIDE, rgb: photo()}, 16);

    const expected = new Float32Array(Uint8Array.from(await file("model.ckpt-30.logits")).buffer);
    expect(largestDifference(logits, expected)).toBeLessThan(TOLERANCE);
    const expectedLabels = await file("model.ckpt-30.labels");
    expect(new Set(expectedLabels).size).toBeGreaterThan(2);
    expect(agreement(labels, expectedLabels)).toBe(1);
  });
});
