import {describe, expect, it} from "vitest";
import {layerNorms} from "../../../src/pages/train/layer-norms.js";
import {learnsNothing, verdictOf} from "../../../src/pages/train/verdict.js";
import type {Measured, StepRecord} from "../../../src/worker/training-messages.js";

const losses = (count: number, value: (step: number) => number) =>
  Array.from({length: count}, (_, index) => ({step: index + 1, value: value(index + 1)}));

/** Falls all the time, and jumps a little from step to step. */
const falling = losses(300, (step) => 2 * Math.exp(-step / 100) + 0.05 * Math.sin(7 * step));
const flat = losses(100, (step) => 0.7 + 0.1 * Math.sin(5 * step));

const records = (points: typeof falling): StepRecord[] =>
  points.map(({step, value}) => ({step, loss: value, rate: 0.001, norm: 1, norms: {}, milliseconds: 1}));

function measured(step: number, train: number, val: number): Measured {
  const score = (loss: number) => ({loss, meanIoU: 0.5, iou: [0.5]});
  return {step, train: score(train), val: score(val)};
}

describe("the verdict on a training", () => {
  it("says of over-fitting since when, and by how much each loss moved", () => {
    const val = [measured(100, 0.9, 1), measured(120, 0.8, 0.9), measured(200, 0.5, 1.2), measured(300, 0.3, 1.5)];
    expect(verdictOf({steps: records(falling), measured: val, overfittingSince: 120})).toMatch(
      /^It over-fits: since step 120 .* from 0\.900 to 1\.50, .* fell from 0\.800 to 0\.300\./
    );
  });

  it("says of a loss that stays that nothing is learnt, after a fair number of steps", () => {
    expect(learnsNothing(flat)).toBe(true);
    expect(learnsNothing(flat.slice(0, 50))).toBe(false);
    expect(verdictOf({steps: records(flat), measured: [], overfittingSince: null})).toMatch(/^It learns nothing: after 100 steps/);
  });

  it("says nothing of one that falls", () => {
    expect(learnsNothing(falling)).toBe(false);
    expect(verdictOf({steps: records(falling), measured: [], overfittingSince: null})).toBe("");
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
