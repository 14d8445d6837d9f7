import * as tf from "@tensorflow/tfjs-core";
import {beforeEach, expect, it, vi} from "vitest";
import {measureFaster} from "../../src/worker/kept-faster.js";
import {HeapBackend} from "../../src/worker/heap-backend.js";
import {backendUser} from "../../src/worker/use-backend.js";

vi.mock(import("../../src/worker/backends.js"), async (original) => ({
  ...(await original()),
  activateBackend: async (id) => void (await tf.setBackend(id))
}));
vi.mock(import("../../src/worker/kept-faster.js"), async (original) => ({...(await original()), measureFaster: vi.fn(async () => {})}));

const LOST = "A thread was lost.";
/** Tells at once what is so already, and later what comes. */
class Noticing extends HeapBackend {
  tellNotices(tell: (notice: string) => void): void {
    later = () => tell(LOST);
    tell("There is one thread.");
  }
}
let later = () => {};
tf.registerBackend("kernels", () => new Noticing());
tf.registerBackend("wasm", () => new HeapBackend());
beforeEach(() => void vi.mocked(measureFaster).mockClear());

it("asks which of the two on WASM is the faster once both are started, and not again at every change between them", async () => {
  const use = backendUser(() => {});
  await use("kernels");
  expect(measureFaster).not.toHaveBeenCalled();
  for (let i = 0; i < 3; i++) {
    await use("wasm");
    await use("kernels");
  }
  expect(measureFaster).toHaveBeenCalledTimes(1);
});

it("runs on what was chosen where that question cannot be answered", async () => {
  vi.mocked(measureFaster).mockRejectedValueOnce(new Error("A part of the site did not come."));
  const use = backendUser(() => {});
  await use("kernels");
  await use("wasm");
  expect(measureFaster).toHaveBeenCalledTimes(1);
  expect(tf.getBackend()).toBe("wasm");
});

it("hands on what a backend has to tell the reader, once each time", async () => {
  const told: string[] = [];
  const use = backendUser(({stage, message}) => stage === "notice" && told.push(message));
  await use("kernels");
  await use("wasm");
  await use("kernels");
  later();
  expect(told).toEqual(["There is one thread.", LOST]);
});
