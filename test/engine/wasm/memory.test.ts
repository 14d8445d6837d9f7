import {readFile} from "node:fs/promises";
import {setFlagsFromString} from "node:v8";
import {runInNewContext} from "node:vm";
import * as tf from "@tensorflow/tfjs-core";
import {afterEach, beforeAll, describe, expect, it, vi} from "vitest";
import {kernelsInNode, startThread} from "../../../scripts/kernels/in-node.js";
import {plan} from "../../../src/engine/plan.js";
import {run} from "../../../src/engine/run.js";
import {pseudoRandom, seededValues} from "../../../src/engine/seeded.js";
import {createExecutor} from "../../../src/engine/wasm/executor.js";
import type {Executor} from "../../../src/engine/wasm/executor.js";
import {createMachine} from "../../../src/engine/wasm/machine.js";
import {arenaOf} from "../../../src/engine/wasm/schedule.js";
import {loadWeights} from "../../../src/engine/weights.js";
import {readModel} from "../../../src/importers/model-file.js";
import {useBackend} from "../../backend.js";
import {largestDifference} from "../../exactness/difference.js";
import {complete, randomWeights} from "../networks.js";
import {chance} from "./random-steps.js";

/** Runs of changing sizes in one memory. */
const RUNS = process.env["LONG"] ? 10_000 : 60;
const PAGE = 65_536;
/** Pages that memories have here where they shall have few. */
const MOST = 40;
const Real = WebAssembly.Memory;

let together: WebAssembly.Module;
let alone: WebAssembly.Module;
beforeAll(async () => {
  [together, alone] = [await kernelsInNode(true), await kernelsInNode()];
  await useBackend("wasm");
});
afterEach(() => void vi.unstubAllGlobals());

const weights = randomWeights(complete);
const threaded = () => createMachine(together, {threads: 2, start: startThread, alone});

/** What a network gives on a machine for an input of this side. */
function computed(executor: Executor, side: number): Float32Array {
  const {steps, output} = plan(complete, {height: side, width: side, outputStride: 16});
  const prepared = executor.prepare(steps, ["input"], [output]);
  prepared.write("input", seededValues(1, side * side * 3));
  prepared.operations.forEach((_, index) => prepared.perform(index));
  return prepared.read(output);
}

/** Sums of more threads are made in another order. */
function expectSame(found: Float32Array, expected: Float32Array): void {
  expect(largestDifference(found, expected)).toBeLessThan(1e-5);
}

/** As WebAssembly of this machine, but for a memory that behaves so. */
function withMemory(Memory: typeof WebAssembly.Memory): void {
  vi.stubGlobal("WebAssembly", new Proxy(WebAssembly, {get: (of, name) => (name === "Memory" ? Memory : of[name as keyof typeof of])}));
}

