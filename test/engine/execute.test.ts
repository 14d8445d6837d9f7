import * as tf from "@tensorflow/tfjs-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {execute, executeInTurns} from "../../src/engine/execute.js";
import {lower} from "../../src/engine/lower.js";
import {plan} from "../../src/engine/plan.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {loadWeights} from "../../src/engine/weights.js";
import type {DeviceWeights} from "../../src/engine/weights.js";
import {useBackend} from "../backend.js";
import {complete, randomWeights} from "./networks.js";

const {steps} = plan(complete, {height: 49, width: 65});
let weights: DeviceWeights;
let batch: tf.Tensor4D;
beforeAll(async () => {
  await useBackend("cpu");
  weights = loadWeights({network: complete, weights: randomWeights(complete)});
  const next = pseudoRandom(3);
  batch = tf.tensor4d(
    Float32Array.from({length: 2 * 49 * 65 * 3}, () => next() * 2 - 1),
    [2, 49, 65, 3]
  );
});
afterAll(() => {
  weights.dispose();
  batch.dispose();
});

const logitsOf = async (tensor: tf.Tensor) => [...(await tensor.data())];

it("a batch gives what its entries give one by one", async () => {
  const both = execute(steps, weights, batch, ["logits"])["logits"]!;
  const [, height, width, classes] = both.shape;
  for (const entry of [0, 1]) {
    const one = tf.slice(batch, [entry, 0, 0, 0], [1, 49, 65, 3]);
    const alone = execute(steps, weights, one, ["logits"])["logits"]!;
    const same = tf.slice(both, [entry, 0, 0, 0], [1, height, width, classes]);
    expect(await logitsOf(same)).toEqual(await logitsOf(alone));
    tf.dispose([one, alone, same]);
  }
  both.dispose();
});

describe("in turns", () => {
  it("gives the same, and pauses before each step", async () => {
    const at: number[] = [];
    const options = {pause: ({index, of}: {index: number; of: number}) => void at.push(index / of)};
    const slowly = await executeInTurns(steps, weights, batch, ["logits"], options);
    const atOnce = execute(steps, weights, batch, ["logits"]);
    expect(await logitsOf(slowly["logits"]!)).toEqual(await logitsOf(atOnce["logits"]!));
    expect(at).toEqual(at.map((_, index) => index / at.length));
    expect(at.length).toBeGreaterThan(60);
    tf.dispose([slowly, atOnce]);
  });

  it("ends before the next step once it is told to, and leaves nothing behind", async () => {
    const before = tf.memory().numTensors;
    const abort = new AbortController();
    const computed: string[] = [];
    const running = executeInTurns(steps, weights, batch, ["logits"], {
      signal: abort.signal,
      async pause({index, step}) {
        computed.push(step.name);
        await Promise.resolve();
        if (index === 30) abort.abort();
      }
    });
    await expect(running).rejects.toThrow(expect.objectContaining({name: "AbortError"}));
    // The step that was announced when it was stopped is not computed either; what was alive is freed.
    expect(computed).toHaveLength(31);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("the pooled shortcut", () => {
  const names = (list: readonly {name: string}[]) => list.map(({name}) => name);

  it("takes neither the copies of the pooled feature nor their concatenation", () => {
    const projection = lower(steps).find(({name}) => name === "aspp/projection")!;
    expect(projection.op).toBe("add");
    const read = lower(steps).filter(({inputs}) => inputs.includes("aspp/concat") || inputs.includes("aspp/image_pooling/upsampled"));
    // The concatenation itself still stands for those who want it; nothing of the run reads it.
    expect(names(read)).toEqual(["aspp/concat"]);
  });

  it.each(["aspp/concat", "aspp/image_pooling/upsampled"])("is not taken around %s where something else stands there", (name) => {
    expect(lower(steps, new Set([name]))).toEqual(steps);
    expect(lower(steps, new Set(["decoder/low_level"]))).not.toEqual(steps);
  });
});
