import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import {afterAll, beforeAll, beforeEach, expect, it, vi} from "vitest";
import {modelBytes} from "../../scripts/evaluate/model.js";
import {kernelFiles} from "../../scripts/kernels/compile.js";
import type {Photo} from "../../src/engine/photo.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import {arenaOf} from "../../src/engine/wasm/schedule.js";
import {bestBackend} from "../../src/worker/backends.js";
import {fasterOnCpu} from "../../src/worker/faster-on-cpu.js";
import {createHost} from "../../src/worker/host.js";
import type {Host} from "../../src/worker/host.js";
import {newRates} from "../../src/worker/forecast.js";
import type {BackendInfo, RunChoice, SegmentOptions} from "../../src/worker/protocol.js";
import {useBackend} from "../backend.js";
import {largestDifference} from "../exactness/difference.js";

const CHOICE: RunChoice = {modelUrl: "https://site.test/nano.safetensors", backend: "kernels", outputStride: 16, inputSize: 129};
const SOURCE = "backbone/block_02";
const next = pseudoRandom(1);
const photo: Photo = {width: 300, height: 200, rgba: Uint8ClampedArray.from({length: 300 * 200 * 4}, () => 255 * next())};
const forGood = new AbortController().signal;

// TensorFlow.js's WASM is bundled for browsers when the site is built; Node has it from the package.
vi.mock(import("../../src/worker/backends.js"), async (original) => {
  const here = await original();
  return {...here, activateBackend: (id) => (id === "wasm" ? useBackend(id) : here.activateBackend(id))};
});

/** What the site serves. */
const site = vi.fn(async (address: string) => {
  return new Response((files.get(path.basename(address)) ?? (await modelBytes("nano"))) as BodyInit);
});

let files: ReadonlyMap<string, Uint8Array>;
let host: Host;
let onRun: (() => void) | undefined;
beforeAll(async () => {
  files = await kernelFiles();
  await useBackend("wasm");
  host = createHost(({stage}) => stage === "run" && onRun?.());
});
beforeEach(() => void vi.stubGlobal("fetch", site));
afterAll(() => host.dispose());

it("runs networks as TensorFlow.js does, with taps, and with end points replaced by zeros and another photo's", async () => {
  const negative = {...photo, rgba: photo.rgba.map((value, i) => (i % 4 === 3 ? value : 255 - value))};
  const changes: Partial<SegmentOptions>[] = [
    {},
    {outputStride: 8, taps: [SOURCE, "logits"]},
    {replaced: {[SOURCE]: "zero"}},
    {replaced: {[SOURCE]: negative}, taps: ["input"]},
    {averaging: {scales: [0.75, 1], flip: true}, inputSize: 97}
  ];
  for (const change of changes) {
    const [ours, theirs] = [
      await host.segment(photo, {...CHOICE, ...change}, forGood),
      await host.segment(photo, {...CHOICE, ...change, backend: "wasm"}, forGood)
    ];
    expect(ours.backend).toBe("kernels");
    expect(theirs.arena).toBeUndefined();
    // What is tapped stays in the arena, what is replaced makes it smaller; the last of several passes is of another size.
    if (Object.keys(change).length === 0) expect(ours.arena).toBe(arenaOf(ours.plan));
    else expect(ours.arena).toBeGreaterThan(0);
    expect(largestDifference(ours.logits.values, theirs.logits.values)).toBeLessThan(1e-3);
    for (const name of Object.keys(theirs.taps))
      expect(largestDifference(ours.taps[name]!.values, theirs.taps[name]!.values)).toBeLessThan(1e-3);
    expect(Object.keys(ours.taps)).toEqual([...(change.taps ?? [])]);
    const apart = ours.labels.filter((label, i) => label !== theirs.labels[i]).length;
    expect(apart / ours.labels.length).toBeLessThan(1e-3);
  }
});

it("a run is cancelled between two operations, and the next is whole", async () => {
  const whole = await host.segment(photo, CHOICE, forGood);
  const {numTensors} = await host.memory();
  const controller = new AbortController();
  const large = {...CHOICE, inputSize: 513, outputStride: 8};
  onRun = () => setTimeout(() => controller.abort());
  const cancelled = host.segment(photo, large, controller.signal).finally(() => (onRun = undefined));
  await expect(cancelled).rejects.toThrow(expect.objectContaining({name: "AbortError"}) as Error);
  expect((await host.segment(photo, CHOICE, forGood)).labels).toEqual(whole.labels);
  // Of the photo in the other size.
  expect((await host.memory()).numTensors).toBeLessThanOrEqual(numTensors + 1);
});

it("keeps no tensors of weights that only our kernels read", async () => {
  const {numTensors} = await host.memory();
  await host.segment(photo, {...CHOICE, precision: "float16"}, forGood);
  expect((await host.memory()).numTensors).toBeLessThanOrEqual(numTensors + 1);
});

it("leaves gradients to TensorFlow.js's WASM, and answers what runs of the network tell by itself", async () => {
  const at = {endPoint: "logits", channel: 0, row: 2, column: 3, without: []};
  const field = await host.inspect(photo, CHOICE, "effectiveField", at, forGood);
  expect(tf.getBackend()).toBe("wasm");
  expect(Math.max(...field.values)).toBeGreaterThan(0);
  const {made} = await host.inspect(photo, CHOICE, "making", {layer: SOURCE, channel: 0, row: 2, column: 3}, forGood);
  expect(tf.getBackend()).toBe("kernels");
  expect(made).toHaveProperty("cells");
});

it("is forecast by what its own kernels take", async () => {
  await tf.setBackend("kernels");
  const restore = ["Conv2D", "FusedConv2D"].map((name) => {
    const kernel = tf.getKernel(name, "kernels") as {kernelFunc: tf.KernelFunc};
    const {kernelFunc} = kernel;
    kernel.kernelFunc = () => {
      throw new Error("Plain JavaScript, which its tensors are left to.");
    };
    return () => void (kernel.kernelFunc = kernelFunc);
  });
  try {
    expect(await newRates().now()).toBeGreaterThan(0);
  } finally {
    restore.forEach((put) => put());
  }
});

it("'Auto' takes of the two on WASM the one that was measured to be the faster", async () => {
  const current = tf.getBackend();
  const tensors = tf.memory().numTensors;
  const faster = await fasterOnCpu();
  expect(["kernels", "wasm"]).toContain(faster);
  expect([tf.getBackend(), tf.memory().numTensors]).toEqual([current, tensors]);

  const info = (id: BackendInfo["id"], software = false, available = true): BackendInfo => ({id, available, software, detail: ""});
  const machine = [info("webgl", true), info("kernels"), info("wasm"), info("cpu", true)];
  expect(bestBackend(machine, "kernels")).toBe("kernels");
  expect(bestBackend(machine, "wasm")).toBe("wasm");
  expect(bestBackend([info("webgl"), ...machine.slice(1)], "kernels")).toBe("webgl");
  expect(bestBackend([machine[0]!, info("kernels", false, false), ...machine.slice(2)], "kernels")).toBe("wasm");
});