describe("where WebAssembly's memory", () => {
  it("cannot be shared, one thread computes the same, and says why", () => {
    const single = createMachine(alone);
    const expected = computed(createExecutor(single, weights), 65);
    withMemory(
      class extends Real {
        constructor(descriptor: WebAssembly.MemoryDescriptor) {
          if (descriptor.shared) throw new RangeError("no shared memory");
          super(descriptor);
        }
      }
    );
    const machine = threaded();
    expect([machine.threads, machine.lack]).toEqual([1, "memory"]);
    expectSame(computed(createExecutor(machine, weights), 65), expected);
  });

  it("cannot grow while it is shared, one thread computes on another; with all of them again once that suffices", () => {
    const [small, large] = [33, 513] as const;
    const single = createMachine(alone);
    const [a, b] = [small, large].map((side) => computed(createExecutor(single, weights), side)) as [Float32Array, Float32Array];
    withMemory(
      class extends Real {
        readonly isShared: boolean;
        constructor(descriptor: WebAssembly.MemoryDescriptor) {
          super(descriptor);
          this.isShared = !!descriptor.shared;
        }
        override grow(delta: number): number {
          // As a phone that has promised a page what it does not keep.
          if (this.isShared && this.buffer.byteLength + delta * PAGE > MOST * PAGE) throw new RangeError("no more");
          return super.grow(delta);
        }
      }
    );
    const machine = threaded();
    const executor = createExecutor(machine, weights);
    expectSame(computed(executor, small), a);
    expect([machine.threads, machine.lack]).toEqual([2, null]);
    expectSame(computed(executor, large), b);
    expect([machine.threads, machine.lack]).toEqual([1, "memory"]);
    expectSame(computed(executor, small), a);
    expect([machine.threads, machine.lack]).toEqual([2, null]);
    machine.dispose();
  });

  it("is not to be had for a run at all, a sentence says what to do, and smaller ones go on in all threads", () => {
    const single = createMachine(alone);
    const expected = computed(createExecutor(single, weights), 33);
    withMemory(
      class extends Real {
        constructor(descriptor: WebAssembly.MemoryDescriptor) {
          if (descriptor.initial > MOST) throw new RangeError("no memory");
          super(descriptor);
        }
        override grow(delta: number): number {
          if (this.buffer.byteLength + delta * PAGE > MOST * PAGE) throw new RangeError("no more");
          return super.grow(delta);
        }
      }
    );
    const machine = threaded();
    const executor = createExecutor(machine, weights);
    expect(() => computed(executor, 513)).toThrow(/takes \d\.\d GB of memory, .*: a smaller input/);
    expectSame(computed(executor, 33), expected);
    expect([machine.threads, machine.lack]).toEqual([2, null]);
    machine.dispose();
  });
});

describe("memory", () => {
  it("that grew for a large run is given back when a small one is laid out", () => {
    const machine = threaded();
    const executor = createExecutor(machine, weights);
    const expected = computed(executor, 33);
    computed(executor, 2049);
    const {byteLength} = machine.memory.buffer;
    expect(byteLength).toBeGreaterThan(64e6);
    expectSame(computed(executor, 33), expected);
    expect(machine.memory.buffer.byteLength).toBeLessThan(byteLength / 4);
    expect(machine.threads).toBe(2);
    machine.dispose();
  });

  it(`does not grow over ${RUNS} runs of changing sizes`, {timeout: 3_600_000}, () => {
    const of = chance(pseudoRandom(5));
    const machine = threaded();
    const executor = createExecutor(machine, weights);
    const sides = [33, 65, 97, 129];
    sides.forEach((side) => computed(executor, side));
    const before = machine.memory.buffer.byteLength;
    let held = 0;
    for (let i = 0; i < RUNS; i++) {
      computed(executor, of.among(sides));
      expect(machine.memory.buffer.byteLength).toBe(before);
      // What JavaScript keeps besides, once a tenth of the runs has shown it.
      if (i === Math.floor(RUNS / 10)) held = keptBytes();
    }
    expect(keptBytes() - held).toBeLessThan(8e6);
    machine.dispose();
  });

  it("of nano at 513, output stride 8, is at most 0.6 of what TensorFlow.js holds at the worst moment of the same run", async () => {
    const model = readModel(await readFile("data/models/nano.safetensors"));
    const planned = plan(model.network, {height: 513, width: 513, outputStride: 8});
    const loaded = loadWeights(model);
    const before = tf.memory().numBytes;
    const input = tf.zeros([1, 513, 513, 3]) as tf.Tensor4D;
    const {peakBytes} = await tf.profile(() => run(planned, loaded, input).logits);
    expect(arenaOf(planned) / (peakBytes - before)).toBeLessThanOrEqual(0.6);
    tf.dispose(input);
    loaded.dispose();
  });
});

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What is held outside of WebAssembly after whatever can be collected is. */
function keptBytes(): number {
  collect();
  const {heapUsed, external} = process.memoryUsage();
  return heapUsed + external;
}
