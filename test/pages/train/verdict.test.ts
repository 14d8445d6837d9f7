import {describe, expect, it} from "vitest";
import type {StepPoint} from "../../../src/components/training/step-series.js";
import {layerNorms} from "../../../src/pages/train/layer-norms.js";
import {learnsNothing, overfittingSince, verdictOf} from "../../../src/pages/train/verdict.js";

const each = (count: number, every: number, value: (step: number) => number): StepPoint[] =>
  Array.from({length: count}, (_, i) => ({step: (i + 1) * every, value: value((i + 1) * every)}));

/** Falls all the time, and jumps a little from step to step. */
const falling = each(300, 1, (step) => 2 * Math.exp(-step / 100) + 0.05 * Math.sin(7 * step));
const rising = each(30, 10, (step) => (step <= 120 ? 1.5 - step / 200 : 0.9 + (step - 120) / 300));

describe("over-fitting", () => {
  it("is seen from the step on where the loss kept apart was least", () => {
    expect(overfittingSince({train: falling, val: rising})).toBe(120);
    expect(verdictOf({train: falling, val: rising})).toMatchObject({
      kind: "over-fits",
      sentence: expect.stringMatching(/^It over-fits: since step 120 .* from 0\.900 to 1\.50, .* fell from 0\.\d+ to 0\.\d+\./)
    });
  });

  it("is not while both fall, nor where both rise", () => {
    expect(overfittingSince({train: falling, val: each(30, 10, (step) => 1.5 - step / 400)})).toBeNull();
    expect(overfittingSince({train: each(300, 1, (step) => 1 + step / 100), val: rising})).toBeNull();
  });

  it("is not said for what rises once, or by little, or is measured too seldom", () => {
    const once = rising.slice(0, 12).concat({step: 130, value: 1.4}, {step: 140, value: 0.91}, {step: 150, value: 0.9});
    expect(overfittingSince({train: falling, val: once})).toBeNull();
    expect(overfittingSince({train: falling, val: rising.map(({step, value}) => ({step, value: step > 120 ? 0.95 : value}))})).toBeNull();
    expect(overfittingSince({train: falling, val: rising.slice(11, 14)})).toBeNull();
    expect(overfittingSince({train: falling, val: []})).toBeNull();
  });
});

describe("learning nothing", () => {
  const flat = each(100, 1, (step) => 0.7 + 0.1 * Math.sin(5 * step));
  it("is said of a loss that stays, after a fair number of steps", () => {
    expect(learnsNothing({train: flat})).toBe(true);
    expect(learnsNothing({train: flat.slice(0, 50)})).toBe(false);
    expect(verdictOf({train: flat, val: []})?.kind).toBe("learns nothing");
  });

  it("is not said of one that falls", () => {
    expect(learnsNothing({train: falling})).toBe(false);
    expect(verdictOf({train: falling, val: []})).toBeNull();
  });
});

describe("lengths of gradients", () => {
  it("are told a layer, of kernel and bias together", () => {
    expect(layerNorms({"logits/kernel": 3, "logits/bias": 4, "decoder/low_level/kernel": 2})).toEqual([
      {name: "logits", norm: 5},
      {name: "decoder/low_level", norm: 2}
    ]);
  });

  it("are told a unit where there are too many layers", () => {
    const many = Object.fromEntries(Array.from({length: 30}, (_, i) => [`backbone/block_${Math.floor(i / 3)}/part_${i}/kernel`, 1]));
    expect(layerNorms(many)).toHaveLength(10);
    expect(layerNorms(many)[0]).toEqual({name: "backbone/block_0", norm: Math.sqrt(3)});
  });
});
