import * as tf from "@tensorflow/tfjs-core";
import {afterEach, beforeAll, expect, it} from "vitest";
import {whileDeviceLasts} from "../../src/worker/device-lost.js";
import {useBackend} from "../backend.js";

beforeAll(() => useBackend("cpu"));

/** What the WebGL backend has of its context. */
const backend = () => tf.backend() as unknown as {gpgpu?: {gl: {isContextLost(): boolean}}};
afterEach(() => void delete backend().gpgpu);

it("says that the device was lost where that becomes known only after what it broke", async () => {
  let isLost = false;
  backend().gpgpu = {gl: {isContextLost: () => isLost}};
  const broken = Promise.reject(new Error("The texture is invalid."));
  setTimeout(() => (isLost = true), 20);
  await expect(whileDeviceLasts(broken)).rejects.toThrow("The graphics device was lost");
});

it("leaves an error as it is where the device is there, or there is none", async () => {
  backend().gpgpu = {gl: {isContextLost: () => false}};
  await expect(whileDeviceLasts(Promise.reject(new Error("no such layer")))).rejects.toThrow("no such layer");
  delete backend().gpgpu;
  await expect(whileDeviceLasts(Promise.reject(new Error("no such layer")))).rejects.toThrow("no such layer");
});

it("does not keep waiting who has cancelled", async () => {
  const looked: number[] = [];
  backend().gpgpu = {gl: {isContextLost: () => looked.push(1) < 0}};
  const abort = new DOMException("", "AbortError");
  await expect(whileDeviceLasts(Promise.reject(abort))).rejects.toBe(abort);
  expect(looked).toHaveLength(1);
});
