import {readFile} from "node:fs/promises";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {frozenEndPoints} from "../../src/train/classes.js";
import type {Frozen} from "../../src/train/classes.js";
import {startTraining} from "../../src/train/training.js";
import type {TrainingOptions} from "../../src/train/training.js";
import {useBackend} from "../backend.js";
import {SIDE, fixtureBatch, startModel} from "./fixture.js";

interface Told extends Omit<TrainingOptions, "plan" | "frozen"> {
  readonly name: string;
  readonly outputStride: number;
  readonly rates: readonly number[];
  readonly decoder: boolean;
  readonly frozen: Frozen;
  readonly steps: readonly {readonly loss: number; readonly norm: number}[];
}
const told = JSON.parse(await readFile(path.join(import.meta.dirname, "../fixtures/training/losses.json"), "utf8")) as Told[];

/** Ten steps, and the first of them unless LONG is set. */
const STEPS = process.env["LONG"] ? 10 : 4;

describe.each(process.env["LONG"] ? (["wasm", "cpu"] as const) : (["wasm"] as const))("steps as in PyTorch, on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(told)("$name", async ({outputStride, rates, decoder, frozen, steps, ...options}) => {
    const model = await startModel({decoder});
    const before = tf.memory().numTensors;
    const batch = await fixtureBatch();
    const training = startTraining(model, {
      ...options,
      frozen: frozenEndPoints(model.network, frozen),
      plan: {height: SIDE, width: SIDE, outputStride, rates}
    });
    const losses: number[] = [];
    const norms: number[] = [];
    for (let step = 0; step < STEPS; step++) {
      const {loss, norm} = await training.learn(batch);
      losses.push(loss);
      norms.push(norm);
    }
    training.dispose();
    tf.dispose([batch.input, batch.labels]);
    expect(tf.memory().numTensors).toBe(before);
    losses.forEach((loss, step) => expect(Math.abs(loss - steps[step]!.loss), `loss of step ${step + 1}`).toBeLessThan(1e-5));
    norms.forEach((norm, step) => expect(Math.abs(norm / steps[step]!.norm - 1), `gradient of step ${step + 1}`).toBeLessThan(1e-4));
    expect(steps).toHaveLength(10);
    // They are steps, not the same loss again and again.
    expect(Math.max(...losses) - Math.min(...losses)).toBeGreaterThan(0.05);
  });
});
