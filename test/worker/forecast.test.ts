import * as tf from "@tensorflow/tfjs-core";
import {expect, it} from "vitest";
import {cost} from "../../src/engine/cost.js";
import {KNOWN_NETWORKS} from "../../src/engine/known-networks.js";
import {plan} from "../../src/engine/plan.js";
import {arenaOf} from "../../src/engine/wasm/schedule.js";
import {forecast, newRates} from "../../src/worker/forecast.js";
import {useBackend} from "../backend.js";

const network = KNOWN_NETWORKS.find(({name}) => name === "xception_65")!.build();
const photo = {width: 513, height: 513};
const choice = {modelUrl: "", backend: "wasm", outputStride: 16, inputSize: 513} as const;

it("tells what a run takes: as many multiply-adds as its plan counts, and as fast as the machine", () => {
  const {multiplyAdds, milliseconds, bytes} = forecast(network, photo, choice, 1e7);
  expect(multiplyAdds).toBe(cost(plan(network, {...photo, outputStride: 16})).multiplyAdds);
  expect(milliseconds).toBeCloseTo(5403.5, 0);
  // Chromium's renderer grew by 751 MB in such a run, from a page that had none of it.
  expect(bytes / 1e6).toBeGreaterThan(600);
  expect(bytes / 1e6).toBeLessThan(900);
});

it("counts on our kernels the one memory that their activations are laid out in", () => {
  const on = (backend: "kernels" | "wasm") => forecast(network, photo, {...choice, backend}, 1).bytes;
  const planned = plan(network, {...photo, outputStride: 16});
  expect(on("kernels") - 3 * 4 * cost(planned).parameters).toBe(arenaOf(planned));
  expect(on("kernels")).toBeLessThan(on("wasm"));
});

it("counts every pass, mirrored ones twice", () => {
  const once = forecast(network, photo, choice, 1).multiplyAdds;
  expect(forecast(network, photo, {...choice, averaging: {scales: [1], flip: true}}, 1).multiplyAdds).toBe(2 * once);
  expect(forecast(network, photo, {...choice, averaging: {scales: [0.5, 1], flip: false}}, 1).multiplyAdds / once).toBeCloseTo(1.25, 1);
});

it("knows how fast the machine multiplies: from the last run that says so, or by timing a layer", async () => {
  await useBackend("wasm");
  const rates = newRates();
  const before = tf.memory().numTensors;
  rates.note("wasm", 1e6, 1000);
  expect(await rates.now()).toBeGreaterThan(1e4);
  expect(tf.memory().numTensors).toBe(before);
  rates.note("wasm", 2e9, 1000);
  expect(await rates.now()).toBe(2e6);
});
