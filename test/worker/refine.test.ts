import {expect, it} from "vitest";
import {RELEASED_CRF} from "../../src/engine/crf/options.js";
import {labelsFromLogits} from "../../src/engine/labels/labels.js";
import type {Photo} from "../../src/engine/photo.js";
import {seededValues} from "../../src/engine/seeded.js";
import type {Progress} from "../../src/worker/protocol.js";
import {refine} from "../../src/worker/refine.js";

/** Two halves, of one colour each. */
const photo: Photo = {
  width: 30,
  height: 20,
  rgba: Uint8ClampedArray.from({length: 30 * 20 * 4}, (_, i) => ((i >> 2) % 30 < 15 ? 40 : 200))
};
const logits = {height: 5, width: 7, classes: 3, values: seededValues(1, 5 * 7 * 3)};
const scores = {logits, covered: {height: 1, width: 1}};
const options = {...RELEASED_CRF, iterations: 4};

it("gives the labels after every iteration where they are asked for, from the scores' own on, and says how far it is", async () => {
  const said: Progress[] = [];
  const {signal} = new AbortController();
  const every = await refine(photo, [scores], options, {everyStep: true, signal, onProgress: (progress) => said.push(progress)});
  expect(every.steps).toHaveLength(5);
  expect(every.steps[0]).toEqual(labelsFromLogits(logits, scores.covered, 20, 30));
  expect(every.steps[4]).toBe(every.labels);
  expect(every.labels).not.toEqual(every.steps[0]);
  expect(said.map(({fraction}) => fraction)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(said[2]!.message).toContain("2 of 4");

  const last = await refine(photo, [scores], options, {everyStep: false, signal, onProgress: () => {}});
  expect(last.steps).toEqual([]);
  expect(last.labels).toEqual(every.labels);
});

it("ends between two iterations once nobody wants it any more", async () => {
  const controller = new AbortController();
  let iterations = 0;
  const onProgress = () => {
    // As a message would: after the iteration, before the next.
    if (iterations++ === 1) setTimeout(() => controller.abort());
  };
  const work = refine(photo, [scores], {...options, iterations: 100_000}, {everyStep: false, signal: controller.signal, onProgress});
  await expect(work).rejects.toThrow(expect.objectContaining({name: "AbortError"}) as Error);
  expect(iterations).toBeGreaterThanOrEqual(2);
  expect(iterations).toBeLessThan(10_000);
});
