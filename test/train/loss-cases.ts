import {expect} from "vitest";
import {lossByHand} from "./loss-by-hand.js";
import {LOGITS, LOSS_CASES, fedLoss} from "./measured-loss.js";
import type {LossCase, MeasuredLoss} from "./measured-loss.js";

/** Compares what a backend computed with the definition, and with finite differences of it. */
export function expectLoss(name: LossCase, {loss, gradient, left}: MeasuredLoss): void {
  const [size, options] = LOSS_CASES[name];
  const {logits, ids} = fedLoss(name);
  const doubles = Float64Array.from(logits);
  const byHand = (values: Float64Array) => lossByHand(values, LOGITS, ids, size, options);
  expect(left, "tensors left behind").toBe(0);
  expect(loss).toBeCloseTo(byHand(doubles), 5);
  expect(gradient).toHaveLength(doubles.length);
  doubles.forEach((middle, i) => {
    const at = (change: number) => byHand(doubles.with(i, middle + change));
    expect(Math.abs(gradient[i]! - (at(1e-6) - at(-1e-6)) / 2e-6), `gradient ${i}`).toBeLessThan(2e-6);
  });
}
