import {describe, expect, test} from "vitest";
import {released} from "../../src/engine/released.js";
import {importGraphDef, importTflite} from "../../src/importers/import.js";
import {complete, randomWeights} from "../engine/networks.js";
import {operationsOf} from "./operations-of.js";
import type {GraphOptions} from "./operations-of.js";
import {graphDefOf, tfliteOf} from "./written-files.js";

const CARD = {name: "test", license: "", source: "", measured: ""};
const small = {...released(0.25), classes: 5};
const weightsOf = {v3: randomWeights(small), "v3+": randomWeights(complete)};
const operations = (kind: "v3" | "v3+", modes: GraphOptions["modes"] = {}) =>
  operationsOf(kind === "v3" ? small : complete, weightsOf[kind], {modes});

describe.each([
  [
    "a TensorFlow Lite file",
    (modes: GraphOptions["modes"], kind: "v3" | "v3+" = "v3+") => importTflite(tfliteOf(operations(kind, modes)), CARD)
  ],
  [
    "a frozen graph",
    (modes: GraphOptions["modes"], kind: "v3" | "v3+" = "v3+") => importGraphDef(graphDefOf(operations(kind, modes)), CARD)
  ]
])("%s that enlarges maps", (_, imported) => {
  test("with corners aligned is the network that was written", () => {
    const {network, weights} = imported({});
    expect(network).toEqual(complete);
    expect(weights).toEqual(weightsOf["v3+"]);
  });

  test.each(["half_pixel", "neither"] as const)("of one cell may do it in any mode (%s)", (pooled) => {
    expect(imported({pooled}).weights).toEqual(weightsOf["v3+"]);
  });

  test.each([
    ["half_pixel", /"decoder\/upsampled" it should have an enlargement with corners aligned, and has a resize with half-pixel centres/],
    ["neither", /has a resize with neither corners aligned nor half-pixel centres/]
  ] as const)("in its decoder in another mode (%s) is refused", (decoder, message) => {
    expect(() => imported({decoder})).toThrow(message);
  });

  test.each([
    ["half_pixel", /enlarges its logits with half-pixel centres; .* up to half a cell off/],
    ["neither", /enlarges its logits with neither corners aligned nor half-pixel centres/]
  ] as const)("to the photo in another mode (%s) is refused, with a decoder and without", (logits, message) => {
    expect(() => imported({logits})).toThrow(message);
    expect(() => imported({logits}, "v3")).toThrow(message);
  });
});
