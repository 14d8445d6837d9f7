import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {labelsFromLogits} from "../../../src/engine/labels/labels.js";
import {labelMap} from "../../../src/engine/labels/postprocess.js";
import {useBackend} from "../../backend.js";
import {pseudoRandom} from "../../../src/engine/seeded.js";

describe("labelsFromLogits", () => {
  beforeAll(() => useBackend("cpu"));

  it("takes the larger logit on each side of where two cross", () => {
    // Two cells: class 0 leads by 3 in the first, class 1 by 1 in the second; they cross at three quarters of the way.
    const logits = {height: 1, width: 2, classes: 2, values: Float32Array.from([3, 0, 0, 1])};
    expect([...labelsFromLogits(logits, {height: 1, width: 1}, 1, 9)]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1]);
  });

  it.each([
    {title: "enlarged", height: 41, width: 67, extent: {height: 1, width: 1}},
    {title: "partly covered", height: 40, width: 30, extent: {height: 0.8, width: 0.55}},
    {title: "reduced", height: 3, width: 2, extent: {height: 1, width: 1}},
    {title: "a single pixel", height: 1, width: 1, extent: {height: 1, width: 1}}
  ])("equals the tensors' label map, $title", async ({height, width, extent}) => {
    const next = pseudoRandom(3);
    // Smooth logits: neighbouring cells often agree, as in a photo.
    const values = Float32Array.from(
      {length: 9 * 7 * 5},
      (_, i) => Math.sin(Math.floor(i / 35) / 3 + (i % 5)) + Math.cos((Math.floor(i / 5) % 7) / 2 + 2 * (i % 5)) + 0.2 * next()
    );
    const logits = tf.tensor4d(values, [1, 9, 7, 5]);
    const expected = labelMap(logits, extent, height, width);
    expect([...labelsFromLogits({height: 9, width: 7, classes: 5, values}, extent, height, width)]).toEqual([...(await expected.data())]);
    tf.dispose([logits, expected]);
  });
});
