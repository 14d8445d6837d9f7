import {expect, it} from "vitest";
import {plan} from "../../../../src/engine/plan.js";
import type {Network} from "../../../../src/engine/network.js";
import {comparedLayer, layersInCommon} from "../../../../src/pages/inspector/compare/compare-layer.js";
import {aboutA, asksForOther, otherRun} from "../../../../src/pages/inspector/compare/compare-run.js";
import {NOTHING_OTHER, compareTable} from "../../../../src/pages/inspector/compare/compare-state.js";
import {wayIn} from "../../../../src/lab/way-in.js";
import {queryFromState, stateFromQuery} from "../../../../src/lab/state.js";
import type {Capabilities, ModelDescription, RunChoice} from "../../../../src/worker/protocol.js";
import {complete} from "../../../engine/networks.js";

const size = {height: 129, width: 129};
const three: Network = {
  ...complete,
  head: {
    ...complete.head,
    aspp: {
      ...complete.head.aspp,
      branches: [...complete.head.aspp.branches, {kind: "atrous", name: "atrous_2", channels: 8, rate: 18, separable: true}]
    }
  }
};
const capabilities: Capabilities = {
  best: "wasm",
  backends: (["webgpu", "webgl", "wasm", "cpu"] as const).map((id) => ({id, available: id !== "webgpu", detail: "", software: false}))
};
const describe = async (url: string) => ({network: url.includes("plain") ? complete : three}) as ModelDescription;
const a: RunChoice = {modelUrl: "three", backend: "wasm", outputStride: 16, inputSize: 257, rates: [2, 4, 6], precision: "float16"};

it("makes B of A and of what the state wants otherwise", async () => {
  const other = (change: object) => otherRun(a, {...NOTHING_OTHER, ...change}, capabilities, describe);
  expect(await other({})).toEqual(a);
  expect(await other({otherStride: 8, otherSize: "native", otherPrecision: "int8", otherBackend: "webgl"})).toEqual({
    ...a,
    outputStride: 8,
    inputSize: null,
    precision: "int8",
    backend: "webgl"
  });
  expect((await other({otherRates: [1, 1, 1]})).rates).toEqual([1, 1, 1]);
  // What this machine has not is computed on its best.
  expect((await other({otherBackend: "webgpu"})).backend).toBe("wasm");
  // A model without three atrous branches has no use for rates, whoever gave them.
  expect(await other({otherModel: "plain", otherRates: [1, 1, 1]})).not.toHaveProperty("rates");
  expect(await other({otherModel: "plain"})).not.toHaveProperty("rates");
});

it("says which run A is, and that a changed photo is what both get", () => {
  const of = (standing: object) =>
    aboutA({edits: [], result: {}, refinement: null, ...standing} as unknown as Parameters<typeof aboutA>[0]);
  expect(of({})).toBe("A is the run above.");
  expect(of({edits: [{}, {}]})).toBe(
    "A is the run above. A and B both get the photo changed in 2 places (see “Change the photo”), not as it was."
  );
  expect(of({refinement: {}})).toBe("A is the run above, before its CRF.");
  expect(of({result: {averaged: {passes: [1, 2, 3]}}})).toBe("A is one pass of the 3 that the run above averages, at scale 1.");
});

it("asks for a B only where something is otherwise", () => {
  expect(asksForOther(NOTHING_OTHER)).toBe(false);
  expect(asksForOther({...NOTHING_OTHER, otherRates: [1, 1, 1]})).toBe(true);
  expect(asksForOther({...NOTHING_OTHER, otherSize: "513"})).toBe(true);
});

it("keeps B in the address, by default none of it", () => {
  const table = compareTable(["nano"], ["257", "513"]);
  const read = (query: string) => stateFromQuery(table, new URLSearchParams(query));
  expect(read("")).toMatchObject(NOTHING_OTHER);
  expect(queryFromState(table, read("")).toString()).toBe("");
  const query = "b-model=nano&b-backend=webgl&b-os=8&b-size=513&b-rates=1%2C2%2C3&b-precision=int8&b-layer=logits&b-show=changes&b-at=7";
  expect(queryFromState(table, read(query)).toString()).toBe(query);
  expect(read("b-model=other&b-os=4&b-rates=1,2&b-precision=int4&b-at=101")).toEqual(read(""));
});

it("finds the layers that two runs both have, with as many channels", () => {
  const [here, there] = [plan(complete, size), plan({...three, classes: 7}, {...size, outputStride: 8})];
  const common = layersInCommon(here, there);
  expect(common[0]).toBe("backbone/conv");
  expect(common).toContain("aspp/atrous_1");
  // Other channels, a layer of B alone, and the input.
  for (const name of ["logits", "aspp/concat", "aspp/atrous_2/pointwise", "input"]) expect(common).not.toContain(name);
});

it("compares the layer that is wanted, or says why it cannot", () => {
  const here = plan(complete, size);
  const there = plan({...three, classes: 7}, size);
  expect(comparedLayer(here, here, "")).toEqual({layer: "logits"});
  expect(comparedLayer(here, there, "")).toEqual({layer: "decoder/conv_1"});
  expect(comparedLayer(here, there, "decoder/low_level")).toEqual({layer: "decoder/low_level"});
  expect(comparedLayer(here, there, "logits")).toEqual({
    reason: "logits cannot be compared: it has 5 channels in A and 7 in B. Choose a layer that both have."
  });
  expect(comparedLayer(here, there, "aspp/atrous_2/pointwise")).toMatchObject({reason: expect.stringContaining("A has no such layer")});
  expect(comparedLayer(there, here, "aspp/atrous_2/pointwise")).toMatchObject({reason: expect.stringContaining("B has no such layer")});
  expect(comparedLayer(here, there, "nowhere")).toMatchObject({reason: expect.stringContaining("neither A nor B")});
  expect(comparedLayer(here, {...there, steps: []}, "")).toMatchObject({reason: expect.stringContaining("no layer of one name")});
});

it("leads to the inspector with what is said", () => {
  expect(wayIn({})).toBe("./workbench.html#look-inside");
  expect(wayIn({model: "nano", os: 8, layer: "aspp/projection", url: "", channel: undefined})).toBe(
    "./workbench.html?model=nano&os=8&layer=aspp%2Fprojection#look-inside"
  );
});
