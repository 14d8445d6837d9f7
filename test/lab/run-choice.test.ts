import {expect, it} from "vitest";
import {runChoice} from "../../src/lab/run-choice.js";
import type {Capabilities, ModelDescription} from "../../src/worker/protocol.js";
import {complete} from "../engine/networks.js";

const capabilities: Capabilities = {best: "wasm", backends: [{id: "wasm", available: true, detail: "", software: false}]};
const state = {model: "nano", backend: "auto", outputStride: 8, inputSize: "native", rates: [], precision: "int8"} as const;
const none = async () => {
  throw new Error("Nothing is described where no rates are given.");
};

it("says what the state says, on this machine's backend", async () => {
  const run = await runChoice(state, capabilities, none);
  expect(run).toEqual({
    modelUrl: expect.stringMatching(/data\/models\/nano\.safetensors$/),
    backend: "wasm",
    outputStride: 8,
    inputSize: null,
    precision: "int8"
  });
  expect((await runChoice({...state, inputSize: "321"}, capabilities, none)).inputSize).toBe(321);
});

it("takes rates along only where the model has as many atrous branches", async () => {
  // This network has two.
  const describe = async () => ({network: complete}) as ModelDescription;
  expect((await runChoice({...state, rates: [3, 4]}, capabilities, describe)).rates).toEqual([3, 4]);
  expect(await runChoice({...state, rates: [3, 4, 5]}, capabilities, describe)).not.toHaveProperty("rates");
});
