import {Worker} from "node:worker_threads";
import {setTimeout} from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import {beforeAll, describe, expect, it} from "vitest";
import {kernelsInNode, startThread} from "../../../scripts/kernels/in-node.js";
import {INPUT, StepList} from "../../../src/engine/step-list.js";
import {execute} from "../../../src/engine/execute.js";
import {randomWeights} from "../../../src/engine/random-weights.js";
import {seededValues} from "../../../src/engine/seeded.js";
import {createExecutor} from "../../../src/engine/wasm/executor.js";
import {createMachine} from "../../../src/engine/wasm/machine.js";
import type {Machine, StartThread} from "../../../src/engine/wasm/machine.js";
import {useBackend} from "../../backend.js";

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await kernelsInNode(true);
  await useBackend("cpu");
});

const SIDE = 60;
const list = new StepList({height: SIDE, width: SIDE, channels: 3});
list.conv("a", INPUT, {kernel: 3, channels: 40, activation: "relu6"});
list.depthwise("b", "a", {kernel: 3, rate: 2, activation: "relu6"});
list.conv("c", "b", {kernel: 1, channels: 16, activation: "linear"});
const weights = randomWeights(list.list, 1);

/** What a machine makes of the same input, each time anew. */
function runs(machine: Machine): () => Float32Array {
  const executor = createExecutor(machine, weights);
  return () => {
    const input = tf.tensor4d(seededValues(1, SIDE * SIDE * 3), [1, SIDE, SIDE, 3]);
    const found = execute(list.list, {tensors: {}, executor}, input, ["c"]);
    const values = found["c"]!.dataSync<"float32">();
    tf.dispose([input, found]);
    return values;
  };
}

/**
 * Starts a thread that takes one part of an operation and does something else than it.
 *
 * @returns the machine once it lies in wait
 */
async function withTraitor(then: string, patience: number): Promise<Machine> {
  const script = `require("node:worker_threads").parentPort.once("message", ({module, memory}) => {
    const words = new Int32Array(memory.buffer);
    require("node:worker_threads").parentPort.postMessage("ready");
    for (;;) {
      const ticket = Atomics.load(words, 16);
      if ((ticket & 0xfff) > 0 && Atomics.compareExchange(words, 16, ticket, ticket - 1) === ticket) break;
    }
    ${then}
  })`;
  const worker = new Worker(script, {eval: true});
  worker.on("error", () => {});
  const start: StartThread = (work) => {
    worker.postMessage(work);
    return {end: () => void worker.terminate()};
  };
  const machine = createMachine(module, {threads: 2, start, patience});
  await new Promise((resolve) => worker.once("message", resolve));
  return machine;
}

describe("threads", () => {
  it.each([
    ["ends within an operation", "", 100],
    ["traps", "new WebAssembly.Instance(module, {env: {memory}}).exports.breakOff();", 60_000],
    ["ends, where this one may not sleep", "new WebAssembly.Instance(module, {env: {memory}}).exports.breakOff();", 0]
  ])("one that %s is missed, and one thread computes the same from there on", async (_, then, patience) => {
    const expected = runs(createMachine(module))();
    const machine = await withTraitor(then, patience);
    const run = runs(machine);
    expect(machine.threads).toBe(2);
    // It may miss the parts of some operations.
    for (let i = 0; i < 100 && machine.threads > 1; i++) expect(run()).toEqual(expected);
    expect(machine.threads).toBe(1);
    expect(run()).toEqual(expected);
  });

  it("share the work, and cost nothing while there is none", async () => {
    const machine = createMachine(module, {threads: 3, start: startThread});
    const run = runs(machine);
    const expected = runs(createMachine(module))();
    for (let i = 0; i < 4; i++) {
      expect(run()).toEqual(expected);
      await setTimeout(5);
    }
    const before = process.cpuUsage();
    await setTimeout(300);
    const {user, system} = process.cpuUsage(before);
    machine.dispose();
    // Two threads that looked for work all the time would have taken 600 ms.
    expect((user + system) / 1000).toBeLessThan(150);
  });

  it("two executors that share a machine each find their own weights in it", async () => {
    const machine = createMachine(module, {threads: 2, start: startThread});
    const others = randomWeights(list.list, 2);
    const [a, b] = [createExecutor(machine, weights), createExecutor(machine, others)];
    const prepare = (executor: typeof a) => executor.prepare(list.list, [INPUT], ["c"]);
    const values = [a, b, a, b].map((executor) => {
      const prepared = prepare(executor);
      prepared.write(INPUT, seededValues(1, SIDE * SIDE * 3));
      prepared.operations.forEach((_, index) => prepared.perform(index));
      return prepared.read("c");
    });
    expect(values[2]).toEqual(values[0]);
    expect(values[3]).toEqual(values[1]);
    expect(values[1]).not.toEqual(values[0]);
    const first = prepare(a);
    prepare(b);
    expect(() => first.perform(0)).toThrow("Another run was laid out in this one's memory.");
    machine.dispose();
  });
});
