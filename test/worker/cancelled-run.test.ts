import * as tf from "@tensorflow/tfjs-core";
import {afterAll, beforeAll, beforeEach, describe, expect, it, vi} from "vitest";
import {modelBytes} from "../../scripts/evaluate/model.js";
import type {Photo} from "../../src/engine/photo.js";
import {pseudoRandom} from "../../src/engine/seeded.js";
import type {Ask} from "../../src/lab/engine.js";
import {startInPage} from "../../src/lab/engine-in-page.js";
import {askThrough} from "../../src/lab/engine-worker.js";
import {createHost} from "../../src/worker/host.js";
import type {Request} from "../../src/worker/messages.js";
import {requestHandler} from "../../src/worker/requests.js";
import {useBackend} from "../backend.js";

const CHOICE = {modelUrl: "https://site.test/nano.safetensors", backend: "cpu", outputStride: 16, inputSize: 129} as const;

/** Convolutions that were computed. */
let computed = 0;
let onConvolution: () => unknown = () => {};

const next = pseudoRandom(1);
const photo: Photo = {width: 300, height: 200, rgba: Uint8ClampedArray.from({length: 300 * 200 * 4}, () => 255 * next())};

const fetched = vi.fn(async () => new Response((await modelBytes("nano")) as BodyInit));

const restore: (() => void)[] = [];
beforeAll(async () => {
  await useBackend("cpu");
  for (const name of ["FusedConv2D", "FusedDepthwiseConv2D"]) {
    const kernel = tf.getKernel(name, "cpu") as {kernelFunc: tf.KernelFunc};
    const {kernelFunc} = kernel;
    restore.push(() => void (kernel.kernelFunc = kernelFunc));
    kernel.kernelFunc = (args) => {
      computed++;
      onConvolution();
      return kernelFunc(args);
    };
  }
});
beforeEach(() => void vi.stubGlobal("fetch", fetched));
// Other files go on in the same process.
afterAll(() => restore.forEach((kernel) => kernel()));

/** A worker, in this thread. */
function inWorker(): {ask: Ask; dispose(): void} {
  const {port1, port2} = new MessageChannel();
  const host = createHost(() => {});
  const handle = requestHandler(host, (message, transfer = []) => port2.postMessage(message, transfer));
  port2.onmessage = ({data}: MessageEvent<Request>) => handle(data);
  port1.start();
  const {ask} = askThrough(port1, () => {});
  return {
    ask,
    dispose() {
      port1.close();
      port2.close();
      host.dispose();
    }
  };
}

describe.each([
  ["in the worker", inWorker],
  ["in the page", () => startInPage(() => {}, "no worker")]
])("a run of the network %s", (_, start) => {
  it("is cancelled within a few steps; photo, model and weights live on, and nothing is left behind", async () => {
    const {ask, dispose} = await start();
    fetched.mockClear();
    computed = 0;
    onConvolution = () => {};
    try {
      const whole = await ask("segment", [photo, CHOICE]);
      const all = computed;
      const {numTensors, numBytes} = await ask("memory", []);

      computed = 0;
      const controller = new AbortController();
      onConvolution = () => computed === 3 && controller.abort();
      const cancelled = ask("segment", [photo, {...CHOICE, outputStride: 8}], controller.signal);
      const after = ask("memory", []);
      await expect(cancelled).rejects.toThrow(expect.objectContaining({name: "AbortError"}) as Error);
      expect(await after).toMatchObject({numTensors, numBytes});
      expect(all).toBeGreaterThan(40);
      expect(computed).toBeGreaterThanOrEqual(3);
      // A pause comes after some milliseconds of work, in which a few small steps are done.
      expect(computed).toBeLessThan(all / 2);

      computed = 0;
      const again = await ask("segment", [photo, CHOICE]);
      expect(again.labels).toEqual(whole.labels);
      expect(again.timings.upload).toBeLessThan(2);
      expect(computed).toBe(all);
      expect(await ask("memory", [])).toMatchObject({numTensors, numBytes});
      expect(fetched).toHaveBeenCalledOnce();
    } finally {
      dispose();
    }
  });
});
