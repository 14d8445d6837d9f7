import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, expect, it} from "vitest";
import {shrunk, withBoxes} from "../../src/engine/teaching/label-sizes.js";
import {labelSizes} from "../../src/worker/demonstrations/label-sizes.js";
import {useBackend} from "../backend.js";

beforeAll(() => useBackend("wasm"));

const SIDE = 17;
const SPACING = 8;
const leg = (left: number, width: number) =>
  withBoxes({width: SIDE, height: SIDE, ids: new Uint8Array(SIDE * SIDE)}, [{left, top: 0, width, height: SIDE}], 1);

async function courses(labels: ReturnType<typeof leg>) {
  const found = await labelSizes({
    logits: {height: 3, width: 3, classes: 2, values: new Float32Array(18)},
    labels,
    input: {height: SIDE, width: SIDE},
    covered: {height: 1, width: 1},
    small: shrunk(labels, SPACING),
    id: 1,
    moments: [0, 20],
    rate: 8
  });
  const hits = ({masks}: (typeof found)["enlarged"], at: number) =>
    masks[at]!.labels.filter((id, pixel) => id === 1 && labels.ids[pixel] === 1).length;
  return {...found, hits};
}

it("labels made small ask nothing of a leg between their pixels; enlarged logits are asked on both sides of it", async () => {
  const before = tf.memory().numTensors;
  const {enlarged, shrunk: small, hits} = await courses(leg(2, 5));
  expect(tf.memory().numTensors).toBe(before);
  // Of two classes that are equally likely, each cell is asked half of what its label weighs.
  expect(Array.from(small.gradient)).toEqual(new Array(9).fill(0.5));
  expect([hits(small, 1), hits(enlarged, 0)]).toEqual([0, 0]);
  expect(enlarged.gradient[0]).toBeLessThan(0);
  expect(enlarged.gradient[1]).toBeLessThan(0.5 * SPACING);
  expect(hits(enlarged, 1)).toBeGreaterThan(0.5 * 5 * SIDE);
});

it("where a pixel that is left lies on the leg, both ask for it", async () => {
  const {enlarged, shrunk: small} = await courses(leg(7, 4));
  for (const {gradient} of [enlarged, small]) expect(gradient[4]).toBeLessThan(gradient[3]!);
  expect(small.gradient[4]).toBeCloseTo(-0.5, 6);
});
